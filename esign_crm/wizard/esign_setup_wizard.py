"""The first steps on an empty database: who signs for us, where signers reach us, the first document."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ..models.res_company import ADMIN_GROUP
from ..tools.gateways.phone import e164

MANAGER_GROUP = "esign_crm.group_manager"


class EsignSetupWizard(models.TransientModel):
    """Three steps, each of which can be left for later; what was done already is filled in."""

    _name = "esign.setup.wizard"
    _description = "Get started with e-signatures"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    signer_id = fields.Many2one(
        "res.partner",
        string="Signs for us",
        domain="[('is_company', '=', False)]",
        default=lambda self: self.env.company.sudo().esign_own_partner_id,
        help="Proposed as the signer of our side; no account is needed.",
    )
    signer_email = fields.Char(
        string="E-mail of our signer", compute="_compute_signer", store=True, readonly=False
    )
    signer_phone = fields.Char(
        string="Phone of our signer", compute="_compute_signer", store=True, readonly=False
    )
    public_url = fields.Char(
        string="Public address",
        default=lambda self: self.env.company.sudo().esign_public_url,
        help="Where signers reach this server. Links and QR codes are made of it.",
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Deal", domain="[('type', '=', 'opportunity')]", check_company=True
    )
    is_signer_known = fields.Boolean(compute="_compute_done")
    is_address_known = fields.Boolean(compute="_compute_done")

    @api.depends("signer_id")
    def _compute_signer(self):
        for wizard in self:
            wizard.signer_email = wizard.signer_id.email
            wizard.signer_phone = wizard.signer_id.phone

    @api.depends("company_id")
    def _compute_done(self):
        for wizard in self:
            company_sudo = wizard.company_id.sudo()
            wizard.is_signer_known = bool(company_sudo.esign_own_partner_id)
            wizard.is_address_known = bool(company_sudo.esign_public_url)

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_save(self):
        """Keep what was filled in and go to the board.

        :raises UserError: an address that is none, or no manager
        """
        self.ensure_one()
        self._save()
        return self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")

    def action_send_first(self):
        """Keep what was filled in and choose the first document on the deal.

        :raises UserError: no deal, or as :meth:`action_save`
        """
        self.ensure_one()
        if not self.lead_id:
            raise UserError(self.env._("Choose the deal that the first document belongs to."))
        self._save()
        return self.lead_id.action_send_for_signature()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _save(self):
        """Write the company's settings: the signer is a manager's choice, the address an administrator's; hence the sudo."""
        if not self.env.user.has_group(MANAGER_GROUP) or self.company_id != self.env.company:
            raise AccessError(self.env._("Only managers of e-signatures set this up."))
        self._check_signer()
        self._update_contact()
        company_sudo = self.company_id.sudo()
        company_sudo.esign_own_partner_id = self.signer_id
        if (
            self.env.user.has_group(ADMIN_GROUP)
            and self.public_url != company_sudo.esign_public_url
        ):
            company_sudo.esign_public_url = self.public_url

    def _check_signer(self):
        """Refuse a signer whom no message could reach."""
        if not self.signer_id:
            return
        if self.signer_email and not email_normalize(self.signer_email):
            raise UserError(
                self.env._("“%(email)s” is not one e-mail address.", email=self.signer_email)
            )
        if self.signer_phone and not e164(self.signer_phone, self.company_id.country_id.code or ""):
            raise UserError(
                self.env._(
                    "“%(phone)s” is not a phone number. Write it in international form, e.g. +33 6 12 34 56 78.",
                    phone=self.signer_phone,
                )
            )
        if not self.signer_email and not self.signer_phone:
            raise UserError(
                self.env._(
                    "%(name)s cannot be reached: type an e-mail address or a phone number.",
                    name=self.signer_id.name,
                )
            )

    def _update_contact(self):
        """Write changed addresses to the contact, with the user's own rights on contacts."""
        typed = {"email": self.signer_email, "phone": self.signer_phone}
        changed = {
            name: value
            for name, value in typed.items()
            if (value or "") != (self.signer_id[name] or "")
        }
        if self.signer_id and changed:
            self.signer_id.write(changed)
