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
                wizard[f"{side}_origin"] = wizard._origin_words(wizard._asked(side))

    def _origin_words(self, who):
        """Return where the address comes from that link and code go to; nothing without one."""
        partner, party = who.partner, self._party(who)
        if not self._address(who):
            return False
        if self._is_used(who, party.email, party.phone):
            return self._party_origin_words(who, party)
        if self._is_used(who, partner.email, partner.phone):
            return self.env._("From the contact: %(contact)s.", contact=partner.display_name)
        if who.side == "client" and self._is_used(who, self.lead_id.email_from, self.lead_id.phone):
            return self.env._("From the deal.")
        return self.env._("Neither the party directory nor the contact has this address.")

    def _party_origin_words(self, who, party):
        """Return the same of an address that the directory has."""
        typist = party._typed_by("email" if who.channel == "email" else "phone")
        if not typist or self._is_used(who, who.partner.email, who.partner.phone):
            return self.env._("From the party directory: %(party)s.", party=party.display_name)
        return self.env._(
            "Typed by %(name)s, and not confirmed in the party directory yet: %(party)s.",
            name=typist,
            party=party.display_name,
        )

    def _is_used(self, who, email, phone):
        """Tell whether one of these is the address in use."""
        if who.channel == "email":
            return email_normalize(email or "") == self._address(who)
        code = phone_country(who.partner, self.lead_id, self._company(), who.side)
        return e164(phone or "", code) == self._address(who)
