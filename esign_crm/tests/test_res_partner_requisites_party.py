"""Numbers of the directory on papers."""

from odoo.tests import new_test_user, tagged

from .party_common import PartyCommon


@tagged("post_install", "-at_install")
class TestResPartnerRequisitesParty(PartyCommon):
    """Each number once, after the address; without the directory, the contact's own."""

    def rows(self, partner, who=None):
        """Return the rows that a paper shows."""
        return partner.with_user(who or self.user)._esign_requisites("en_US")

    def test_directorys_numbers_stand_in_place_of_the_contacts(self):
        self.firm.street = "ul. Długa 1"
        self.party(partner_id=self.firm.id, nip="8567346215", regon="192598184")
        rows = self.rows(self.firm)
        self.assertEqual(rows[0][0], "Address")
        self.assertEqual(rows[1:3], [("NIP", "8567346215"), ("REGON", "192598184")])
        self.assertNotIn("PL8567346215", [value for _label, value in rows])

    def test_another_number_of_the_contact_stays(self):
        self.firm.vat = "PL5260001246"
        self.party(partner_id=self.firm.id, nip="8567346215")
        values = [value for _label, value in self.rows(self.firm)]
        self.assertIn("PL5260001246", values)
        self.assertIn("8567346215", values)

    def test_unknown_firm_and_reader_without_rights_get_the_contacts_own(self):
        employee = new_test_user(self.env, "party_employee", groups="base.group_user")
        before = self.rows(self.firm)
        self.party(partner_id=self.firm.id, regon="192598184")
        self.assertEqual(self.rows(self.firm, employee), before)
        self.assertNotEqual(self.rows(self.firm), before)

    def test_client_s_entry_tells_no_numbers_of_our_own_firm(self):
        ours = self.company.partner_id
        before = self.rows(ours, self.rep)
        self.party(
            by=self.rep, partner_id=ours.id, person_id=ours.id, nip="8567346215", side="client"
        )
        self.assertEqual(self.rows(ours, self.rep), before)
        self.party(by=self.manager, partner_id=ours.id, nip="5260001246", side="own")
        self.assertIn(("NIP", "5260001246"), self.rows(ours, self.rep))

    def test_colleague_s_entry_goes_behind_one_s_own_and_tells_nothing_against_another(self):
        self.party(by=self.rep, partner_id=self.firm.id, nip="5260001246", person_id=self.firm.id)
        self.party(by=self.user, partner_id=self.firm.id, nip="8567346215")
        self.assertIn(("NIP", "8567346215"), self.rows(self.firm))
        self.assertIn(("NIP", "5260001246"), self.rows(self.firm, self.rep))
        (self.env["esign.party"].search([("partner_id", "=", self.firm.id)])).user_id = self.manager
        values = [value for _label, value in self.rows(self.firm)]
        self.assertNotIn("5260001246", values)
        self.assertIn("PL8567346215", values, "the contact's own")
