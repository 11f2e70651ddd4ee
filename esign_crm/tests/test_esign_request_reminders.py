"""Reminders: planned, sent by the cron, sent by hand, and when they stop."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.esign_signer_reminders import EsignSigner as ReminderPart
from .common import EsignCommon

MONDAY = datetime(2026, 6, 1, 8, 0)  # 10:00 in Paris


class ClockCase(EsignCommon):
    """A company that works Monday to Friday, 8 to 17 with a break, in Paris; the clock is set by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Paris", "tz": "Europe/Paris", "company_id": cls.company.id}
        )
        cls.company.write(
            {
                "esign_reminder_first_days": 3, "esign_reminder_every_days": 2, "esign_reminder_max": 2,
                "esign_deadline_notice_days": 2,
            }
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        if not self._registry_patched:
            self.enterContext(self.enter_registry_test_mode())
        self.clock = self.enterContext(patch.object(fields.Datetime, "now", lambda: self.now))
        self.now = MONDAY
        self.Request = self.env["esign.request"]

    def later(self, **delta):
        """Set the clock forward."""
        self.env.flush_all()
        self.now += timedelta(**delta)
        self.env.invalidate_all()

    def run_cron(self):
        """Let the cron do what is due."""
        self.env.flush_all()
        self.Request._cron_remind()
        self.Request._cron_deadline_notice()
        self.Request._cron_expire()
        self.env.invalidate_all()

    def messages(self, request, purpose):
        return request.message_out_ids.filtered(lambda message: message.purpose == purpose)


@tagged("post_install", "-at_install")
class TestReminders(ClockCase):
    """The director is invited on a Monday at ten."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.director, self.client = self.request.signer_ids.sorted("sequence")

    def test_sending_plans_the_first_one(self):
        self.assertEqual(self.request.next_reminder_at, MONDAY + timedelta(days=3))

    def test_cron_reminds_once_for_each_moment_until_the_limit(self):
        self.run_cron()
        self.assertFalse(self.messages(self.request, "reminder"))
        self.later(days=3)
        for _again in range(2):
            self.run_cron()
        self.assertEqual(len(self.messages(self.request, "reminder")), 1)
        self.assertEqual(self.director.reminders_sent, 1)
        saturday_is_monday = datetime(2026, 6, 8, 6, 0)
        self.assertEqual(self.request.next_reminder_at, saturday_is_monday)
        self.later(days=7)
        self.run_cron()
        self.assertEqual(self.director.reminders_sent, 2)
        self.assertFalse(self.request.next_reminder_at)
        self.later(days=30)
        self.run_cron()
        self.assertEqual(len(self.messages(self.request, "reminder")), 2)

    def test_cron_that_comes_at_night_waits_for_the_morning(self):
        self.later(days=3, hours=12)
        self.run_cron()
        self.assertFalse(self.messages(self.request, "reminder"))
        self.assertEqual(self.request.next_reminder_at, datetime(2026, 6, 5, 6, 0))

    def test_reminder_has_a_new_link_and_the_earlier_one_works_on(self):
        self.deliver()
        first = self.wires.last_token(self.DIRECTOR)
        self.later(days=3)
        self.run_cron()
        self.deliver()
        self.assertNotEqual(self.wires.last_token(self.DIRECTOR), first)
        signer_sudo, link_sudo = self.env["esign.signer"]._find_by_token_sudo(first)
        self.assertEqual(signer_sudo._situation(link_sudo), "sign")

    def test_next_signer_starts_a_cascade_of_his_own(self):
        self.later(days=3)
        self.run_cron()
        self.director._set_system_sudo(state="confirmed")
        self.director._move("signed", signed_at=self.now)
        self.request._advance()
        self.assertEqual(self.client.state, "invited")
        self.assertEqual(self.client.reminders_sent, 0)
        self.assertEqual(self.request.next_reminder_at, datetime(2026, 6, 8, 6, 0))

    def let_end(self, signer):
        """Let the authority of a signer be one that has ended."""
        signer._set_system_sudo(authority_until="2020-01-31")

    def test_who_may_not_sign_any_more_is_not_reminded_and_the_sender_hears_it_once(self):
        self.let_end(self.director)
        for _again in range(3):
            self.later(days=3)
            self.run_cron()
        self.assertFalse(self.messages(self.request, "reminder"))
        self.assertEqual(self.event_kinds(self.request).count("authority_ended"), 1)
        (activity,) = self.request.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("The authority of Dora Director ended on", activity.summary)
        self.assertFalse(self.request.next_reminder_at)

    def test_who_may_not_sign_any_more_is_not_reminded_by_hand(self):
        self.let_end(self.director)
        with self.assertRaisesRegex(
            UserError, "Dora Director cannot sign: the authority has ended"
        ):
            self.request.with_user(self.rep).action_remind()
        self.assertFalse(self.messages(self.request, "reminder"))

    def test_of_two_in_turn_who_may_sign_is_reminded(self):
        own, client = self.signers()
        second = own | {"role": "Second director", "name": "Dan", "email": "dan@vendor.example.com"}
        request = self.make_request(signers=[own, second, client])
        dora = request.signer_ids.filtered(lambda each: each.name == "Dora Director")
        self.let_end(dora)
        self.later(days=3)
        self.run_cron()
        reminded = self.messages(request, "reminder").signer_id
        self.assertEqual(reminded.mapped("name"), ["Dan"])
        self.later(seconds=61)
        request.with_user(self.rep).action_remind()
        self.assertFalse(dora.reminders_sent)

    def test_locked_or_closed_requests_are_left_alone(self):
        self.director._lock()
        self.request.invalidate_recordset()
        self.assertFalse(self.request.next_reminder_at)
        with self.assertRaisesRegex(UserError, "unlocks"):
            self.request.action_remind()
        self.director.action_unlock()
        self.assertTrue(self.request.next_reminder_at)
        self.request.action_cancel("by mistake")
        self.assertFalse(self.request.next_reminder_at)

    def test_deadline_before_the_reminder_leaves_none(self):
        draft = self.make_request(send=False)
        draft.deadline_at = MONDAY + timedelta(days=2)
        draft.action_send()
        self.assertFalse(draft.next_reminder_at)

    def test_remind_now_counts_and_plans_anew(self):
        self.later(days=1)
        self.request.with_user(self.rep).action_remind()
        self.assertEqual(self.director.reminders_sent, 1)
        self.assertEqual(self.request.next_reminder_at, MONDAY + timedelta(days=3))
        with self.assertRaisesRegex(UserError, "last minute"):
            self.request.with_user(self.rep).action_remind()
        self.later(seconds=60)
        self.request.with_user(self.rep).action_remind()
        self.assertEqual(self.director.reminders_sent, 2)

    def test_stranger_and_rpc_write_nothing(self):
        stranger = new_test_user(self.env, "remind_stranger", groups="esign_crm.group_user")
        with self.assertRaises(AccessError):
            self.request.with_user(stranger).action_remind()
        for vals in ({"next_reminder_at": MONDAY}, {"undo_until": MONDAY}):
            with self.assertRaises(AccessError):
                self.request.with_user(self.rep).write(vals)
        with self.assertRaises(AccessError):
            self.director.with_user(self.rep).write({"reminders_sent": 0})

    def test_draft_takes_the_company_numbers_and_may_differ(self):
        draft = self.make_request(send=False)
        self.assertEqual((draft.reminder_first_days, draft.reminder_max), (3, 2))
        draft.with_user(self.rep).write({"reminder_max": 0})
        draft.with_user(self.rep).action_send()
        self.assertFalse(draft.next_reminder_at)
        draft.with_user(self.rep).write({"reminder_max": 1, "reminder_first_days": 1})
        self.assertEqual(draft.next_reminder_at, MONDAY + timedelta(days=1))

    def test_holiday_of_the_company_is_skipped(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday", "company_id": self.company.id, "calendar_id": False,
                "date_from": datetime(2026, 6, 3, 22, 0), "date_to": datetime(2026, 6, 4, 22, 0),
            }
        )  # fmt: skip
        request = self.make_request()
        self.assertEqual(request.next_reminder_at, datetime(2026, 6, 5, 6, 0))

    def test_company_without_calendar_works_nine_to_six(self):
        self.company.resource_calendar_id = False
        self.company.partner_id.tz = "Europe/Paris"
        self.now = datetime(2026, 6, 1, 3, 0)
        self.assertEqual(self.make_request().next_reminder_at, datetime(2026, 6, 4, 7, 0))

    @mute_logger("odoo.addons.esign_crm.models.esign_request_due")
    def test_failure_of_one_is_shown_put_off_and_stops_nobody_else(self):
        other = self.make_request()
        self.later(days=3)
        remind, words = ReminderPart._remind, "the public address is gone"

        def failing(signer):
            if signer.request_id == self.request:
                raise UserError(words)
            remind(signer)

        with patch.object(ReminderPart, "_remind", failing):
            self.run_cron()
        self.assertEqual(len(self.messages(other, "reminder")), 1)
        self.assertFalse(self.messages(self.request, "reminder"))
        self.assertEqual(self.request.next_reminder_at, self.now + timedelta(hours=1))
        self.assertIn(words, self.request.activity_ids.note)
        self.later(hours=1)
        self.run_cron()
        self.assertEqual(len(self.messages(self.request, "reminder")), 1)
