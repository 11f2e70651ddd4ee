"""The people of a deal: who signs for us, who for the client, where each is reached."""

from odoo import models
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164
from ..tools.text import is_same_name
from .esign_party_may_sign import Person
from .person_country import phone_country

ADDRESSES = ("email", "phone")


class CrmLead(models.Model):
    """One answer for the sending form, for automation, and for whoever calls without signers."""

    _inherit = "crm.lead"

    def _esign_people(self, company):
        """Return our signer and the client's as entries of ``create_from_deal``; each from the directory where known."""
        own, client = self._esign_own_person(company), self._esign_client_person(company)
        return [own | {"sequence": 1}, client | {"sequence": 2}]

    # --- our side --------------------------------------------------------------------------------------------------

    def _esign_own_person(self, company):
        """Return who signs for ``company`` unless the sender says otherwise.

        Whom the directory proposes, else the company's own signer, else who did it last, else the sender; nobody who
        must not be asked while there is somebody else. The deal may be empty.
        """
        party = self.env["esign.party"]._default_own(company, self.team_id)
        if party:
            return self._esign_reachable(party._signer_values(), company)
        # who signs for the company is known to all who send for it, whatever they may read of contacts: sudo
        named_sudo = company.sudo().esign_own_partner_id
        named = [self._esign_contact_person(named_sudo, company, "own")] if named_sudo else []
        last_sudo = self._esign_last_own_signer_sudo(company)
        asked = named + ([self._esign_signed_before(last_sudo, company)] if last_sudo else [])
        able = [person for person in asked if not self._esign_own_refusal(person, company)]
        me_sudo = self.env.user.sudo().partner_id
        return (able or named or [self._esign_contact_person(me_sudo, company, "own")])[0]

    def _esign_last_own_signer_sudo(self, company):
        """Return who signed for ``company`` last; often in a colleague's request, hence the sudo."""
        domain = [
            ("side", "=", "own"),
            ("kind", "=", "signer"),
            ("delegated_from_id", "=", False),  # named for one document only
            ("request_id.company_id", "=", company.id),
            ("request_id.state", "!=", "draft"),
        ]
        return self.env["esign.signer"].sudo().search(domain, order="id desc", limit=1)

    def _esign_signed_before(self, signer_sudo, company):
        """Return the person of a former signer: by the directory, else as he was asked then."""
        party = signer_sudo.party_id.sudo(False)
        is_known = party.active and party.has_access("read")
        if is_known and is_same_name(party.name, signer_sudo.name):
            return self._esign_reachable(party._signer_values(), company)
        names = ("name", "email", "phone", "channel", "lang", "position", "company_name")
        values = {name: signer_sudo[name] for name in names}
        partner = {"partner_id": signer_sudo.partner_id.id}
        return self._esign_reachable({"side": "own"} | values | partner, company)

    def _esign_own_refusal(self, person, company):
        """Return why a person of ours must not be asked: left, for other teams, authority ended."""
        return self.env["esign.party"]._problem_of(
            Person(
                name=person["name"],
                side="own",
                partner=self.env["res.partner"].sudo().browse(person["partner_id"] or []),
                email=email_normalize(person["email"] or "") or "",
                phone=e164(person["phone"] or "", company.country_id.code or "") or "",
                company=company,
                team=self.team_id,
                country=company.country_id,
            )
        )

    # --- the client --------------------------------------------------------------------------------------------------

    def _esign_client_person(self, company, partner=None):
        """Return who signs for the client.

        :param partner: somebody else's contact that the sender chose; the deal's own when left out
        """
        deals = self.partner_id
        if partner and partner != deals:
            return self._esign_contact_person(partner, company, "client")
        person = deals if not deals.is_company else deals.browse()
        # the deal may know its contact better than the address book does
        known = {
            "name": person.name or self.contact_name or deals.name,
            "email": self.email_from or deals.email,
            "phone": self.phone or deals.phone,
            "lang": deals.lang or self.lang_id.code,
            "company_name": deals.commercial_company_name or self.partner_name,
        }
        return self._esign_contact_person(deals, company, "client", known)

    # --- both ----------------------------------------------------------------------------------------------------------

    def _esign_contact_person(self, partner, company, side, known=None):
        """Return the person of a contact, from the directory where it knows him, else as contact and deal do.

        :param known: what is better known than the contact says
        """
        names = ("name", "email", "phone", "lang")
        values = {"side": side} | {name: partner[name] for name in names}
        values |= {
            "partner_id": partner.id,
            "position": partner.function,
            "company_name": partner.commercial_company_name,
            "channel": "email",
        }
        values |= known or {}
        party = self._esign_party_of(partner, values, company)
        if party:
            kept = ("partner_id", "lang", *ADDRESSES)
            found = party._signer_values()
            values = found | {name: found[name] or values[name] for name in kept}
        return self._esign_reachable(values, company)

    def _esign_party_of(self, partner, values, company):
        """Return the entry of the directory of a person, or the only one who signs for a firm that names nobody."""
        parties, side = self.env["esign.party"], values["side"]
        code = phone_country(partner, self, company, side)
        addresses = email_normalize(values["email"] or ""), e164(values["phone"] or "", code)
        found = parties._find_for(partner, *addresses, company, side=side, name=values["name"])
        names_somebody = partner == self.partner_id and self.contact_name
        if side == "own" and partner != found.person_id:
            # a shared mailbox does not make one colleague the other
            return found.filtered(lambda party: is_same_name(party.name, values["name"] or ""))
        if found or side == "own" or not partner.is_company or names_somebody:
            return found
        domain = [("side", "=", side), ("company_id", "=", company.id)]
        alone = parties.search([*domain, ("partner_id", "=", partner.id)], limit=2)
        return alone if len(alone) == 1 else parties

    def _esign_reachable(self, values, company):
        """Return ``values`` with a channel that has an address, and an installed language."""
        order = ("email", "phone") if values["channel"] == "email" else ("phone", "email")
        used = next((name for name in order if values[name]), order[0])
        installed = dict(self.env["res.lang"].get_installed())
        wanted = (values.get("lang"), company.sudo().partner_id.lang, self.env.user.lang)
        lang = next((code for code in wanted if code in installed), False)
        return values | {"channel": "email" if used == "email" else "sms", "lang": lang}
