"""The six languages are at hand, in every database and for every contact."""

from odoo.tests import TransactionCase

from ..tools.languages import LANGUAGES


class TestResLang(TransactionCase):
    """What installing and updating switch on."""

    def switch_off(self, code):
        """Switch a language off although contacts of the demonstration data speak it."""
        self.env.cr.execute("UPDATE res_lang SET active = FALSE WHERE code = %s", (code,))
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")

    def test_contact_can_be_given_each_language_of_the_product(self):
        partner = self.env["res.partner"].create({"name": "Claude Client"})
        for code in LANGUAGES:
            partner.lang = code
            self.assertEqual(partner.with_context(lang=partner.lang).env._("a b c"), "a b c")

    def test_languages_are_switched_on_alone_and_once(self):
        lang = self.env["res.lang"]._activate_lang("pl_PL")
        self.switch_off("pl_PL")
        active = self.env["res.lang"].search([])
        self.env["res.lang"]._activate_esign_languages()
        self.assertEqual(self.env["res.lang"].search([]) - active, lang)
        self.env["res.lang"]._activate_esign_languages()
        self.assertEqual(self.env["res.lang"].search([]) - active, lang)

    def test_language_switched_off_is_not_spoken(self):
        self.switch_off("pl_PL")
        self.assertEqual(
            self.env["res.lang"]._esign_codes(), [code for code in LANGUAGES if code != "pl_PL"]
        )
