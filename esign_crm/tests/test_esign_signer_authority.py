"""An authority that ends between sending and signing."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import format_date

from .common import EsignHttpCommon

ENDED = "The authority of Dora Director ended on"


@tagged("post_install", "-at_install")
class TestSignerAuthority(EsignHttpCommon):
    """Director and client have a power of attorney in the directory; the request is sent while both are valid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["esign.party"].search([("side", "=", "own")]).email = False  # the demo's director
        cls.today = fields.Date.context_today(cls.env["esign.party"])
        cls.until = cls.today + timedelta(days=3)
        attorney = {
            "authority_kind": "attorney",
            "authority_number": "17",
            "authority_until": cls.until,
            "company_id": cls.company.id,
        }
        cls.director, cls.client = cls.env["esign.party"].create(
            [
                attorney | {"side": "own", "name": "Dora Director", "email": cls.DIRECTOR},
                attorney | {"name": "Claude Client", "phone": cls.CLIENT},
            ]
        )

    def sent(self):
        """Return a sent request, the browser and the token of the director."""
        request = self.make_request()
        self.deliver()
        return request, self.browser(), self.wires.last_token(self.DIRECTOR)

    def let_end(self, signer):
        """Let some days pass for one authority."""
        signer._set_system_sudo(authority_until=self.today - timedelta(days=2))

    def test_end_is_frozen_at_sending_whatever_becomes_of_the_directory(self):
        request = self.make_request(send=False)
        self.assertFalse(any(request.signer_ids.mapped("authority_until")))
        request.with_user(self.rep).action_send()
        self.director.authority_until = False
        self.assertEqual(request.signer_ids.mapped("authority_until"), [self.until] * 2)
        sent = request.event_ids.filtered(lambda event: event.kind == "sent")._details()
        self.assertEqual(
            [each["authority_until"] for each in sent["signers"]], [str(self.until)] * 2
        )

    def test_end_of_an_entry_that_was_taken_off_the_draft_counts_too(self):
        request = self.make_request(send=False)
        request.signer_ids.with_user(self.rep).party_id = False
        request.with_user(self.rep).action_send()
        self.assertEqual(request.signer_ids.mapped("authority_until"), [self.until] * 2)

    def test_without_an_end_everything_goes_on(self):
        (self.director | self.client).authority_kind = "self"
        request = self.make_request()
        self.assertFalse(any(request.signer_ids.mapped("authority_until")))
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(request.state, "done")

    @freeze_time("2026-03-31 22:30:00")
    def test_day_is_that_of_the_company(self):
        request = self.make_request(send=False)
        signer = request.signer_ids[0]
        signer._set_system_sudo(authority_until="2026-03-31")
        for zone, has_ended in (("UTC", False), ("Europe/Moscow", True), ("America/Lima", False)):
            self.company.partner_id.tz = zone
            self.assertEqual(bool(signer._why_not_entitled()), has_ended, zone)

    def test_no_code_and_no_signature_on_an_ended_authority_of_ours(self):
        request, browser, token = self.sent()
        self.let_end(request.signer_ids[0])
        self.assertIn(ENDED, self.page(browser, token)["stopped"])
        answer = self.step(browser, token, "code")
        self.assertEqual((answer["error"], answer["reason"]), ("closed", "authority_ended"))
        self.assertIn(ENDED, answer["message"])
        self.assertIn("Please ask Rita Rep", answer["message"])
        self.deliver()
        self.assertEqual(len(self.wires.texts_to(self.DIRECTOR)), 1, "the link, and no code")
        self.assertEqual(request.signer_ids[0].state, "invited")

    def test_authority_that_ends_after_the_code_signs_nothing(self):
        request, browser, token = self.sent()
        self.confirm(browser, token, self.DIRECTOR)
        self.let_end(request.signer_ids[0])
        answer = self.sign(browser, token, "Dora Director")
        self.assertEqual((answer["error"], answer["reason"]), ("closed", "authority_ended"))
        self.env.invalidate_all()
        self.assertEqual((request.state, request.signer_ids[0].state), ("sent", "confirmed"))

    def test_client_s_ended_authority_is_told_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        request = self.make_request(signers=self.signers(lang="fr_FR"))
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.CLIENT)
        self.assertIsNone(self.page(browser, token)["stopped"])
        self.let_end(request.signer_ids[1])
        answer = self.step(browser, token, "code")
        self.assertIn("Claude Client", answer["message"])
        self.assertNotIn("{", answer["message"])

    def test_owner_is_told_once_and_the_trail_says_it(self):
        request, browser, token = self.sent()
        self.confirm(browser, token, self.DIRECTOR)
        self.let_end(request.signer_ids[0])
        for _again in range(2):
            self.step(browser, token, "code")
            self.sign(browser, token, "Dora Director")
        self.env.invalidate_all()
        self.assertEqual(self.event_kinds(request).count("authority_ended"), 1)
        activity = request.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("The authority of Dora Director ended on", activity.summary)
        event = request.event_ids.filtered(lambda each: each.kind == "authority_ended")
        self.assertIn("Dora Director (Our director)", event.summary)
        self.assertIn(format_date(self.env, self.today - timedelta(days=2)), event.summary)
        self.env["esign.event"]._verify(request)

    def test_who_may_not_sign_can_still_decline(self):
        request, browser, token = self.sent()
        self.let_end(request.signer_ids[0])
        self.step(browser, token, "code", purpose="decline")
        self.step(browser, token, "confirm", code=self.wires.last_code(self.DIRECTOR))
        answer = self.sign(browser, token, "Dora Director")
        self.assertEqual(answer["reason"], "authority_ended", "the code to decline signs nothing")
        answer = self.step(browser, token, "decline", reason="I may not sign any more")
        self.assertEqual(answer["state"], "declined")
        self.env.invalidate_all()
        self.assertEqual(request.state, "declined")
        self.assertFalse(request.activity_ids, "there is nothing to see to any more")

    def test_signed_before_the_end_stays_signed(self):
        request, browser, token = self.sent()
        self.confirm(browser, token, self.DIRECTOR)
        first = self.sign(browser, token, "Dora Director")
        self.let_end(request.signer_ids[0])
        self.assertEqual(self.sign(browser, token, "Dora Director"), first)

    def test_nobody_writes_the_end_by_hand(self):
        request = self.make_request(send=False)
        manager = new_test_user(self.env, "authority_admin", groups="esign_crm.group_admin")
        for user in (self.rep, manager):
            with self.assertRaises(AccessError):
                request.signer_ids[0].with_user(user).authority_until = self.until
        with self.assertRaises(AccessError):
            request.signer_ids[0].copy({"authority_until": self.until, "role": "Other"})
        self.make_request()
        self.assertFalse(
            request.signer_ids[0].copy_data({"role": "Other"})[0].get("authority_until")
        )
