"""Requisites of contacts, as papers print them."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestRequisites(TransactionCase):
    """Only what is known, in the order of papers."""

    def test_person_of_a_company_stands_for_it(self):
        company = self.env["res.partner"].create(
            {
                "name": "Example GmbH",
                "is_company": True,
                "street": "Main Street 1",
                "city": "Town",
                "country_id": self.env.ref("base.de").id,
                "vat": "DE136695976",
                "company_registry": "HRB 1",
                "bank_ids": [(0, 0, {"acc_number": "DE02120300000000202051"})],
            }
        )
        person = self.env["res.partner"].create(
            {"name": "Max Muster", "parent_id": company.id, "email": "max@client.example.com"}
        )
        self.assertEqual(person._esign_legal_name(), "Example GmbH")
        values = [value for _label, value in person._esign_requisites("en_US")]
        self.assertIn("Main Street 1", values[0])
        self.assertIn("Germany", values[0])
        self.assertEqual(
            values[1:],
            [
                "DE136695976",
                "HRB 1",
                "DE02120300000000202051",
                "Max Muster",
                "max@client.example.com",
            ],
        )

    def test_private_person_has_only_what_is_known(self):
        person = self.env["res.partner"].create({"name": "Pia Privat", "phone": "+33612345678"})
        self.assertEqual(person._esign_legal_name(), "Pia Privat")
        self.assertEqual(person._esign_requisites("en_US"), [("Phone", "+33612345678")])
