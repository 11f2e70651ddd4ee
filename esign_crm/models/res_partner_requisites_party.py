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
        """Return the party of this contact, else one of its firm, that has a number; none for who may not read any.

        Everybody enters clients, so that theirs count for no firm of our own, nor for another company. What the caller
        or his team keeps goes first; where the rest disagree, nobody knows, and the contact's own numbers stand.
        """
        parties = self.env["esign.party"]
        if not parties.has_access("read"):
            return parties
        entity = self.commercial_partner_id
        found = parties.search(self._esign_paper_domain(entity)).filtered(
            lambda party: party._requisites_lines()
        )
        user = self.env.user
        mine = found.filtered(
            lambda party: (
                party.user_id == user or (party.team_id and party.team_id == user.sale_team_id)
            )
        )
        found = mine or found
        found = found.filtered(lambda party: party.person_id == self) or found
        return (
            found[:1] if len({tuple(each._requisites_lines()) for each in found}) == 1 else parties
        )

    def _esign_paper_domain(self, entity):
        """Return the domain of those who may tell the numbers of ``entity``; which firms are ours is no secret: sudo."""
        ours_sudo = self.env["res.company"].sudo().search([("partner_id", "=", entity.id)], limit=1)
        company, side = (ours_sudo, "own") if ours_sudo else (self.env.company, "client")
        return [
            ("partner_id", "=", entity.id),
            ("side", "=", side),
            ("company_id", "=", company.id),
        ]

    def _esign_same_number(self, party, known):
        """Return the contact's own tax number as typed, when it is one of the ``known`` ones."""
        typed = self.commercial_partner_id.vat or ""
        own = requisites.from_tax_number(typed, party.country_id.code or "")
        return {typed} if typed in known or known.intersection(own.values()) else set()
