"""The company's settings of e-signature, as fields of a page."""

from odoo import api, fields, models

from .res_company import ADMIN_GROUP


class EsignSettingsMixin(models.AbstractModel):
    """What Odoo's settings and our own page show alike; a model that inherits it has a ``company_id``."""

    _name = "esign.settings.mixin"
    _description = "Settings of e-signature"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    esign_public_url = fields.Char(
        related="company_id.esign_public_url", readonly=False, groups=ADMIN_GROUP
    )
    esign_link_days = fields.Integer(
        related="company_id.esign_link_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_strip = fields.Boolean(
        related="company_id.esign_strip", readonly=False, groups=ADMIN_GROUP
    )
    esign_kinds_by = fields.Selection(
        related="company_id.esign_kinds_by", readonly=False, groups=ADMIN_GROUP
    )
    esign_client_first = fields.Boolean(
        related="company_id.esign_client_first", readonly=False, groups=ADMIN_GROUP
    )
    esign_approval_by = fields.Selection(
        related="company_id.esign_approval_by", readonly=False, groups=ADMIN_GROUP
    )
    esign_approver_ids = fields.Many2many(
        related="company_id.esign_approver_ids", readonly=False, groups=ADMIN_GROUP
    )
    esign_currency_id = fields.Many2one(related="company_id.currency_id", groups=ADMIN_GROUP)
    esign_approval_amount = fields.Monetary(
        related="company_id.esign_approval_amount", readonly=False, groups=ADMIN_GROUP,
        currency_field="esign_currency_id",
    )  # fmt: skip
    esign_reminder_first_days = fields.Integer(
        related="company_id.esign_reminder_first_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_reminder_every_days = fields.Integer(
        related="company_id.esign_reminder_every_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_reminder_max = fields.Integer(
        related="company_id.esign_reminder_max", readonly=False, groups=ADMIN_GROUP
    )
    esign_deadline_notice_days = fields.Integer(
        related="company_id.esign_deadline_notice_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_digest = fields.Boolean(
        related="company_id.esign_digest", readonly=False, groups=ADMIN_GROUP
    )
    esign_agreement_policy = fields.Selection(
        related="company_id.esign_agreement_policy", readonly=False, groups=ADMIN_GROUP
    )
    esign_agreement_warn_country_ids = fields.Many2many(
        related="company_id.esign_agreement_warn_country_ids", readonly=False, groups=ADMIN_GROUP
    )
    esign_agreement_demand_country_ids = fields.Many2many(
        related="company_id.esign_agreement_demand_country_ids", readonly=False, groups=ADMIN_GROUP
    )
    esign_accession_clause = fields.Text(
        related="company_id.esign_accession_clause", readonly=False, groups=ADMIN_GROUP
    )
    esign_accession_default = fields.Text(
        compute="_compute_esign_accession_default", groups=ADMIN_GROUP
    )
    esign_authority_notice_days = fields.Integer(
        related="company_id.esign_authority_notice_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_sms_provider = fields.Selection(
        related="company_id.esign_sms_provider", readonly=False, groups=ADMIN_GROUP
    )
    esign_sms_url = fields.Char(
        related="company_id.esign_sms_url", readonly=False, groups=ADMIN_GROUP
    )
    esign_sms_secret = fields.Char(
        related="company_id.esign_sms_secret", readonly=False, groups=ADMIN_GROUP
    )
    esign_sms_sender = fields.Char(
        related="company_id.esign_sms_sender", readonly=False, groups=ADMIN_GROUP
    )
    esign_sms_country_ids = fields.Many2many(
        related="company_id.esign_sms_country_ids", readonly=False, groups=ADMIN_GROUP
    )
    esign_allow_private_gateway = fields.Boolean(
        related="company_id.esign_allow_private_gateway", readonly=False, groups=ADMIN_GROUP
    )

    @api.depends_context("lang")
    def _compute_esign_accession_default(self):
        """Show our own clause where the company has none."""
        for settings in self:
            settings.esign_accession_default = self.env["res.company"]._esign_default_clause(
                self.env
            )
