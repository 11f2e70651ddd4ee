"""Sent by mistake: taken back while nothing has left."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestUndo(EsignCommon):
    """What is sent from the screen waits a minute."""

    def setUp(self):
        super().setUp()
        if not self._registry_patched:
            self.enterContext(self.enter_registry_test_mode())

    def send(self):
        """Send a draft as its form does."""
        draft = self.make_request(send=False)
        draft.with_user(self.rep).with_context(esign_may_undo=True).action_send()
        return draft

    def assert_refused(self, request):
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            request.with_user(self.rep).action_undo_send()
        self.assertEqual(request.state, "sent")

    def test_nothing_leaves_within_the_minute(self):
        request = self.send()
        self.deliver()
        self.assertFalse(self.wires.mails)
        self.assertEqual(request.message_out_ids.mapped("state"), ["queued"])
        self.assertGreater(request.undo_seconds, 50)
        self.assertLessEqual(request.undo_seconds, 60)

    def test_over_rpc_it_leaves_at_once(self):
        request = self.make_request()
        self.assertFalse(request.undo_until or request.undo_seconds)
        self.deliver()
        self.assertEqual(len(self.wires.mails), 1)
        self.assert_refused(request)

    def test_undone_request_is_cancelled_silently_and_opens_as_a_draft(self):
        request = self.send()
        action = request.with_user(self.rep).action_undo_send()
        draft = self.env["esign.request"].browse(action["res_id"])
        self.assertEqual((request.state, draft.state), ("cancelled", "draft"))
        self.assertEqual((draft.user_id, draft.title), (self.rep, request.title))
        self.assertEqual(draft.signer_ids.mapped("name"), request.signer_ids.mapped("name"))
        self.assertIn(draft.name, request.cancel_reason)
        self.assertFalse(request.next_reminder_at or request.undo_seconds)
        self.assertEqual(request.message_out_ids.mapped("state"), ["cancelled"])
        event = request.event_ids.filtered(lambda each: each.kind == "cancelled")
        self.assertTrue(event._details()["undone"])
        self.env.cr.execute("UPDATE esign_message SET next_try_at = now() - interval '1 day'")
        self.deliver()
        self.assertFalse(self.wires.mails)

    def test_after_the_minute_it_is_refused(self):
        request = self.send()
        request._set_system_sudo(undo_until=fields.Datetime.now() - timedelta(seconds=1))
        self.assertFalse(request.undo_seconds)
        self.assert_refused(request)

    def test_tried_message_counts_as_having_left(self):
        request = self.send()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_message SET attempts = 1 WHERE request_id = %s", [request.id]
        )
        self.assert_refused(request)

    def test_reminder_by_hand_that_has_left_ends_the_undoing(self):
        request = self.send()
        request.with_user(self.rep).action_remind()
        self.deliver()
        self.assertEqual(len(self.wires.mails), 1)
        self.assert_refused(request)

    def test_send_now_ends_the_waiting(self):
        request = self.send()
        request.with_user(self.rep).action_send_now()
        self.assertFalse(request.undo_seconds)
        self.deliver()
        self.assertEqual(len(self.wires.mails), 1)
        self.assert_refused(request)
        request.with_user(self.rep).action_send_now()
        self.deliver()
        self.assertEqual(len(self.wires.mails), 1)

    def test_next_turns_never_wait(self):
        request = self.send()
        director = request.signer_ids.sorted("sequence")[0]
        director._set_system_sudo(state="signed", signed_at=fields.Datetime.now())
        request.with_context(esign_may_undo=True)._advance()
        self.deliver()
        self.assertEqual(len(self.wires.sms), 1)

    def test_stranger_undoes_nothing(self):
        stranger = new_test_user(self.env, "undo_stranger", groups="esign_crm.group_user")
        request = self.send()
        for action in ("action_undo_send", "action_send_now"):
            with self.assertRaises(AccessError):
                getattr(request.with_user(stranger), action)()

    def test_cancelling_within_the_minute_tells_nobody(self):
        request = self.send()
        request.with_user(self.rep).action_cancel("The wrong director")
        self.assertEqual(request.message_out_ids.mapped("purpose"), ["invitation"])
        self.assertEqual(request.message_out_ids.state, "cancelled")
