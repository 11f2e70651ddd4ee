"""Who signs for a deal: the same people for form, automation and callers without signers."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .send_common import SendCommon

NAMES = ("name", "email", "phone", "channel", "lang")


@tagged("post_install", "-at_install")
class TestCrmLeadPeople(SendCommon):
    """A firm as the deal's contact, for which somebody in the directory signs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.env["esign.party"].search([]).is_default = False
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Mill Ltd",
                "is_company": True,
                "email": "info@mill.example.org",
                "lang": "en_US",
            }
        )
        cls.party = cls.env["esign.party"].create(
            {
                "name": "Jan Nowak", "partner_id": cls.firm.id, "email": "jan@mill.example.org",
                "phone": "+48601234567", "channel": "sms", "lang": "pl_PL", "company_id": cls.company.id,
            }
        )  # fmt: skip
        cls.director = cls.env["res.partner"].create(
            {"name": "Olga Owner", "email": "olga@vendor.example.com"}
        )

    def both(self, side):
        """Return the people of one side as the form shows them and as a caller without signers gets them."""
        form = self.open()
        request = self.make_request(send=False, signers=None)
        signer = request.signer_ids.filtered(lambda each: each.side == side)
        shown = tuple(form[f"{side}_{name}"] for name in NAMES)
        self.assertEqual(shown, tuple(signer[name] for name in NAMES))
        return form, signer

    def test_only_signer_of_the_firm_is_proposed_with_his_own_addresses(self):
        self.lead.write({"partner_id": self.firm.id, "contact_name": False})
        form, signer = self.both("client")
        self.assertEqual((form.client_name, form.client_phone), ("Jan Nowak", "+48601234567"))
        self.assertEqual((form.client_channel, form.client_lang), ("sms", "pl_PL"))
        self.assertIn("party directory: Jan Nowak", form.client_origin)
        self.assertEqual((signer.party_id, signer.address_source), (self.party, "party"))

    def test_one_of_two_signers_of_a_firm_is_not_guessed(self):
        self.party.copy({"name": "Ewa", "email": "ewa@mill.example.org", "phone": False})
        self.lead.write({"partner_id": self.firm.id, "contact_name": False})
        form, signer = self.both("client")
        self.assertEqual(form.client_email, "info@mill.example.org")
        self.assertIn("From the contact: Mill Ltd", form.client_origin)
        self.assertFalse(signer.party_id)

    def test_contact_whom_the_directory_knows_is_reached_as_it_says(self):
        self.party.write({"person_id": self.partner.id})
        form, _signer = self.both("client")
        self.assertEqual((form.client_name, form.client_phone), ("Jan Nowak", "+48601234567"))
        form.client_phone = "+48601234568"
        self.assertIn("Neither the party directory", form.client_origin)

    def test_person_of_the_deal_is_not_replaced_by_another_one_of_the_firm(self):
        self.partner.parent_id = self.firm
        form, signer = self.both("client")
        self.assertEqual((form.client_name, form.client_phone), ("Claude Client", self.CLIENT))
        self.assertFalse(signer.party_id)

    def test_company_signer_goes_before_who_signed_last(self):
        self.make_request()
        self.company.esign_own_partner_id = self.director
        form, _signer = self.both("own")
        self.assertEqual(form.own_name, "Olga Owner")

    def test_who_signed_last_is_asked_where_the_company_names_nobody(self):
        self.company.esign_own_partner_id = False
        self.make_request()
        form, _signer = self.both("own")
        self.assertEqual(form.own_email, self.DIRECTOR)

    def test_company_signer_whose_authority_ended_is_passed_over(self):
        self.make_request()
        self.company.esign_own_partner_id = self.director
        self.party.create(
            {
                "side": "own", "name": "Olga Owner", "person_id": self.director.id,
                "email": "olga@vendor.example.com", "company_id": self.company.id,
                "authority_until": fields.Date.today() - timedelta(days=2),
            }
        )  # fmt: skip
        form, _signer = self.both("own")
        self.assertEqual(form.own_email, self.DIRECTOR)
