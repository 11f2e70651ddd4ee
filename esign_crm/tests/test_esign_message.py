"""The outbox: queued with its cause, sent once, never readable."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS
from odoo.tests import tagged

from .message_common import MessageCase


@tagged("post_install", "-at_install")
class TestQueue(MessageCase):
    """What is written when, and who may read it."""

    def test_message_shares_the_fate_of_its_transaction(self):
        before = self.Message.search_count([])
        with self.assertRaises(KeyError), self.env.cr.savepoint():
            self.invite(self.director)
            raise KeyError("the cause failed")
        self.assertEqual(self.Message.search_count([]), before)

    def test_nothing_is_sent_before_the_cron_runs(self):
        message = self.invite(self.director)
        self.assertEqual((message.state, message.attempts), ("queued", 0))
        self.assertFalse(self.wires.mails)

    def test_queueing_wakes_both_crons(self):
        self.env["ir.cron.trigger"].search([]).unlink()
        self.invite(self.director)
        self.invite(self.director)
        crons = self.env["ir.cron.trigger"].search([]).cron_id
        self.assertEqual(crons.mapped("code"), ["model._cron_send(1)", "model._cron_send(2)"])

    def _calls(self, wake_rules):
        """Return how many calls a commit makes after a message and what ``wake_rules`` does, both queues being woken."""
        called = []
        self.patch(type(self.env["ir.cron"]), "_notifydb", lambda _self: called.append(1))
        self.env.cr.postcommit.clear()
        self.env.cr.precommit.data.clear()
        self.env["ir.cron.trigger"].search([]).unlink()
        self.invite(self.director)
        wake_rules(self.env["esign.rule.run"])
        self.assertEqual(len(self.env["ir.cron.trigger"].search([]).cron_id), 4)
        self.env.cr.postcommit.run()
        return len(called)

    def test_one_call_after_the_commit_wakes_all_queues(self):
        self.assertEqual(self._calls(lambda runs: runs._wake()), 1)

    def test_waking_for_now_needs_no_call_of_its_own(self):
        now = fields.Datetime.now()
        self.assertEqual(self._calls(lambda runs: runs._wake(now)), 1)

    def test_savepoint_between_two_queues_needs_no_second_call(self):
        def wake(runs):
            with self.env.cr.savepoint():
                runs._wake()

        self.assertEqual(self._calls(wake), 1)

    def test_switched_off_cron_is_woken_later_but_not_now(self):
        crons = self.Message._crons_sudo()
        self.assertEqual(len(crons), 2)
        crons[0].active = False
        self.env.cr.precommit.data.clear()
        self.env["ir.cron.trigger"].search([]).unlink()
        self.Message._wake()
        self.assertEqual(self.env["ir.cron.trigger"].search([]).cron_id, crons[1])
        self.Message._wake(fields.Datetime.now() + timedelta(minutes=5))
        self.assertEqual(self.env["ir.cron.trigger"].search([]).cron_id, crons)

    def test_held_message_waits(self):
        message = self.invite(self.director, hold_seconds=60)
        self.run_crons()
        self.assertEqual(message.state, "queued")
        self.age(message, next_try_at=0)
        self.run_crons()
        self.assertEqual(message.state, "sent")

    def test_payload_is_encrypted_and_erased_after_sending(self):
        message = self.invite(self.director)
        self.env.cr.execute("SELECT payload FROM esign_message WHERE id = %s", [message.id])
        stored = base64.b64decode(bytes(self.env.cr.fetchone()[0]))
        self.assertNotIn(b"/esign/s/", stored)
        self.assertNotIn(b"Dora", stored)
        self.assertIn("/esign/s/", message._read_payload_sudo()["text"])
        self.run_crons()
        self.env.cr.execute("SELECT payload FROM esign_message WHERE id = %s", [message.id])
        self.assertIsNone(self.env.cr.fetchone()[0])

    def test_nobody_reads_payload_or_key(self):
        message = self.invite(self.director)
        for name in ("payload", "key"):
            self.assertEqual(self.Message._fields[name].groups, NO_ACCESS)
            for user in self.rep, self.env.ref("base.user_admin"):
                with self.assertRaises(AccessError):
                    message.with_user(user).read([name])

    def test_nobody_writes_messages(self):
        message = self.invite(self.director)
        with self.assertRaises(AccessError):
            message.sudo().write({"state": "sent"})
        with self.assertRaises(AccessError):
            message.with_user(self.env.ref("base.user_admin")).unlink()
        with self.assertRaises(UserError):
            message._set_state("delivered")
        with self.assertRaises(UserError):
            message.copy()

    def test_notice_without_a_colleague_is_not_written(self):
        nobody = self.env["res.users"]
        message = self.Message._queue(
            self.request, "declined_notice", signer=self.client, user=nobody
        )
        self.assertFalse(message)

    def test_cancelling_voids_what_waits(self):
        message = self.invite(self.director)
        self.Message._cancel(self.request)
        self.assertEqual(message.state, "cancelled")
        self.assertFalse(message.sudo().payload)
        self.run_crons()
        self.assertFalse(self.wires.mails)
