"""From a contact to its parties and back."""

from odoo.tests import Form, tagged

from .party_common import PartyCommon


@tagged("post_install", "-at_install")
class TestResPartnerParties(PartyCommon):
    """One button on the contact; a new party starts with what the contact tells."""

    def new_party(self, partner):
        """Return the party that the button's form makes."""
        action = partner.with_user(self.user).action_open_esign_parties()
        self.assertEqual(action["view_mode"], "form")
        parties = self.env["esign.party"].with_user(self.user).with_context(**action["context"])
        return Form(parties).save()

    def test_person_of_a_firm_signs_for_the_firm(self):
        party = self.new_party(self.person)
        self.assertEqual((party.person_id, party.partner_id), (self.person, self.firm))
        self.assertEqual((party.name, party.company_name), ("Anna Kowalska", "Mosty Wisła"))
        self.assertEqual((party.nip, party.lang), ("8567346215", "pl_PL"))
        self.assertFalse(party.is_private_person)
        for partner in (self.person, self.firm):
            self.assertEqual(partner.with_user(self.user).esign_party_count, 1)
            action = partner.with_user(self.user).action_open_esign_parties()
            self.assertEqual(self.env["esign.party"].search(action["domain"]), party)

    def test_person_without_firm_signs_for_himself(self):
        party = self.new_party(self.partner)
        self.assertTrue(party.is_private_person)
        self.assertEqual((party.authority_kind, party.channel), ("self", "sms"))
        self.assertFalse(party.company_name)

    def test_firm_asks_who_signs(self):
        action = self.firm.with_user(self.user).action_open_esign_parties()
        self.assertEqual(action["context"]["default_company_name"], "Mosty Wisła")
        self.assertNotIn("default_name", action["context"])

    def test_merged_contacts_keep_their_parties(self):
        party = self.party(partner_id=self.firm.id)
        other = self.env["res.partner"].create({"name": "Mosty Wisla", "is_company": True})
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((other | self.firm).ids, other)
        self.assertEqual(party.partner_id, other)
