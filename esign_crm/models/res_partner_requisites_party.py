"""The checked numbers of the party directory on papers."""

from odoo import models

from ..tools import requisites


class ResPartner(models.Model):
    """Where the directory knows a contact's firm, its numbers stand on papers in place of the contact's own."""

    _inherit = "res.partner"

    def _esign_legal_name(self):
        """Return the firm's name as the directory writes it in documents, where it knows the firm."""
        party = self._esign_party_with(
            lambda each: not each.is_private_person and each.company_name
        )
        return party.company_name or super()._esign_legal_name()

    def _esign_requisites(self, lang, party=None):
        """Return the rows of papers with the numbers of the directory, read with the caller's rights."""
        rows = super()._esign_requisites(lang, party)
        numbers = party._requisites_lines(lang) if party else []
        if not numbers:
            party = self._esign_party_with(lambda each: each._requisites_lines())
            numbers = party._requisites_lines(lang) if party else []
        if not numbers:
            return rows
        known = {number for _label, number in numbers}
        doubled = self._esign_same_number(party, known)
        rest = [row for row in rows if row[1] not in doubled]
        place = 1 if rest and rest[0] == rows[0] else 0  # after the address, where there is one
        return rest[:place] + numbers + rest[place:]

    def _esign_party_with(self, fact):
        """Return the party of this contact, else one of its firm, that has some fact; none for who may not read any.

        Everybody enters clients, so that theirs count for no firm of our own, nor for another company. What the caller
        or his team keeps goes first; where the rest disagree, nobody knows, and the contact's own words stand.

        :param fact: returns it, or nothing, of a party
        """
        parties = self.env["esign.party"]
        if not self or not parties.has_access("read"):
            return parties
        found = parties.search(self._esign_paper_domain(self.commercial_partner_id)).filtered(fact)
        user = self.env.user
        mine = found.filtered(
            lambda party: (
                party.user_id == user or (party.team_id and party.team_id == user.sale_team_id)
            )
        )
        found = mine or found
        # being named as the person is no precedence: anybody names anybody
        return found[:1] if len({str(fact(each)) for each in found}) == 1 else parties

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
