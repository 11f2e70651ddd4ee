"""The next document of a director who has just signed one."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignSignerNext(EsignHttpCommon):
    """Three requests of one director; the first is signed."""

    def setUp(self):
        super().setUp()
        self.dora = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        self.first, self.second, self.third = (
            self.request(title) for title in ("One", "Two", "Three")
        )
        self.deliver()
        self.browser_of_dora = self.browser()
        tokens = [
            token for text in self.wires.texts_to(self.DIRECTOR) for token in self.tokens(text)
        ]
        self.token = next(
            each for each in tokens if self.page(self.browser(), each)["request"]["title"] == "One"
        )
        self.confirm(self.browser_of_dora, self.token, self.DIRECTOR)
        self.sign(self.browser_of_dora, self.token, "Dora Director")
        self.env.invalidate_all()

    def tokens(self, text):
        return [each.partition("/esign/s/")[2][:43] for each in text.split() if "/esign/s/" in each]

    def request(self, title, **own):
        people = self.signers()
        people[0] |= {"partner_id": self.dora.id} | own
        request = self.make_request(signers=people, send=False)
        request.title = title
        request.with_user(self.rep).action_send()
        return request

    def told(self, browser=None, token=None):
        """Return what the page tells of a next document."""
        return self.page(browser or self.browser_of_dora, token or self.token).get("next")

    def director_of(self, request):
        return request.signer_ids.filtered(lambda each: each.side == "own")

    # --- what is told ------------------------------------------------------------------------------------------------

    def test_oldest_other_turn_is_told_with_how_many_more(self):
        self.assertEqual(self.told(), {"title": "Two", "more": 1})

    def test_nothing_is_told_to_a_browser_that_has_not_confirmed(self):
        stranger = self.browser()
        self.assertIsNone(self.told(stranger))
        self.assertEqual(self.step(stranger, self.token, "next")["error"], "closed")
        forged = self.browser()
        forged.cookies.set("esign", "x" * 43)
        self.assertIsNone(self.told(forged))

    def test_nothing_is_told_once_the_confirmation_has_idled_out(self):
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        self.env["esign.otp"].search([]).write({"last_seen_at": hour_ago})
        self.assertIsNone(self.told())

    def test_only_turns_of_the_very_same_person_are_told(self):
        second, third = self.director_of(self.second), self.director_of(self.third)
        other = self.env["res.partner"].create({"name": "Other", "email": self.DIRECTOR})
        for values in (
            {"partner_id": other.id}, {"partner_id": False}, {"email": "dora@vendor.example.org"},
            {"channel": "sms"}, {"side": "client"}, {"kind": "copy"}, {"state": "waiting"}, {"state": "signed"},
            {"is_locked": True}, {"authority_until": "2020-01-01"},
        ):  # fmt: skip
            with self.subTest(values=values):
                before = {name: second[name] for name in values}
                second._set_system_sudo(**values)
                self.assertEqual(self.told(), {"title": "Three", "more": 0})
                second._set_system_sudo(**before | {"partner_id": self.dora.id})
        (second | third)._set_system_sudo(partner_id=False)
        self.assertIsNone(self.told())

    def test_requests_of_another_company_or_past_their_deadline_are_not_told(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.second._set_system_sudo(company_id=company.id)
        self.third._set_system_sudo(deadline_at=fields.Datetime.now() - timedelta(hours=1))
        self.assertIsNone(self.told())

    def test_director_without_contact_and_party_is_told_nothing(self):
        self.director_of(self.first)._set_system_sudo(partner_id=False, party_id=False)
        self.director_of(self.second)._set_system_sudo(partner_id=False, party_id=False)
        self.assertIsNone(self.told())

    def test_client_is_told_nothing(self):
        answer, token, browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer["state"], "signed")
        self.assertIsNone(self.told(browser, token))
        self.assertEqual(self.step(browser, token, "next")["error"], "closed")

    # --- opening it --------------------------------------------------------------------------------------------------

    def test_button_leads_to_a_link_that_opens_once_and_asks_for_its_own_code(self):
        url = self.step(self.browser_of_dora, self.token, "next")["url"]
        token = url.rpartition("/")[2]
        page = self.page(self.browser_of_dora, token)
        self.assertEqual((page["situation"], page["request"]["title"]), ("sign", "Two"))
        self.assertFalse(page["confirmed"])
        self.assertEqual(self.sign(self.browser_of_dora, token)["error"], "not_confirmed")
        self.assertEqual(self.get(self.browser(), f"/esign/s/{token}").status_code, 404)
        opened = self.second.event_ids.filtered(lambda each: each.kind == "link_opened")
        self.assertEqual(opened._details()["after"], self.first.name)
        self.confirm(self.browser_of_dora, token, self.DIRECTOR)
        self.assertEqual(self.sign(self.browser_of_dora, token, "Dora Director")["state"], "signed")
        self.env.invalidate_all()
        self.assertEqual(self.told(token=token), {"title": "Three", "more": 0})

    def test_link_that_nobody_opened_lapses_after_a_quarter_of_an_hour(self):
        url = self.step(self.browser_of_dora, self.token, "next")["url"]
        link = self.env["esign.link"].search([("purpose", "=", "portal")])
        link.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        answer = self.get(self.browser_of_dora, f"/esign/s/{url.rpartition('/')[2]}")
        self.assertEqual(answer.status_code, 404)
