"""Sending what is queued: tries, outcomes, back-off, dead letters, killed workers."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.errors import GatewayError
from .message_common import BUSY, FULL, LOST, MessageCase

OUTBOX_LOG = "odoo.addons.esign_crm.models.esign_message_outbox"


@tagged("post_install", "-at_install")
class TestOutbox(MessageCase):
    """Tries, outcomes, back-off, dead letters, killed workers."""

    def kinds(self):
        """Return the kinds of the request's events."""
        return self.event_kinds(self.request)

    def test_sent_message_is_recorded_once(self):
        message = self.invite(self.director)
        self.run_crons()
        self.run_crons()
        self.assertEqual(message.state, "sent")
        self.assertTrue(message.sent_at)
        self.assertEqual(len(self.wires.mails), 1)
        self.assertEqual(self.kinds().count("message_sent"), 1)
        details = self.request.event_ids.sorted("sequence")[-1]._details()
        self.assertEqual(details["to"], "d***@vendor.example.com")

    def test_temporary_refusal_backs_off(self):
        message = self.invite(self.director)
        with self.failing(BUSY, BUSY):
            self.run_crons()
            self.assertEqual((message.state, message.attempts), ("queued", 1))
            self.assertIn("come back later", message.error)
            first = message.next_try_at
            self.run_crons()
            self.assertEqual(message.attempts, 1)
            self.age(message, next_try_at=0)
            self.run_crons()
            self.assertEqual(message.attempts, 2)
            self.assertGreater(message.next_try_at, first)
            self.age(message, next_try_at=0)
            self.run_crons()
        self.assertEqual((message.state, message.error), ("sent", False))
        self.assertFalse(message.is_perhaps_twice)

    def test_final_refusal_becomes_an_activity_of_the_sender(self):
        message = self.invite(self.director)
        with self.failing(FULL):
            self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertFalse(message.sudo().payload)
        self.assertIn("mailbox full", message.error)
        activity = self.request.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("mailbox full", str(activity.note))
        self.assertIn("d***@vendor.example.com", str(activity.note))
        self.assertEqual(self.kinds()[-1], "message_failed")

    def test_last_try_ends_the_matter(self):
        message = self.invite(self.director)
        with self.failing(*[BUSY] * 20):
            for _ in range(12):
                self.age(message, next_try_at=0)
                self.run_crons()
        self.assertEqual((message.state, message.attempts), ("failed", 8))
        self.assertEqual(len(self.request.activity_ids), 1)

    def test_unknown_outcome_of_a_mail_is_repeated_once(self):
        message = self.invite(self.director)
        with self.failing(LOST, LOST):
            self.assert_repeated_once(message)

    def test_unknown_outcome_with_a_key_is_repeated_under_the_same_key(self):
        message = self.invite(self.client)
        self.wires.refuse_sms = LOST
        self.run_crons()
        self.assertEqual(message.state, "queued")
        self.assertFalse(message.is_perhaps_twice)
        self.wires.refuse_sms = None
        self.age(message, next_try_at=0)
        self.run_crons()
        self.assertEqual(message.state, "sent")
        self.assertEqual(self.wires.sms[0].key, message.sudo().key)

    def test_message_of_a_killed_worker_is_taken_up(self):
        message = self.invite(self.director)
        self.assertEqual(self.Message._claim(), (message.id, 1))
        self.assertEqual(message.state, "sending")
        self.run_crons()
        self.assertEqual(message.state, "sending", "its worker may be alive yet")
        self.age(message, claimed_at=1)
        self.run_crons()
        self.assertEqual((message.state, message.attempts), ("sent", 2))
        self.assertTrue(message.is_perhaps_twice)

    def test_message_cut_off_twice_is_given_up(self):
        message = self.invite(self.director)
        self.Message._claim()
        self.age(message, claimed_at=1)
        self.Message._claim()
        self.age(message, claimed_at=1)
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.wires.mails)

    def test_outdated_claim_sends_nothing(self):
        message = self.invite(self.director)
        self.Message._claim()
        self.age(message, claimed_at=1)
        self.Message._claim()
        self.env.flush_all()
        self.Message._work(message.id, 1)
        self.assertFalse(self.wires.mails)

    def test_own_error_does_not_hold_up_the_others(self):
        broken, sound = self.invite(self.director), self.invite(self.client)
        self.env.cr.execute("UPDATE esign_message SET payload = 'x' WHERE id = %s", [broken.id])
        self.env.invalidate_all()
        with mute_logger(OUTBOX_LOG):
            self.run_crons()
        self.assertEqual((broken.state, sound.state), ("queued", "sent"))

    def test_outdated_invitation_is_not_sent(self):
        message = self.invite(self.director)
        self.director._move("opened")
        self.director._move("confirmed")
        self.director._move("signed")
        self.run_crons()
        self.assertEqual(message.state, "cancelled")
        self.assertFalse(self.wires.mails)

    def test_message_that_waited_too_long_is_given_up(self):
        message = self.invite(self.director)
        self.age(message, expires_at=1)
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.wires.mails)

    def test_untold_outcome_is_told_later(self):
        message = self.invite(self.director)
        with patch.object(type(self.Message), "_tell"):
            self.run_crons()
        self.assertEqual(message.state, "sent")
        self.assertNotIn("message_sent", self.kinds())
        self.run_crons()
        self.assertEqual(self.kinds().count("message_sent"), 1)

    def test_delivery_report_is_taken_once(self):
        message = self.invite(self.client)
        self.run_crons()
        message._take_report("delivered")
        message._take_report("delivered")
        message._take_report("failed", "too late")
        self.assertEqual(message.state, "delivered")

    def test_report_of_failure_becomes_an_activity(self):
        message = self.invite(self.client)
        self.run_crons()
        message._take_report("failed", "number switched off")
        self.run_crons()
        self.assertEqual((message.state, message.error), ("failed", "number switched off"))
        self.assertEqual(self.kinds()[-1], "message_failed")
        self.assertTrue(self.request.activity_ids)

    def test_failed_message_can_be_sent_again_with_a_new_link(self):
        message = self.invite(self.director)
        with self.failing(FULL):
            self.run_crons()
        with self.assertRaises(UserError):
            self.invite(self.client).with_user(self.rep).action_send_again()
        message.with_user(self.rep).action_send_again()
        self.run_crons()
        self.assertEqual(len(self.wires.mails), 1)
        stranger = self.env["res.users"].create(
            {
                "name": "Other rep",
                "login": "other@vendor.example.com",
                "group_ids": [(4, self.env.ref("esign_crm.group_user").id)],
            }
        )
        with self.assertRaises(AccessError):
            message.with_user(stranger).action_send_again()

    def test_refusals_are_said_in_words(self):
        message = self.invite(self.client)
        for error, words in (
            (
                GatewayError("refused", words="no credit"),
                "The SMS provider refused the message: no credit",
            ),
            (GatewayError("foreign_number", region="PL"), "(PL)"),
            (GatewayError("unreachable"), "The SMS provider could not be reached."),
            (GatewayError("something new"), "something new"),
        ):
            self.assertIn(words, message._delivery_words(error))
