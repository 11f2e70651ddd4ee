"""The checked numbers of the party directory on papers."""

from odoo import models

from ..tools import requisites


class ResPartner(models.Model):
    """Where the directory knows a contact's firm, its numbers stand on papers in place of the contact's own."""

    _inherit = "res.partner"

    def _esign_requisites(self, lang, party=None):
        """Return the rows of papers with the numbers of the directory, read with the caller's rights."""
        rows = super()._esign_requisites(lang, party)
        numbers = party._requisites_lines(lang) if party else []
        if not numbers:
            party = self._esign_party_with_numbers()
            numbers = party._requisites_lines(lang) if party else []
        if not numbers:
            return rows
        known = {number for _label, number in numbers}
        doubled = self._esign_same_number(party, known)
        rest = [row for row in rows if row[1] not in doubled]
        place = 1 if rest and rest[0] == rows[0] else 0  # after the address, where there is one
        return rest[:place] + numbers + rest[place:]

    def _esign_party_with_numbers(self):
        """Return the party of this contact, else one of its firm, that has a number; none for who may not read any."""
        parties = self.env["esign.party"]
        if not parties.has_access("read"):
            return parties
        entity = self.commercial_partner_id
        found = parties.search([("partner_id", "=", entity.id)]).filtered(
            lambda party: party._requisites_lines()
        )
        return (found.filtered(lambda party: party.person_id == self) or found)[:1]

    def _esign_same_number(self, party, known):
        """Return the contact's own tax number as typed, when it is one of the ``known`` ones."""
        typed = self.commercial_partner_id.vat or ""
        own = requisites.from_tax_number(typed, party.country_id.code or "")
        return {typed} if typed in known or known.intersection(own.values()) else set()
