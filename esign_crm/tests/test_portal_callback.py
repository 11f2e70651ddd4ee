"""Delivery reports over HTTP."""

import json
import logging

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.gateways import callback
from .common import EsignHttpCommon
from .message_common import MessageCase


@tagged("post_install", "-at_install")
class TestCallback(MessageCase, EsignHttpCommon):
    """Only who holds the secret is believed."""

    def setUp(self):
        """Have one SMS on its way."""
        super().setUp()
        self.message = self.invite(self.client)
        self.run_crons()

    def report(self, body, header=None, channel="sms", key=None):
        """Post a report; return the response."""
        key = self.message.sudo().key if key is None else key
        header = callback.signature("a secret", body) if header is None else header
        path = f"/esign/callback/{channel}/{key}"
        headers = {callback.HEADER: header, "Content-Type": "application/json"}
        with mute_logger("odoo.http"), self.serving():
            response = self.browser().post(
                self.base_url() + path, data=body, headers=headers, timeout=30
            )
        self.env.invalidate_all()
        return response

    def test_genuine_report_is_taken_and_repetition_is_harmless(self):
        body = json.dumps({"id": "sms-1", "state": "delivered", "error": ""}).encode()
        for _ in range(2):
            response = self.report(body)
            self.assertEqual(response.status_code, 200)
            self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(self.message.state, "delivered")

    def test_all_that_is_wrong_gets_the_same_answer(self):
        body = json.dumps({"id": "sms-1", "state": "delivered"}).encode()
        answers = [
            self.report(body, header="sha256=" + "0" * 64),
            self.report(body, header=""),
            self.report(body, channel="email"),
            self.report(body, key="f" * 32),
            self.report(b"not json"),
            self.report(json.dumps({"state": "signed"}).encode()),
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)
        self.assertEqual(self.message.state, "sent")

    def test_access_log_shows_no_token(self):
        token = self.wires.last_token(self.CLIENT)
        with self.assertLogs(
            "werkzeug", logging.INFO
        ) as logs:  # Odoo gave the name to another level
            self.get(self.browser(), f"/esign/s/{token}/download")
        self.assertNotIn(token, "\n".join(logs.output))
        self.assertIn("/esign/s/***", "\n".join(logs.output))
