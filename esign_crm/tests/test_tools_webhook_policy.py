"""When a webhook call is tried again, and what the trail says of its address."""

from datetime import timedelta

from odoo.tests import BaseCase, tagged

from ..tools import webhook_policy


@tagged("post_install", "-at_install")
class TestToolsWebhookPolicy(BaseCase):
    """Plain values in, plain values out."""

    def test_pauses_grow_and_end(self):
        pauses = [webhook_policy.pause_after(number) for number in range(1, 8)]
        minutes = [pause and pause / timedelta(minutes=1) for pause in pauses]
        self.assertEqual(minutes, [1, 5, 15, 60, 240, None, None])

    def test_permanent_refusal_is_not_repeated(self):
        self.assertIsNone(webhook_policy.pause_after(1, is_permanent=True))

    def test_address_is_shown_without_what_may_be_secret(self):
        shown = webhook_policy.shown("https://hooks.example.com:8443/in/s3cret?token=t")
        self.assertEqual(shown, "https://hooks.example.com:8443/…")
