"""The settings page of e-signatures."""

from odoo import fields, models

from .res_company import ADMIN_GROUP


class ResConfigSettings(models.TransientModel):
    """The company's settings, for e-signature administrators."""

    _inherit = "res.config.settings"

    esign_public_url = fields.Char(
        related="company_id.esign_public_url", readonly=False, groups=ADMIN_GROUP
    )
    esign_link_days = fields.Integer(
        related="company_id.esign_link_days", readonly=False, groups=ADMIN_GROUP
    )
    esign_strip = fields.Boolean(
        related="company_id.esign_strip", readonly=False, groups=ADMIN_GROUP
    )
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
