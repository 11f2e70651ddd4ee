"""The signing page in another language than the one on file: code, consent and record are of the language read."""

from odoo.tests import tagged

from ..tools.languages import LANGUAGES
from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestPortalLanguages(EsignHttpCommon):
    """A director who is written to in English."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.token = self.wires.last_token(self.DIRECTOR)
        self.visitor = self.browser()
        self.director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")

    def page_in(self, lang):
        """Return the facts of the page switched to ``lang``."""
        return self.page(self.visitor, f"{self.token}?lang={lang}")

    def call(self, step, lang, **params):
        """Take a step as a page in ``lang`` does."""
        return self.step(self.visitor, self.token, step, lang=lang, **params)

    def confirm_in(self, lang):
        self.call("code", lang)
        return self.call("confirm", lang, code=self.wires.last_code(self.DIRECTOR))

    def sign_in(self, lang):
        signature = {"method": "typed", "name": "Dora Director"}
        return self.call("sign", lang, values={}, signature=signature, consent=True)

    def test_page_is_in_the_language_on_file_until_it_is_switched(self):
        self.assertEqual(self.page(self.visitor, self.token)["lang"], "en_US")
        for code in LANGUAGES:
            self.assertEqual(self.page_in(code[:2])["lang"], code)
        self.assertEqual(self.page_in("xx")["lang"], "en_US")
        html = self.get(self.visitor, f"/esign/s/{self.token}?lang=it").text
        self.assertIn('<html lang="it-IT">', html)
        for code in LANGUAGES:
            self.assertIn(f'href="?lang={code[:2]}"', html)

    def test_switching_changes_nothing(self):
        before = self.event_kinds(self.request)
        self.page_in("de")
        self.request.invalidate_recordset()
        self.assertEqual(self.event_kinds(self.request), before)
        self.assertEqual(self.director.state, "invited")
        self.assertEqual(self.director._lang_code(), "en_US")

    def test_consent_is_recorded_in_the_language_that_was_read(self):
        self.assertEqual(self.confirm_in("de_DE"), {"confirmed": True})
        self.assertTrue(self.page_in("de")["confirmed"])
        self.assertEqual(self.sign_in("de_DE")["state"], "signed")
        consent = self.request.event_ids.filtered(lambda event: event.kind == "consent")._details()
        self.assertEqual(consent["lang"], "de_DE")
        hashes = {
            lang: self.director.with_context(esign_page_lang=lang)._content_hash()
            for lang in ("de_DE", "en_US")
        }
        signed = self.request.event_ids.filtered(lambda event: event.kind == "signed")._details()
        self.assertEqual(signed["content_hash"], hashes["de_DE"])
        self.assertNotEqual(*hashes.values())

    def test_code_of_another_language_is_void_and_the_page_says_so(self):
        self.call("code", "en_US")
        self.assertTrue(self.page(self.visitor, self.token)["code"]["expires_in"])
        switched = self.page_in("fr")
        self.assertTrue(switched["code"]["is_void"])
        self.assertIsNone(switched["code"]["expires_in"])
        self.assertTrue(switched["texts"]["code_other_language"])
        answer = self.call("confirm", "fr_FR", code=self.wires.last_code(self.DIRECTOR))
        self.assertEqual(answer["error"], "code_void")
        back = self.call("confirm", "en_US", code=self.wires.last_code(self.DIRECTOR))
        self.assertEqual(back["error"], "code_void", "trying it has used it up")

    def test_confirmation_does_not_outlive_a_switch(self):
        self.confirm_in("en_US")
        self.assertTrue(self.page(self.visitor, self.token)["confirmed"])
        self.assertFalse(self.page_in("pl")["confirmed"])
        self.assertEqual(self.sign_in("pl_PL")["error"], "code_void")
        self.assertEqual(self.director.state, "confirmed")
        self.assertEqual(self.sign_in("en_US")["state"], "signed")

    def test_odd_language_of_a_step_is_the_one_on_file(self):
        for odd in (None, 7, [], {"a": 1}, "xx", "\ud83d", "a" * 5000):
            self.assertEqual(self.call("opened", odd), {"opened": True})
        self.assertEqual(self.confirm_in("en_US"), {"confirmed": True})
        self.assertEqual(self.sign_in(None)["state"], "signed")

    def test_other_signers_are_written_to_in_their_own_language(self):
        self.confirm_in("it_IT")
        self.sign_in("it_IT")
        client = self.request.signer_ids - self.director
        message = self.request.message_out_ids.filtered(lambda each: each.signer_id == client)
        self.assertEqual((client._lang_code(), len(message)), ("en_US", 1))
        self.deliver()
        self.assertIn(
            "please sign",
            self.wires.texts_to(self.CLIENT)[-1].lower().replace("asks you to", "please"),
        )
