"""Delivery reports: what proves them, and which make sense."""

from odoo.tests import BaseCase

from ..tools.gateways import callback

SECRET = "shared secret"


class TestCallbackSignature(BaseCase):
    """A delivery report proves itself by the shared secret."""

    BODY = b'{"error":"","id":"abc-1","state":"delivered"}'

    def test_genuine_report_is_read(self):
        header = callback.signature(SECRET, self.BODY)
        report = callback.read(SECRET, self.BODY, header)
        self.assertEqual((report.reference, report.state), ("abc-1", "delivered"))

    def test_forged_report_is_nothing(self):
        header = callback.signature(SECRET, self.BODY)
        for secret, body, given in (
            ("other", self.BODY, header),
            (SECRET, self.BODY + b" ", header),
            (SECRET, self.BODY, ""),
            (SECRET, self.BODY, header + "0"),
            (SECRET, self.BODY, "ü"),
            ("", self.BODY, callback.signature("", self.BODY)),
        ):
            self.assertIsNone(callback.read(secret, body, given))

    def test_senseless_report_is_nothing(self):
        for body in (
            b"",
            b"[]",
            b"{}",
            b'{"state":"sent"}',
            b"\xff",
            b'{"state":"failed"' + b" " * 20_000 + b"}",
        ):
            self.assertIsNone(
                callback.read(SECRET, body, callback.signature(SECRET, body)), body[:20]
            )
