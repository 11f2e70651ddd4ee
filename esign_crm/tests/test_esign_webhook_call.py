"""Calls: what they say, how often they are tried, who is told."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import file_open

from ..tools.errors import GatewayError
from ..tools.webhook_policy import BACKOFF_MINUTES, MAX_ATTEMPTS
from .test_esign_endpoint import EndpointCommon

WIRE = "odoo.addons.esign_crm.tools.gateways.webhook.post"
QUEUE = "odoo.addons.esign_crm.models.esign_queue_mixin"
OUTBOX = "odoo.addons.esign_crm.models.esign_webhook_call_outbox"


@tagged("post_install", "-at_install")
class TestEsignWebhookCall(EndpointCommon):
    """The wire is cut at the POST itself."""

    def setUp(self):
        super().setUp()
        self.posts, self.answers = [], []
        self.startPatcher(patch(WIRE, self._post))

    def _post(self, _url, body, headers, **_options):
        self.posts.append((headers["X-Esign-Delivery"], body))
        answer = self.answers.pop(0) if self.answers else (200, b"ok")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def queue(self, request=None, trigger="sent"):
        return self.endpoint._queue_call(request or self.make_request(), trigger)

    def send(self, call, minutes=0):
        moment = fields.Datetime.now() + timedelta(minutes=minutes, seconds=1)
        self.env.flush_all()
        # own cursors see what this transaction has not committed
        with (
            self.enter_registry_test_mode(),
            patch.object(fields.Datetime, "now", lambda *_: moment),
        ):
            self.env["esign.webhook.call"]._cron_send(1)
        self.env.invalidate_all()
        return call

    def test_body_tells_the_facts_and_no_person(self):
        call = self.send(self.queue())
        self.assertEqual(call.state, "done")
        body = self.posts[0][1].decode()
        facts = json.loads(body)
        self.assertEqual((facts["event"], facts["request"]["state"]), ("sent", "sent"))
        self.assertEqual(facts["deal"]["id"], self.lead.id)
        self.assertEqual(
            facts["request"]["stage"], call.request_id.with_context(lang="en_US").stage_id.name
        )
        self.assertEqual({each["role"] for each in facts["signers"]}, {"Our director", "Client"})
        for secret in (self.DIRECTOR, self.CLIENT, "Dora", "Claude", "/esign/s/"):
            self.assertNotIn(secret, body)

    def test_refused_call_is_repeated_with_the_same_body_and_delivery_until_it_arrives(self):
        self.answers = [(503, b"busy"), GatewayError("timeout", is_outcome_unknown=True)]
        call = self.send(self.queue())
        self.assertEqual((call.state, call.attempts), ("queued", 1))
        self.send(call)
        self.assertEqual(len(self.posts), 1, "not before its time")
        self.send(call, BACKOFF_MINUTES[0])
        self.send(call, BACKOFF_MINUTES[0] + BACKOFF_MINUTES[1])
        self.assertEqual((call.state, len(self.posts)), ("done", 3))
        self.assertEqual(len(set(self.posts)), 1)
        self.assertEqual(call.attempt_ids.mapped("status"), [200, 0, 503])
        self.assertEqual(call.attempt_ids[-1].answer, "busy")

    def test_call_that_never_arrives_ends_with_an_activity(self):
        self.answers = [(500, b"no")] * 9
        call = self.queue()
        minutes = 0
        for pause in (0, *BACKOFF_MINUTES):
            minutes += pause
            self.send(call, minutes)
        self.assertEqual((call.state, call.attempts), ("failed", MAX_ATTEMPTS))
        activity = call.request_id.activity_ids
        self.assertIn("Bookkeeping", activity.summary)
        self.assertIn("HTTP 500", activity.note)
        self.assertEqual(activity.user_id, self.admin)
        self.answers = []
        call.with_user(self.manager).action_retry()
        self.assertEqual(self.send(call).state, "done")

    def test_receiver_that_is_gone_is_not_asked_again(self):
        self.answers = [(410, b"")]
        self.assertEqual(self.send(self.queue()).state, "failed")

    def test_call_of_a_killed_worker_is_taken_up_again(self):
        call = self.queue()
        self.env.flush_all()
        self.assertEqual(self.env["esign.webhook.call"]._claim(), (call.id, 1))
        self.send(call)
        self.assertFalse(self.posts, "another worker may still be at it")
        self.send(call, 2)
        self.assertEqual((call.state, call.attempts), ("done", 2))
        self.assertEqual(call.attempt_ids.mapped("status"), [200, 0])
        self.assertIn("stopped", call.attempt_ids[-1].error)

    def test_workers_killed_again_and_again_end_the_call(self):
        call = self.queue()
        for minutes in range(0, 2 * MAX_ATTEMPTS, 2):
            self.age(call, minutes)
            self.assertTrue(self.env["esign.webhook.call"]._claim()[1])
        self.send(call, 2 * MAX_ATTEMPTS)
        self.assertEqual((call.state, call.attempts), ("failed", MAX_ATTEMPTS))
        self.assertFalse(self.posts)
        self.assertEqual(len(call.attempt_ids), MAX_ATTEMPTS)

    def age(self, call, minutes):
        """Let an earlier claim be long past."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_webhook_call SET claimed_at = claimed_at - interval '2 min' WHERE id = %s",
            call.ids,
        )
        self.env.invalidate_all()

    def test_endpoint_withdrawn_in_the_meantime_is_not_called(self):
        for change in ({"is_released": False}, {"active": False}):
            call = self.queue()
            self.endpoint.write(change)
            self.assertEqual(self.send(call).state, "cancelled")
            self.endpoint.write({"is_released": True, "active": True})
        self.assertFalse(self.posts)
        call.with_user(self.manager).action_retry()
        self.assertEqual(self.send(call).state, "done")

    def test_test_call_needs_no_release(self):
        self.endpoint.is_released = False
        self.endpoint.with_user(self.admin).action_test()
        self.assertEqual(self.send(self.endpoint.call_ids).state, "done")
        self.assertEqual(json.loads(self.posts[0][1])["event"], "test")

    def test_unsigned_call_never_leaves(self):
        self.endpoint.secret = False
        call = self.send(self.queue())
        self.assertEqual(call.state, "failed")
        self.assertIn("no secret", call.error)
        self.assertFalse(self.posts)

    def test_failure_is_told_to_whoever_may_see_the_request(self):
        self.answers = [(410, b"")]
        call = self.queue()
        owner = new_test_user(self.env, "hook_left", groups="esign_crm.group_user")
        self.env.cr.execute(
            "UPDATE esign_webhook_call SET user_id = %s WHERE id = %s", (owner.id, call.id)
        )
        self.env.invalidate_all()
        told = self.send(call).request_id.activity_ids.user_id
        self.assertTrue(told.has_group("esign_crm.group_admin"))

    def test_failure_of_which_nobody_can_be_told_blocks_no_other_call(self):
        self.answers = [(410, b"")]
        call, other = self.queue(), self.queue()
        name = "odoo.addons.esign_crm.models.esign_webhook_call_outbox.EsignWebhookCall._schedule_activity_sudo"
        with patch(name, side_effect=ValueError("no")), self.assertLogs(QUEUE, "ERROR"):
            self.send(call)
        self.assertEqual((call.state, other.state), ("failed", "done"))

    def test_neutralised_copy_calls_nobody(self):
        call = self.queue()
        self.env.flush_all()
        with file_open("esign_crm/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual((call.state, self.endpoint.active), ("cancelled", False))
        self.assertFalse(self.endpoint._secret_sudo())
        call.with_user(self.manager).action_retry()
        self.assertEqual(self.send(call).state, "cancelled")
        self.assertFalse(self.posts)

    def test_calls_of_a_request_are_seen_by_managers_only(self):
        call = self.queue()
        seen = call.request_id.with_user(self.manager)
        self.assertEqual(seen.webhook_call_ids.ids, call.ids)
        with self.assertRaises(AccessError):
            call.request_id.with_user(self.rep).read(["webhook_call_ids"])

    def test_nobody_writes_repeats_or_copies_calls_by_hand(self):
        call = self.queue()
        for attempt in (
            lambda: call.with_user(self.admin).write({"payload": "{}"}), lambda: call.sudo().write({"state": "done"}),
            lambda: call.with_user(self.rep).action_retry(),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(UserError):
            call.copy()
        with self.assertRaises(UserError):
            call.with_user(self.manager).action_retry()

    def test_failed_call_blocks_no_signing(self):
        self.answers = [RuntimeError("a fault of ours")]
        request = self.make_request()
        with self.assertLogs(OUTBOX, "ERROR"):
            call = self.send(self.queue(request))
        self.assertEqual((call.state, request.state), ("queued", "sent"))

    def test_endpoint_that_hangs_holds_up_no_other_one(self):
        hanging = self.queue()
        waiting = self.queue(hanging.request_id, "completed")
        other = self.endpoint.copy({"name": "Other", "secret": "x" * 32})
        elsewhere = other._queue_call(hanging.request_id, "sent")
        self.env["esign.webhook.call"]._claim()
        self.assertEqual(hanging.state, "sending")
        self.env.flush_all()
        self.assertEqual(self.env["esign.webhook.call"]._claim()[0], elsewhere.id)
        self.env.flush_all()
        self.assertIsNone(self.env["esign.webhook.call"]._claim())
        self.assertEqual(waiting.state, "queued")
