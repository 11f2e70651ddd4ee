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

    def test_tax_number_is_called_as_its_reader_knows_it(self):
        for lang in ("fr_FR", "de_DE"):
            self.env["res.lang"]._activate_lang(lang)
        partner = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        for country, vat, lang, label in (
            ("fr", "FR40303265045", "fr_FR", "Numéro de TVA"),
            ("de", "FR40303265045", "de_DE", "USt-IdNr."),
            ("fr", "FR40303265045", "en_US", "VAT number"),
            ("it", "IT00743110157", "fr_FR", "P.IVA"),
            ("pl", "PL8567346215", "en_US", "NIP"),
            ("in", "27AAPFU0939F1ZV", "en_US", "GSTIN"),
        ):
            partner.with_context(no_vat_validation=True).write(
                {"country_id": self.env.ref(f"base.{country}").id, "vat": vat}
            )
            self.assertIn((label, vat), partner._esign_requisites(lang))

    def test_private_person_has_only_what_is_known(self):
        person = self.env["res.partner"].create({"name": "Pia Privat", "phone": "+33612345678"})
        self.assertEqual(person._esign_legal_name(), "Pia Privat")
        self.assertEqual(person._esign_requisites("en_US"), [("Phone", "+33612345678")])

    def test_country_and_labels_are_in_the_language_of_the_paper(self):
        for code, vat, lang, country, label in (
            ("de", "DE136695976", "pl_PL", "Niemcy", "Numer VAT"),
            ("pl", "8567346215", "ru_RU", "Польша", "NIP"),
            ("ru", "7707083893", "ru_RU", "Россия", "ИНН"),
            ("us", "12-3456789", "de_DE", "Vereinigte Staaten", "Steuernummer"),
        ):
            firm = self.env["res.partner"].create(
                {
                    "name": "Firm",
                    "is_company": True,
                    "city": "Town",
                    "country_id": self.env.ref(f"base.{code}").id,
                }
            )
            firm.flush_recordset()
            self.env.cr.execute("UPDATE res_partner SET vat = %s WHERE id = %s", [vat, firm.id])
            firm.invalidate_recordset()
            (_label, address), (tax, number) = firm._esign_requisites(lang)
            self.assertEqual((address, tax, number), (f"Town, {country}", label, vat))

    def test_bank_is_named_with_its_code(self):
        bank = self.env["res.bank"].create({"name": "Sparbank", "bic": "SPRBDEFF"})
        account = {"acc_number": "DE02120300000000202051", "bank_id": bank.id}
        firm = self.env["res.partner"].create({"name": "Firm", "bank_ids": [(0, 0, account)]})
        self.assertEqual(
            firm._esign_requisites("en_US"),
            [("Bank account", "DE02120300000000202051, Sparbank"), ("BIC", "SPRBDEFF")],
        )
