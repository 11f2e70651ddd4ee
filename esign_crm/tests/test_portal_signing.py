"""The public routes: wrong order, twice, by strangers, under other hosts, after the end."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestPortalSigning(EsignHttpCommon):
    """What a link opens, and what it does not."""

    def setUp(self):
        """Send a request; the director's link is in his mail."""
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.token = self.wires.last_token(self.DIRECTOR)
        self.visitor = self.browser()

    def _client(self):
        """Let the director sign; return the client's browser and token."""
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        return self.browser(), self.wires.last_token(self.CLIENT)

    # --- strangers ---------------------------------------------------------------------------------------------------

    def test_token_never_issued_is_the_same_404_everywhere(self):
        unknown = "A" * 43
        answers = {
            self.get(self.visitor, f"/esign/s/{token}").text for token in (unknown, "x", "B" * 43)
        }
        self.assertEqual(len(answers), 1)
        for path in ("", "/document", "/page/1", "/download"):
            self.assertEqual(self.get(self.visitor, f"/esign/s/{unknown}{path}").status_code, 404)
        steps = (
            "opened",
            "draft",
            "stamp",
            "code",
            "confirm",
            "sign",
            "decline",
            "delegate",
            "fresh",
        )
        for step in steps:
            self.assertEqual(self.step(self.visitor, unknown, step)["error"], "not_found")

    def test_page_has_strict_headers_and_no_session_cookie(self):
        answer = self.get(self.visitor, f"/esign/s/{self.token}")
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["X-Frame-Options"], "DENY")
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertNotIn("session_id", answer.cookies)

    def test_forged_host_is_404_and_changes_no_link(self):
        for headers in ({"Host": "evil.example.com"}, {"Host": "evil.example.com:8069"}):
            self.assertEqual(
                self.get(self.visitor, f"/esign/s/{self.token}", headers=headers).status_code, 404
            )
        answer = self.get(
            self.visitor, f"/esign/s/{self.token}", headers={"X-Forwarded-Host": "evil.example.com"}
        )
        self.assertNotIn("evil.example.com", answer.text)

    def test_login_of_an_administrator_under_another_host_changes_no_link(self):
        # what Odoo does at such a log-in, unless frozen
        self.env["ir.config_parameter"].set_param("web.base.url", "https://evil.example.com")
        director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        for url in (director._mint_link("reminder"), self.request._verification_url()):
            self.assertTrue(url.startswith(f"{self.base_url()}/esign/"), url)

    def test_post_from_another_origin_is_refused(self):
        before = self.env["esign.otp"].search_count([])
        payload = {"jsonrpc": "2.0", "method": "call", "params": {}}
        with self.serving():
            answer = self.visitor.post(
                f"{self.base_url()}/esign/s/{self.token}/code", json=payload, timeout=30,
                headers={"Origin": "https://evil.example.com"},
            )  # fmt: skip
        self.assertEqual(answer.json()["result"]["error"], "not_found")
        self.assertEqual(self.env["esign.otp"].search_count([]), before)

    # --- escrow ------------------------------------------------------------------------------------------------------

    def test_client_hears_nothing_before_our_side_has_signed(self):
        client = self.request.signer_ids.filtered(lambda signer: signer.side == "client")
        self.request.action_remind()
        self.deliver()
        self.assertFalse(self.wires.sms)
        self.assertFalse(self.env["esign.message"].search([("signer_id", "=", client.id)]))
        self.assertFalse(self.env["esign.link"].search([("signer_id", "=", client.id)]))

    def test_client_sees_the_name_but_not_the_signature_of_our_side(self):
        browser, token = self._client()
        page = self.page(browser, token)
        self.assertEqual([row["name"] for row in page["signed_by"]], ["Dora Director"])
        self.assertEqual([mark["name"] for mark in page["marks"]], ["Dora Director"])
        self.assertEqual(
            self.get(browser, f"/esign/s/{token}/document").content,
            self.request.frozen_document_id._bytes(),
        )
        self.assertEqual(self.get(browser, f"/esign/s/{token}/download").status_code, 404)

    def test_client_cannot_sign_in_a_browser_of_our_staff(self):
        browser, token = self._client()
        self.confirm(browser, token, self.CLIENT)
        self.authenticate(self.rep.login, self.rep.login)
        browser.cookies.set("session_id", self.session.sid)
        self.assertEqual(self.sign(browser, token)["error"], "internal_session")

    # --- wrong order, twice ------------------------------------------------------------------------------------------

    def test_signing_without_code_is_refused(self):
        self.assertEqual(self.sign(self.visitor, self.token)["error"], "not_confirmed")

    def test_signing_without_consent_is_refused(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.assertEqual(
            self.sign(self.visitor, self.token, consent=None)["error"], "consent_missing"
        )

    def test_signing_without_signature_names_the_field(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        answer = self.sign(self.visitor, self.token, signature=None)
        self.assertEqual(answer["error"], "field_required")
        self.assertTrue(answer["field"])

    def test_name_that_no_font_can_write_is_refused(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.assertEqual(
            self.sign(self.visitor, self.token, name="山田太郎")["error"], "field_invalid"
        )

    def test_same_signature_again_answers_the_same_without_second_event(self):
        answer, token, browser = self.walk(self.DIRECTOR, "Dora Director")
        again = self.sign(browser, token, "Dora Director")
        self.assertEqual(answer, again)
        self.assertEqual(self.event_kinds(self.request).count("signed"), 1)
        self.assertEqual(
            self.sign(self.browser(), token, "Dora Director")["error"], "already_signed"
        )

    def test_field_of_somebody_else_cannot_be_filled(self):
        theirs = self.request.field_ids.filtered(lambda field: field.signer_id.side == "client")
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        answer = self.sign(self.visitor, self.token, values={str(theirs.id): "mine"})
        self.assertEqual(answer["error"], "field_invalid")

    # --- ends --------------------------------------------------------------------------------------------------------

    def test_decline_needs_a_code_and_ends_it_for_all(self):
        self.assertEqual(
            self.step(self.visitor, self.token, "decline", reason="no")["error"], "not_confirmed"
        )
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.assertEqual(
            self.step(self.visitor, self.token, "decline", reason=" ")["error"], "field_required"
        )
        self.assertEqual(
            self.step(self.visitor, self.token, "decline", reason="wrong sum")["state"], "declined"
        )
        self.request.invalidate_recordset()
        self.assertEqual(
            (self.request.state, self.request.decline_reason), ("declined", "wrong sum")
        )
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "declined")
        self.assertEqual(self.sign(self.visitor, self.token)["error"], "closed")

    def test_cancelled_link_tells_no_more_than_company_and_number(self):
        self.request.action_cancel("by mistake")
        page = self.page(self.visitor, self.token)
        self.assertEqual(page["situation"], "cancelled")
        self.assertEqual(page["request"], {"number": self.request.name})
        self.assertFalse({"pages", "fields", "signer", "sender"} & set(page))
        self.assertEqual(self.get(self.visitor, f"/esign/s/{self.token}/document").status_code, 404)

    def test_lapsed_link_offers_a_fresh_one_with_the_same_answer_always(self):
        director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        links = self.env["esign.link"].search([("signer_id", "=", director.id)])
        links.expires_at = fields.Datetime.now() - timedelta(days=1)
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "lapsed")
        self.assertEqual(self.step(self.visitor, self.token, "code")["error"], "closed")
        requests = type(self.request)
        with patch.object(requests, "_lock_or_refuse", side_effect=UserError("at it for long")):
            self.assertEqual(self.step(self.visitor, self.token, "fresh"), {"sent": True})
        answers = [self.step(self.visitor, self.token, "fresh") for _ in range(5)]
        self.assertEqual(answers, [{"sent": True}] * 5)
        self.deliver()
        asked = self.env["esign.link"].search(
            [("signer_id", "=", director.id), ("purpose", "=", "fresh")]
        )
        self.assertEqual(len(asked), 3, "at most three fresh links a day")
        self.assertEqual(
            self.page(self.visitor, self.wires.last_token(self.DIRECTOR))["situation"], "sign"
        )

    def test_sixth_live_link_supersedes_the_oldest(self):
        director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        for _ in range(4):
            director._mint_link("reminder")
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "sign")
        director._mint_link("reminder")
        page = self.page(self.visitor, self.token)
        self.assertEqual(page["situation"], "superseded")
        self.assertNotIn("pages", page)

    def test_revoked_link_is_as_if_never_issued(self):
        director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        director._revoke_links_sudo()
        unknown = self.get(self.visitor, f"/esign/s/{'A' * 43}")
        revoked = self.get(self.visitor, f"/esign/s/{self.token}")
        self.assertEqual((revoked.status_code, revoked.text), (404, unknown.text))
        self.assertEqual(self.step(self.visitor, self.token, "code")["error"], "not_found")

    def test_download_ends_after_fourteen_days(self):
        browser, token = self._client()
        self.confirm(browser, token, self.CLIENT)
        self.assertTrue(self.sign(browser, token)["sealed"])
        self.assertEqual(self.get(browser, f"/esign/s/{token}/download").status_code, 200)
        self.request._set_system_sudo(download_until=fields.Datetime.now() - timedelta(seconds=1))
        self.assertEqual(self.get(browser, f"/esign/s/{token}/download").status_code, 404)
        self.assertEqual(self.page(browser, token)["situation"], "gone")

    def test_draft_survives_a_reload_of_the_confirmed_browser_only(self):
        draft = {"values": {}, "signature": {"method": "typed", "name": "D"}}
        self.assertEqual(
            self.step(self.visitor, self.token, "draft", **draft)["error"], "not_confirmed"
        )
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.step(self.visitor, self.token, "draft", **draft)
        self.assertEqual(self.page(self.visitor, self.token)["draft"], draft)
        self.assertEqual(self.page(self.browser(), self.token)["draft"], {})
