"""A user's own requests on the portal: whose they are, when they appear, how they open."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import EsignHttpCommon

MAIL = "claude@client.example.org"


@tagged("post_install", "-at_install")
class TestPortalMyRequests(EsignHttpCommon):
    """Claude has a log-in; so have a colleague of his with the same e-mail, and our director."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.env["res.partner"].create({"name": "The mill", "is_company": True})
        cls.partner.write({"parent_id": cls.mill.id, "email": MAIL})
        cls.claude = cls._portal_user("claude", cls.partner)
        cls.colleague = cls._portal_user(
            "colleague",
            cls.partner.create({"name": "Cora", "parent_id": cls.mill.id, "email": MAIL}),
        )
        cls.boss = cls._portal_user("mill", cls.mill)
        cls.director = new_test_user(cls.env, "dora", email=cls.DIRECTOR)

    @classmethod
    def _portal_user(cls, login, partner):
        return cls.env["res.users"].create(
            {
                "login": login,
                "password": login,
                "partner_id": partner.id,
                "group_ids": [(6, 0, [cls.env.ref("base.group_portal").id])],
            }
        )

    def setUp(self):
        super().setUp()
        signers = self.signers(partner_id=self.partner.id)
        signers[0]["partner_id"] = self.director.partner_id.id
        self.request = self.make_request(signers=signers)
        self.own, self.client = self.request.signer_ids.sorted("sequence")

    # --- visiting ----------------------------------------------------------------------------------------------------

    def logged_in(self, user):
        """Return a browser in which ``user`` has logged in."""
        browser = self.browser()
        session = self.authenticate(user.login, user.login)
        browser.cookies.set("session_id", session.sid)
        return browser

    def listed(self, user):
        """Return the list as ``user`` reads it, and his browser."""
        browser = self.logged_in(user)
        answer = self.get(browser, "/my/esign")
        self.assertEqual(answer.status_code, 200)
        return answer.text, browser

    def assert_listed(self, user, expected):
        self.assertEqual(self.request.name in self.listed(user)[0], expected, user.login)

    def press_open(self, browser, html=None, signer=None):
        """Press the button and return the answer."""
        html = html or self.get(browser, "/my/esign").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)
        signer = signer or self.client
        with self.serving():
            return browser.post(
                f"{self.base_url()}/my/esign/{signer.id}/open",
                data={"csrf_token": token.group(1) if token else ""},
                timeout=30,
                allow_redirects=False,
            )

    def opened(self, user):
        """Let ``user`` open his turn; return (path, browser)."""
        html, browser = self.listed(user)
        answer = self.press_open(browser, html)
        self.assertEqual(answer.status_code, 303, answer.text[:300])
        return answer.headers["Location"].removeprefix(self.base_url()), browser

    # --- whose -------------------------------------------------------------------------------------------------------

    def test_client_learns_of_nothing_before_our_side_has_signed(self):
        self.assert_listed(self.claude, expected=False)
        self.walk(self.DIRECTOR)
        self.assert_listed(self.claude, expected=True)
        self.request.with_user(self.rep).action_cancel("Nothing came of it")
        self.assertIn("Cancelled by the sender", self.listed(self.claude)[0])

    def test_client_never_learns_of_what_was_cancelled_before_his_turn(self):
        self.request.with_user(self.rep).action_cancel("Nothing came of it")
        self.assert_listed(self.claude, expected=False)

    def test_neither_colleague_nor_company_nor_sender_sees_it(self):
        self.walk(self.DIRECTOR)
        for user in self.colleague, self.boss, self.director:
            browser = self.logged_in(user)
            answer = self.press_open(browser)
            self.assertNotEqual(answer.status_code, 303, user.login)
        for user in self.colleague, self.boss:
            self.assert_listed(user, expected=False)

    def test_archived_contact_of_the_same_address_changes_nothing(self):
        self.walk(self.DIRECTOR)
        twin = self.partner.copy({"name": "Claude before", "email": MAIL, "active": False})
        self.client._set_system_sudo(partner_id=twin.id)
        self.assert_listed(self.claude, expected=False)

    def test_director_sees_what_he_signs_for_us_but_no_clients_page(self):
        self.assert_listed(self.director, expected=True)
        self.walk(self.DIRECTOR)
        self.client._set_system_sudo(partner_id=self.director.partner_id.id)
        self.assertIn("You have signed", self.listed(self.director)[0])
        self.own._set_system_sudo(partner_id=False)
        self.assert_listed(self.director, expected=False)

    def test_draft_is_on_no_list(self):
        signers = self.signers(partner_id=self.partner.id)
        self.request = self.make_request(send=False, signers=signers)
        self.request.signer_ids._set_system_sudo(invited_at=fields.Datetime.now())
        self.assert_listed(self.claude, expected=False)

    def test_copy_appears_when_all_have_signed(self):
        signers = self.signers()
        signers.append(
            {"side": "client", "role": "Copy", "kind": "copy", "name": "Cora", "email": "cora@client.example.org",
             "partner_id": self.colleague.partner_id.id}
        )  # fmt: skip
        self.request = self.make_request(signers=signers)
        self.walk(self.DIRECTOR)
        self.assert_listed(self.colleague, expected=False)
        self.walk(self.CLIENT)
        self.assert_listed(self.colleague, expected=True)

    def test_nobody_without_a_log_in_comes_here(self):
        answer = self.get(self.browser(), "/my/esign")
        self.assertIn("/web/login", answer.headers["Location"])

    # --- the list ----------------------------------------------------------------------------------------------------

    def test_empty_list_says_so(self):
        self.assertIn("Nothing waits for your signature", self.listed(self.colleague)[0])

    def test_list_is_sorted_paged_and_counted(self):
        self.walk(self.DIRECTOR)
        html, browser = self.listed(self.claude)
        self.assertIn('data-status="your_turn"', html)
        for sortby in ("date", "deadline", "title", "id; drop"):
            self.assertEqual(self.get(browser, f"/my/esign?sortby={sortby}").status_code, 200)
        self.assertEqual(self.get(browser, "/my/esign/page/7").status_code, 200)
        with self.serving():
            counted = browser.post(
                f"{self.base_url()}/my/counters",
                json={"params": {"counters": ["esign_count"]}},
                timeout=30,
            ).json()
        self.assertEqual(counted["result"]["esign_count"], 1)

    # --- opening -----------------------------------------------------------------------------------------------------

    def test_opened_page_works_in_this_browser_to_the_seal(self):
        self.walk(self.DIRECTOR)
        path, browser = self.opened(self.claude)
        token = path.rpartition("/")[2]
        self.assertEqual(self.page(browser, token)["situation"], "sign")
        self.assertEqual(self.page(browser, token)["situation"], "sign", "reloaded")
        self.assertEqual(self.get(browser, f"{path}/page/1").status_code, 200)
        self.assertEqual(self.sign(browser, token)["error"], "not_confirmed")
        self.confirm(browser, token, self.CLIENT)
        self.assertTrue(self.sign(browser, token, "Claude Client")["sealed"])
        self.assertTrue(self.get(browser, f"{path}/download").content.startswith(b"%PDF"))
        self.assertIn("link_opened", self.event_kinds(self.request))

    def test_link_opens_once_for_one_browser(self):
        self.walk(self.DIRECTOR)
        path, browser = self.opened(self.claude)
        token = path.rpartition("/")[2]
        for rest in ("/page/1", "/document"):
            self.assertEqual(self.get(browser, path + rest).status_code, 404, "before the page")
        first = self.get(browser, path)
        self.assertEqual(first.status_code, 200)
        cookie = first.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Lax", f"Path={path}"):
            self.assertIn(part, cookie)
        thief = self.browser()
        for rest in ("", "/page/1", "/document", "/download"):
            self.assertEqual(self.get(thief, path + rest).status_code, 404, rest)
        self.assertEqual(self.step(thief, token, "code"), {"error": "not_found"})

    def test_link_not_opened_within_minutes_is_as_never_issued(self):
        self.walk(self.DIRECTOR)
        path, browser = self.opened(self.claude)
        link = self.env["esign.link"].search([("purpose", "=", "portal")])
        self.assertLessEqual(link.expires_at, fields.Datetime.now() + timedelta(minutes=15))
        link.expires_at = fields.Datetime.now()
        self.assertEqual(self.get(browser, path).status_code, 404)
        self.assertFalse(link.visit_hash)

    def test_visit_ends_and_its_page_says_so(self):
        self.walk(self.DIRECTOR)
        path, browser = self.opened(self.claude)
        token = path.rpartition("/")[2]
        self.get(browser, path)
        link = self.env["esign.link"].search([("purpose", "=", "portal")])
        link.expires_at = fields.Datetime.now()
        self.assertEqual(self.page(browser, token)["situation"], "lapsed")
        self.walk(self.CLIENT)
        self.assertEqual(self.page(browser, token)["situation"], "gone")

    def test_opening_often_ends_no_link_that_was_sent(self):
        self.walk(self.DIRECTOR)
        self.deliver()
        mailed = self.wires.last_token(self.CLIENT)
        html, browser = self.listed(self.claude)
        for _ in range(7):
            path = self.press_open(browser, html).headers["Location"].removeprefix(self.base_url())
        self.assertEqual(self.page(self.browser(), mailed)["situation"], "sign")
        self.assertEqual(self.get(browser, path).status_code, 200)
        live = [("purpose", "=", "portal"), ("superseded_at", "=", False)]
        self.assertEqual(self.env["esign.link"].search_count(live), 1)

    def test_signed_document_opens_until_its_download_is_over(self):
        self.walk(self.DIRECTOR)
        self.walk(self.CLIENT)
        path, browser = self.opened(self.claude)
        self.assertEqual(self.page(browser, path.rpartition("/")[2])["situation"], "done")
        self.assertTrue(self.get(browser, f"{path}/download").content.startswith(b"%PDF"))
        self.request._set_system_sudo(download_until=fields.Datetime.now())
        html, browser = self.listed(self.claude)
        self.assertIn("The time to download it here is over", html)
        self.assertNotIn(f"/my/esign/{self.client.id}/open", html)

    def test_closed_request_opens_no_page(self):
        self.walk(self.DIRECTOR)
        html, browser = self.listed(self.claude)
        self.request.with_user(self.rep).action_cancel("Too late")
        answer = self.press_open(browser, html)
        self.assertEqual(answer.headers["Location"].removeprefix(self.base_url()), "/my/esign")
        with self.assertRaises(AccessError):
            self.client._open_from_portal_sudo(self.claude, "")

    def test_opening_needs_the_pages_own_form(self):
        self.walk(self.DIRECTOR)
        browser = self.logged_in(self.claude)
        self.assertEqual(self.press_open(browser, "no token").status_code, 400)
        path = f"/my/esign/{self.client.id}/open"
        self.assertIn(self.get(browser, path).status_code, (404, 405))

    def test_company_without_address_is_said_plainly(self):
        self.walk(self.DIRECTOR)
        html, browser = self.listed(self.claude)
        self.company.esign_public_url = False
        answer = self.press_open(browser, html)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("cannot be opened at the moment", answer.text)
