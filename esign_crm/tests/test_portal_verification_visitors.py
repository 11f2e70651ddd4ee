"""The public check for whoever comes by: in which language, and how often."""

from unittest.mock import patch

from odoo.tests import tagged

from ..tools import languages
from ..tools.check_policy import CHECKS_PER_MINUTE
from .common import EsignHttpCommon
from .test_portal_verification import GOOD, JSON


@tagged("post_install", "-at_install")
class TestPortalVerificationVisitors(EsignHttpCommon):
    """Languages and the limit, which need no sealed file."""

    def lang(self, path, accepted="", **kwargs):
        """Return the language that a page says it is in."""
        html = self.get(self.browser(), path, headers={"Accept-Language": accepted}, **kwargs).text
        return html.partition('<html lang="')[2].partition('"')[0]

    def test_stranger_is_answered_in_the_language_chosen_else_the_browsers(self):
        self.assertEqual(self.lang("/esign/verify", "uk, de-AT;q=0.5, fr;q=0.8"), "fr-FR")
        self.assertEqual(self.lang("/esign/verify", "fr", params={"lang": "pl"}), "pl-PL")
        self.assertEqual(self.lang("/esign/verify", "ja"), "en-US")
        self.assertEqual(self.lang(f"/esign/verify/{'A' * 26}", "it"), "it-IT")
        self.assertEqual(self.lang("/esign/nosuch", "ru"), "ru-RU")
        self.assertEqual(self.lang(f"/esign/s/{'A' * 43}", "de"), "de-DE")

    def test_nonsense_for_a_language_is_english(self):
        for asked in ("xx", "../..", "fr\0", "'", "a" * 9999):
            self.assertEqual(self.lang("/esign/verify", params={"lang": asked}), "en-US", asked)
        self.assertEqual(self.lang("/esign/verify", ";;q=,,*;q=x"), "en-US")

    def test_switch_keeps_the_code_and_offers_the_languages_that_are_on(self):
        codes = [code for code in languages.LANGUAGES if code != "pl_PL"]
        self.enterContext(
            patch.object(type(self.env["res.lang"]), "_esign_codes", lambda _lang: codes)
        )
        html = self.get(self.browser(), f"/esign/verify/{'A' * 26}").text
        for language in ("en", "de", "fr", "it", "ru"):
            self.assertIn(f'href="/esign/verify/{"A" * 26}?lang={language}"', html)
        self.assertNotIn("?lang=pl", html)
        self.assertEqual(self.lang("/esign/verify", "pl", params={"lang": "pl"}), "en-US")

    def test_too_many_checks_are_429_with_the_time_to_wait(self):
        stranger = self.browser()
        path = f"/esign/verify/{'A' * 26}"
        statuses = [self.get(stranger, path).status_code for _ in range(CHECKS_PER_MINUTE + 2)]
        self.assertEqual(statuses, [200] * CHECKS_PER_MINUTE + [429] * 2)
        answer = self.get(stranger, path, headers=JSON)
        self.assertEqual((answer.status_code, answer.json()["reasons"]), (429, ["too_many"]))
        self.assertTrue(0 < int(answer.headers["Retry-After"]) <= 60)
        page = self.get(stranger, path)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertNotIn(GOOD, page.text)
        with self.serving():
            url = f"{self.base_url()}/esign/verify"
            for given in ({"files": {"file": ("x.pdf", b"%PDF-")}}, {"data": {"sha256": "0" * 64}}):
                answer = stranger.post(url, headers=JSON, timeout=30, **given)
                self.assertEqual(answer.status_code, 429)
        self.assertEqual(self.get(stranger, "/esign/verify").status_code, 200, "the form is free")
