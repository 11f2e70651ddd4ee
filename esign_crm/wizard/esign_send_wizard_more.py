"""What is rarely changed when a document is sent: copies, a message to the signers, the order."""

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..models.esign_request_checks import is_among
from ..models.person_country import phone_country
from ..tools.gateways.phone import e164


class EsignSendWizard(models.TransientModel):
    """The folded part of the form; what is wrong in it is said where it is seen though folded."""

    _inherit = "esign.send.wizard"

    copy_partner_ids = fields.Many2many(
        "res.partner",
        "esign_send_wizard_copy_rel",
        string="Copies to",
        help="They get the signed PDF when everybody has signed, and do not sign themselves.",
    )
    signer_note = fields.Text(
        string="Message to the signers",
        help="Stands in the invitation and on the signing page, just as you type it.",
    )
    order = fields.Selection(
        [("own", "Our side first"), ("client", "Client first"), ("both", "Both at once")],
        compute="_compute_order",
    )
    more_problem = fields.Char(compute="_compute_more_problem")

    @api.depends("template_id", "lead_id")
    def _compute_order(self):
        """Take the order of the template's roles where it may put the client first."""
        for wizard in self:
            places = wizard._places()
            wizard.order = (
                "own"
                if places["own"] < places["client"]
                else "client" if places["client"] < places["own"] else "both"
            )  # fmt: skip

    def _places(self):
        """Return side → place in the order."""
        template = self.template_id
        roles = template.role_ids.sorted("sequence")
        if not template._lets_client_first(self._company()):
            return {"own": 1, "client": 2}
        return {
            side: roles.filtered(lambda role, side=side: role.side == side)[:1].sequence
            for side in ("own", "client")
        }

    @api.depends("copy_partner_ids", "signer_note")
    def _compute_more_problem(self):
        for wizard in self:
            wizard.more_problem = self.env["esign.request"]._note_problem(
                wizard.signer_note
            ) or next(filter(None, map(wizard._copy_problem, wizard.copy_partner_ids)), False)

    def _copy_problem(self, partner):
        """Return why this contact can get no copy, or nothing."""
        if email_normalize(partner.email or "") or self._copy_phone(partner):
            return False
        return self.env._(
            "%(name)s can get no copy: the contact has neither an e-mail address nor a phone number.",
            name=partner.name or partner.display_name,
        )

    def _copy_phone(self, partner):
        code = phone_country(partner, self.lead_id, self._company(), "own")
        return partner.phone and e164(partner.phone, code)

    # --- the request -----------------------------------------------------------------------------------------------

    def _copies(self):
        """Return the entries of those who get a copy for ``create_from_deal``."""
        draft = self.env["esign.request"].new({"company_id": self._company().id})
        ours = self.copy_partner_ids and draft._own_addresses_sudo(draft.signer_ids)
        return [
            self._copy(number, partner._origin, ours)
            for number, partner in enumerate(self.copy_partner_ids, 1)
        ]

    def _copy(self, number, partner, ours):
        email, phone = email_normalize(partner.email or "") or False, self._copy_phone(partner)
        return {
            "kind": "copy",
            "side": "own" if is_among(ours, email, phone or "") else "client",
            "role": self.env._("Copy %(number)s", number=number),
            "sequence": 3,
            "name": partner.name or partner.display_name,
            "email": email,
            "phone": phone or False,
            "channel": "email" if email else "sms",
            "lang": partner.lang or False,
            "partner_id": partner.id,
            "company_name": partner.commercial_company_name or False,
        }
