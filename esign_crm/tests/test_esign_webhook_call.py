"""Calls: what they say, how often they are tried, who is told."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.esign_webhook_call import BACKOFF_MINUTES
from ..tools.errors import GatewayError
from .test_esign_endpoint import EndpointCommon

WIRE = "odoo.addons.esign_crm.tools.gateways.webhook.post"


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

    def test_call_that_never_arrives_ends_with_an_activity(self):
        self.answers = [(500, b"no")] * 9
        call = self.queue()
        minutes = 0
        for pause in (0, *BACKOFF_MINUTES):
            minutes += pause
            self.send(call, minutes)
        self.assertEqual((call.state, call.attempts), ("failed", len(BACKOFF_MINUTES) + 1))
        self.assertIn("Bookkeeping", " ".join(call.request_id.activity_ids.mapped("summary")))
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
        with self.assertLogs("odoo.addons.esign_crm.models.esign_webhook_call", "ERROR"):
            call = self.send(self.queue(request))
        self.assertEqual((call.state, request.state), ("queued", "sent"))
