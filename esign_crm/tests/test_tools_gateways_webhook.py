"""The signature of webhook calls, and what answers mean; against a real HTTP server of our own."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools.errors import GatewayError
from ..tools.gateways import webhook

SECRET = "shared"


class _Receiver(BaseHTTPRequestHandler):
    """Keeps what comes and answers as it was told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        if self.server.drips:
            self._drip()
            return
        status, answer = self.server.answer
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _drip(self):
        """Send a header that has no end, one letter after the other."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_):
        """Keep the log clean."""


@tagged("post_install", "-at_install")
class TestToolsWebhook(BaseCase):
    """One call."""

    def setUp(self):
        super().setUp()
        self.server = HTTPServer(("127.0.0.1", 0), _Receiver)
        self.server.got, self.server.answer, self.server.drips = [], (200, b"thank you"), False
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/in"

    def call(self, url=None, **changes):
        arguments = {"timestamp": 1_700_000_000, "allow_private": True} | changes
        return webhook.call(url or self.url, SECRET, "d1", b'{"event":"sent"}', **arguments)

    def refusal(self, **arguments):
        with self.assertRaises(GatewayError) as caught:
            self.call(**arguments)
        return caught.exception

    def test_signature_is_the_hmac_of_timestamp_delivery_and_body(self):
        """Computed with OpenSSL: printf '1700000000.d1.{}' | openssl dgst -sha256 -hmac shared."""
        expected = "v1=91c891f7e9cde3f4998ea849ed196a488c0e1ac6644ef3d06577af14c9acad29"
        self.assertEqual(webhook.signature(SECRET, 1_700_000_000, "d1", b"{}"), expected)

    def test_success_returns_status_and_the_beginning_of_the_answer(self):
        self.assertEqual(self.call(), (200, "thank you"))
        headers, body = self.server.got[0]
        self.assertEqual(body, b'{"event":"sent"}')
        self.assertEqual(headers["X-Esign-Delivery"], "d1")
        signed = webhook.signature(SECRET, 1_700_000_000, "d1", body)
        self.assertEqual(headers["X-Esign-Signature"], signed)

    def test_redirection_is_refused_for_good(self):
        self.server.answer = (302, b"")
        error = self.refusal()
        self.assertEqual((error.code, error.is_permanent), ("redirected", True))
        self.assertEqual(len(self.server.got), 1)

    def test_error_may_be_repeated_and_gone_may_not(self):
        self.server.answer = (500, b"down for repair")
        error = self.refusal()
        self.assertEqual((error.code, error.is_permanent), ("refused", False))
        self.assertEqual((error.words, error.params["answer"]), ("HTTP 500", "down for repair"))
        self.server.answer = (410, b"")
        self.assertTrue(self.refusal().is_permanent)

    def test_answer_that_quotes_the_secret_hides_it(self):
        self.server.answer = (200, b"your secret is shared")
        self.assertNotIn(SECRET, self.call()[1])

    def test_answer_is_kept_in_part_and_without_addresses(self):
        self.server.answer = (200, b"ok bob@example.com " + b"x" * 2000)
        words = self.call()[1]
        self.assertEqual(len(words), 500)
        self.assertNotIn("bob@", words)

    def test_nothing_is_sent_without_a_secret(self):
        with self.assertRaises(GatewayError) as caught:
            webhook.call(self.url, "", "d1", b"{}", timestamp=1, allow_private=True)
        self.assertEqual(caught.exception.code, "not_configured")
        self.assertFalse(self.server.got)

    def test_private_network_is_refused_unless_allowed(self):
        error = self.refusal(allow_private=False)
        self.assertEqual((error.code, error.is_permanent), ("private_address", True))
        self.assertFalse(self.server.got)

    def test_receiver_that_never_comes_to_an_end_is_cut_off(self):
        self.server.drips = True
        with patch.object(webhook, "TIMEOUT", 0.5):
            error = self.refusal()
        self.assertEqual((error.code, error.is_outcome_unknown), ("timeout", True))

    def test_nobody_there_may_be_repeated(self):
        error = self.refusal(url="http://127.0.0.1:9/")
        self.assertEqual((error.code, error.is_permanent), ("unreachable", False))
