"""Whether somebody may be asked to sign, as far as the party directory knows."""

from dataclasses import dataclass
from typing import Any

from odoo import api, models
from odoo.tools import format_date


@dataclass(frozen=True)
class Person:
    """Somebody who is about to be asked, in the directory or not; the contact, company and so on are records."""

    name: str
    side: str
    partner: Any
    email: str
    phone: str
    company: Any
    team: Any
    country: Any  # where he is, empty: unknown
    party: Any = None  # empty: to be found


class EsignParty(models.Model):
    """The same question for forms, while one types, and for requests, before they are sent."""

    _inherit = "esign.party"

    @api.model
    def _problem_of(self, person):
        """Return why ``person`` must not be asked to sign, in one sentence; ``""``: he may be.

        Whom the directory does not know has no agreement. Senders may not read all of it, hence the sudo.
        """
        party_sudo = person.party or self.sudo()._known_as(person)
        problem = party_sudo._signing_problem(person.name, person.team) if party_sudo else ""
        if problem or self._agreement_problem_of(person, party_sudo) != "agreement_missing":
            return problem
        return self.env._(
            "%(name)s has not agreed to sign electronically, which %(company)s demands. Enter the agreement in the "
            "party directory.",
            name=person.name, company=person.company.name,
        )  # fmt: skip

    @api.model
    def _known_as(self, person):
        """Return the entry of ``person``, an archived one where there is no other, or none."""
        who = (person.partner, person.email, person.phone, person.company)
        found = self._find_for(*who, side=person.side, name=person.name)
        return found or self.with_context(active_test=False)._find_for(
            *who, side=person.side, name=person.name
        )

    @api.model
    def _agreement_problem_of(self, person, party_sudo):
        """Return the problem with the agreement of ``person``: ``""``, ``agreement_advised`` or ``agreement_missing``."""
        if person.side == "own":
            return ""
        if party_sudo:
            return party_sudo._agreement_problem()
        return self._missing_agreement_problem(person.company, person.country)

    def _signing_problem(self, name, team):
        """Return why this party must not be asked to sign, in one sentence; ``""``: it may be. Called under sudo.

        :param name: how to call the person
        :param team: the sales team that it would be for
        """
        self.ensure_one()
        return (self.side == "own" and self._own_problem(name, team)) or self._authority_refusal(
            name
        )

    def _own_problem(self, name, team):
        if not self.active:
            return self.env._(
                "%(name)s does not sign for us any more: the entry in the party directory is archived. Choose somebody "
                "else.",
                name=name,
            )
        if not self._may_sign_for(self.company_id, team):
            return self.env._(
                "%(name)s signs for other sales teams only: %(teams)s. Choose somebody else.",
                name=name, teams=", ".join(self.team_ids.mapped("name")),
            )  # fmt: skip
        return ""

    def _authority_refusal(self, name):
        problem = self._authority_problem()
        if problem == "authority_expired":
            return self.env._(
                "%(name)s may not sign any more: the authority ended on %(day)s. Enter the new one in the party "
                "directory, or choose somebody else.",
                name=name, day=format_date(self.env, self.authority_until),
            )  # fmt: skip
        if problem == "authority_early":
            return self.env._(
                "%(name)s may not sign yet: the power of attorney is of %(day)s. Correct it in the party directory, or "
                "choose somebody else.",
                name=name, day=format_date(self.env, self.authority_issued_on),
            )  # fmt: skip
        return ""
