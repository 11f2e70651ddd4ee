"""Where the addresses in the sending form come from."""

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..models.person_country import phone_country
from ..tools.gateways.phone import e164
from .esign_send_wizard_people import REACHED_BY, SIDES


class EsignSendWizard(models.TransientModel):
    """One sentence below each address: from the directory, the contact, the deal, or none of them."""

    _inherit = "esign.send.wizard"

    own_origin = fields.Char(compute="_compute_origins")
    client_origin = fields.Char(compute="_compute_origins")

    @api.depends(*REACHED_BY)
    def _compute_origins(self):
        for wizard in self:
            for side in SIDES:
                wizard[f"{side}_origin"] = wizard._origin_words(side)

    def _origin_words(self, side):
        """Return where the address comes from that link and code go to; nothing without one."""
        partner, party = self[f"{side}_partner_id"]._origin, self._party(side)
        if not self._address(side):
            return False
        if self._is_used(side, party.email, party.phone):
            return self.env._("From the party directory: %(party)s.", party=party.display_name)
        if self._is_used(side, partner.email, partner.phone):
            return self.env._("From the contact: %(contact)s.", contact=partner.display_name)
        if side == "client" and self._is_used(side, self.lead_id.email_from, self.lead_id.phone):
            return self.env._("From the deal.")
        return self.env._("Neither the party directory nor the contact has this address.")

    def _is_used(self, side, email, phone):
        """Tell whether one of these is the address in use."""
        if self[f"{side}_channel"] == "email":
            return email_normalize(email or "") == self._address(side)
        partner = self[f"{side}_partner_id"]._origin
        code = phone_country(partner, self.lead_id, self._company(), side)
        return e164(phone or "", code) == self._address(side)
