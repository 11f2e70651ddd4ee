"""Deadlines: the notice before, the end, more time."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .test_esign_request_reminders import MONDAY, ClockCase


@tagged("post_install", "-at_install")
class TestDeadline(ClockCase):
    """The document is to be signed within ten days."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request(send=False)
        self.deadline = MONDAY + timedelta(days=10)
        self.request.deadline_at = self.deadline
        self.request.with_user(self.rep).action_send()
        self.director, self.client = self.request.signer_ids.sorted("sequence")

    def expire(self):
        self.later(days=11)
        self.run_cron()
        self.assertEqual(self.request.state, "expired")

    def test_sender_is_told_before_it_once_by_mail_and_activity(self):
        self.assertEqual(self.request.deadline_notice_at, self.deadline - timedelta(days=2))
        self.later(days=8)
        for _again in range(2):
            self.run_cron()
        notice = self.messages(self.request, "deadline_notice")
        self.assertEqual((len(notice), notice.user_id), (1, self.rep))
        mine = self.request.activity_ids.filtered(lambda activity: activity.user_id == self.rep)
        self.assertEqual(len(mine), 1)
        self.assertIn("Dora Director", mine.summary)
        self.deliver()
        text = self.wires.texts_to(self.rep.email)[-1]
        self.assertIn("Dora Director (Our director) was invited on", text)
        self.assertIn(f"/odoo/e-signature/{self.request.id}", text)
        self.assertNotIn("/esign/s/", text)
        self.assertNotIn("Claude Client", text)

    def test_closed_request_gives_no_notice(self):
        self.request.action_cancel("by mistake")
        self.assertFalse(self.request.deadline_notice_at)
        self.later(days=8)
        self.run_cron()
        self.assertFalse(self.messages(self.request, "deadline_notice"))

    def test_sender_is_told_at_its_end(self):
        self.expire()
        self.run_cron()
        notice = self.messages(self.request, "expired_notice")
        self.assertEqual((len(notice), notice.user_id), (1, self.rep))
        self.deliver()
        text = self.wires.texts_to(self.rep.email)[-1]
        self.assertIn("Dora Director (Our director) was invited on", text)

    def test_expired_request_is_opened_again(self):
        self.deliver()
        token = self.wires.last_token(self.DIRECTOR)
        self.expire()
        later = self.now + timedelta(days=7)
        self.request.with_user(self.rep).action_extend(later, reason="on leave")
        self.assertEqual((self.request.state, self.request.deadline_at), ("sent", later))
        self.assertFalse(self.request.closed_on)
        self.assertEqual(self.request.stage_id.turn_side, "own")
        self.assertEqual((self.director.state, self.client.state), ("invited", "waiting"))
        self.assertEqual(self.director.reminders_sent, 0)
        self.assertTrue(self.request.next_reminder_at)
        self.assertEqual(self.event_kinds(self.request)[-2:], ["extended", "invited"])
        event = self.request.event_ids.filtered(lambda each: each.kind == "extended")
        self.assertIn("on leave", event.summary)
        signer_sudo, link_sudo = self.env["esign.signer"]._find_by_token_sudo(token)
        self.assertEqual(signer_sudo._situation(link_sudo), "sign")
        self.deliver()
        self.assertIn("extended the time", self.wires.texts_to(self.DIRECTOR)[-1])
        self.assertFalse(self.wires.sms, "the client is not in turn")
        self.assertEqual(self.env["esign.event"]._verify(self.request), self.request.chain_head)

    def test_who_had_signed_does_not_sign_again(self):
        self.director._set_system_sudo(state="signed", signed_at=self.now)
        self.request._advance()
        self.expire()
        self.request.action_extend(self.now + timedelta(days=7))
        self.assertEqual((self.director.state, self.client.state), ("signed", "invited"))
        self.assertEqual(self.request.stage_id.turn_side, "client")
        self.deliver()
        self.assertIn("more time to sign", self.wires.texts_to(self.CLIENT)[-1])

    def test_open_request_gets_a_later_deadline(self):
        later = self.deadline + timedelta(days=5)
        self.request.with_user(self.rep).action_extend(later)
        self.assertEqual(self.request.deadline_at, later)
        self.assertEqual(self.request.deadline_notice_at, later - timedelta(days=2))
        self.assertEqual(len(self.messages(self.request, "extended_notice")), 1)

    def test_what_is_no_extension_is_refused(self):
        for moment, words in (
            (self.now - timedelta(days=1), "past"),
            (self.deadline - timedelta(days=1), "not later"),
            (None, "past"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.request.action_extend(moment)
        without = self.make_request()
        with self.assertRaisesRegex(UserError, "no deadline"):
            without.action_extend(self.deadline)
        self.request.action_cancel("by mistake")
        with self.assertRaisesRegex(UserError, "no deadline"):
            self.request.action_extend(self.deadline + timedelta(days=9))

    def test_stranger_cannot_extend(self):
        stranger = new_test_user(self.env, "extend_stranger", groups="esign_crm.group_user")
        with self.assertRaises(AccessError):
            self.request.with_user(stranger).action_extend(self.deadline + timedelta(days=5))

    def test_wizard_proposes_a_week_more_to_the_end_of_the_day(self):
        self.rep.tz = "Europe/Paris"
        wizard = Form(
            self.env["esign.extend.wizard"]
            .with_user(self.rep)
            .with_context(default_request_id=self.request.id)
        )
        self.assertEqual(wizard.deadline_on, (self.deadline + timedelta(days=7)).date())
        wizard.save().action_confirm()
        self.assertEqual(
            self.request.deadline_at,
            (self.deadline + timedelta(days=7)).replace(hour=21, minute=59, second=59),
        )

    def test_what_was_to_be_looked_at_goes_when_there_is_more_time(self):
        self.later(days=8)
        self.run_cron()
        self.assertTrue(self.request.activity_ids)
        self.request.with_user(self.rep).action_extend(self.deadline + timedelta(days=9))
        self.assertFalse(self.request.activity_ids)

    def test_leader_is_told_when_the_sender_has_left(self):
        leader = new_test_user(
            self.env,
            "left_leader",
            groups="esign_crm.group_team_leader",
            email="l@vendor.example.com",
        )
        self.request.team_id = self.env["crm.team"].create({"name": "Mills", "user_id": leader.id})
        self.rep.active = False
        self.expire()
        self.assertEqual(self.messages(self.request, "expired_notice").user_id, leader)

    def test_extension_counts_as_contact_for_the_next_reminder(self):
        self.later(days=2, hours=20)
        self.request.with_user(self.rep).action_extend(self.deadline + timedelta(days=9))
        self.later(hours=4)
        self.run_cron()
        self.assertFalse(self.messages(self.request, "reminder"))

    def test_notice_of_more_time_that_failed_is_repeated_with_a_link(self):
        self.request.with_user(self.rep).action_extend(self.deadline + timedelta(days=9))
        notice = self.messages(self.request, "extended_notice")
        notice._set_state("sending")
        notice._set_state("failed", error="mailbox full")
        notice.with_user(self.rep).action_send_again()
        self.deliver()
        self.assertIn("/esign/s/", self.wires.texts_to(self.DIRECTOR)[-1])
