"""The generic SMS gateway against real local HTTP servers, each with one vice."""

import datetime
import json
import shutil
import socket
import ssl
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from odoo.tests import BaseCase
from odoo.tests.common import _super_send
from odoo.tools import mute_logger

from ..tools.errors import GatewayError
from ..tools.gateways import web_address
from ..tools.gateways.base import Sms
from ..tools.gateways.sms_http import SmsHttpGateway

SMS = Sms(
    to="+48601234567",
    text="Sign here: https://x.example/esign/s/" + "A" * 43,
    key="k" * 32,
    callback="https://x.example/esign/callback/sms/1",
    sender="Mill",
)
SECRET = "shared secret"


class _Handler(BaseHTTPRequestHandler):
    """Notes the request and answers as the server was told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body))
        self.server.behave(self)

    def log_message(self, *args):
        """Keep quiet."""


def answering(status, document=None, **headers):
    """Return a behaviour: answer with ``status`` and a JSON document."""

    def behave(handler):
        body = json.dumps(document).encode() if document is not None else b"plain words"
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def hang_up(handler):
    """Close the connection after the message was read, without a word."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def say_nothing(handler):
    """Keep the caller waiting."""
    time.sleep(1.5)


def drip(handler):
    """Answer byte by byte, each one in time, the whole never."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):  # the caller has left
        for _ in range(20):
            handler.wfile.write(b" " * 1024)
            handler.wfile.flush()
            time.sleep(0.2)


class TestSmsHttpGateway(BaseCase):
    """What each kind of answer means for the message."""

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        return _super_send(s, r, **kw)  # Odoo's tests would stretch short time-outs

    @contextmanager
    def server(self, behave):
        """Run a server that behaves so."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        server.daemon_threads = True
        server.behave, server.seen = behave, []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()

    def gateway(self, server, **kwargs):
        """Return a gateway to ``server``, which is allowed to be on this machine."""
        url = f"http://127.0.0.1:{server.server_address[1]}/messages?v=1"
        return SmsHttpGateway(url, SECRET, **({"allow_private": True} | kwargs))

    def refusal(self, behave, **kwargs):
        """Return the error that a server of this behaviour causes."""
        with self.server(behave) as server, self.assertRaises(GatewayError) as caught:
            self.gateway(server, **kwargs).send(SMS)
        return caught.exception

    def test_accepted_message_returns_reference(self):
        with self.server(answering(200, {"id": "abc-1"})) as server:
            receipt = self.gateway(server).send(SMS)
        self.assertEqual(receipt.reference, "abc-1")
        path, headers, body = server.seen[0]
        self.assertEqual(path, "/messages?v=1")
        self.assertEqual(headers["Authorization"], f"Bearer {SECRET}")
        self.assertEqual(headers["Host"], f"127.0.0.1:{server.server_address[1]}")
        self.assertEqual(
            json.loads(body),
            {
                "to": SMS.to,
                "text": SMS.text,
                "key": SMS.key,
                "sender": SMS.sender,
                "callback": SMS.callback,
            },
        )

    def test_repeated_message_sends_the_same_bytes(self):
        with self.server(answering(200, {"id": 7})) as server:
            references = {self.gateway(server).send(SMS).reference for _ in range(2)}
        self.assertEqual(references, {"7"})
        self.assertEqual(server.seen[0][2], server.seen[1][2])

    def test_refused_message_is_final_and_its_words_are_masked(self):
        words = (
            f"number {SMS.to} of anna@example.com barred, text was {SMS.text}, code 123456 {SECRET}"
        )
        error = self.refusal(answering(400, {"error": "barred", "message": words}))
        self.assertEqual((error.code, error.is_permanent), ("refused", True))
        self.assertFalse(error.is_outcome_unknown)
        for secret in (SMS.to, "AAAA", "anna@", "123456", SECRET):
            self.assertNotIn(secret, error.words)
        self.assertIn("barred", error.words)

    def test_refusal_without_json_says_its_status(self):
        error = self.refusal(answering(403))
        self.assertEqual((error.words, error.is_permanent), ("HTTP 403", True))

    def test_busy_or_broken_server_may_be_tried_again(self):
        for status in (429, 500, 503):
            error = self.refusal(answering(status, {"message": "later"}))
            self.assertEqual((error.code, error.words), ("refused", "later"))
            self.assertFalse(error.is_permanent)
            self.assertFalse(error.is_outcome_unknown)

    def test_answer_without_reference_leaves_the_outcome_unknown(self):
        for document in ({}, {"id": None}, ["id"], "id", None):
            error = self.refusal(answering(200, document))
            self.assertEqual(error.code, "bad_answer")
            self.assertTrue(error.is_outcome_unknown)

    def test_connection_lost_after_sending_leaves_the_outcome_unknown(self):
        error = self.refusal(hang_up)
        self.assertEqual(error.code, "hung_up")
        self.assertTrue(error.is_outcome_unknown)
        self.assertFalse(error.is_permanent)

    def test_silent_server_is_given_up_in_time(self):
        started = time.monotonic()
        error = self.refusal(say_nothing, timeout=0.3)
        self.assertLess(time.monotonic() - started, 1.4)
        self.assertEqual((error.code, error.is_outcome_unknown), ("timeout", True))

    def test_dripping_server_is_given_up_in_time(self):
        started = time.monotonic()
        error = self.refusal(drip, timeout=0.5)
        self.assertLess(time.monotonic() - started, 2)
        self.assertEqual((error.code, error.is_outcome_unknown), ("timeout", True))

    def test_endless_answer_is_not_read_to_its_end(self):
        error = self.refusal(answering(200, {"id": "x", "fill": "y" * 200_000}))
        self.assertEqual(error.code, "bad_answer")

    def test_redirect_is_not_followed(self):
        with self.server(answering(200, {"id": "trap"})) as trap:
            location = f"http://127.0.0.1:{trap.server_address[1]}/"
            error = self.refusal(answering(307, {}, Location=location))
        self.assertEqual((error.code, error.is_permanent), ("redirected", True))
        self.assertFalse(trap.seen)

    def test_closed_port_is_certain_not_to_have_sent(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
            with self.assertRaises(GatewayError) as caught:
                SmsHttpGateway(url, SECRET, allow_private=True).send(SMS)
        self.assertEqual(caught.exception.code, "unreachable")
        self.assertFalse(caught.exception.is_outcome_unknown)

    def test_private_address_is_refused_before_connecting(self):
        with self.server(answering(200, {"id": "x"})) as server:
            with self.assertRaises(GatewayError) as caught:
                self.gateway(server, allow_private=False).send(SMS)
            self.assertFalse(server.seen)
        self.assertEqual(
            (caught.exception.code, caught.exception.is_permanent), ("private_address", True)
        )

    def test_name_that_leads_inside_is_refused(self):
        for address in (
            "10.1.2.3",
            "169.254.169.254",
            "::1",
            "fe80::1%2",
            "::ffff:127.0.0.1",
            "0.0.0.0",
        ):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
            answers = [public, (family, socket.SOCK_STREAM, 6, "", (address, 80))]
            with (
                patch("socket.getaddrinfo", return_value=answers),
                self.assertRaises(GatewayError, msg=address) as caught,
            ):
                web_address.resolve("http://sms.example.com/")
            self.assertEqual(caught.exception.code, "private_address")

    def test_checked_address_is_the_one_connected_to(self):
        """A name that changes its address between check and connection gains nothing."""
        answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
        with patch("socket.getaddrinfo", return_value=answers) as lookups:
            target = web_address.resolve("https://sms.example.com/send?a=b")
        self.assertEqual(lookups.call_count, 1)
        self.assertEqual(target.pinned_url, "https://93.184.216.34:443/send?a=b")
        self.assertEqual(target.host_header, "sms.example.com")

    def test_certificate_is_asked_for_the_name_not_the_address(self):
        with self.server(answering(200, {"id": "tls"})) as server:
            bundle = self.encrypt(server, "sms.example.com")
            port = server.server_address[1]
            for name, is_right in (("sms.example.com", True), ("other.example.com", False)):
                gateway = SmsHttpGateway(f"https://{name}:{port}/", SECRET, allow_private=True)
                local = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
                with (
                    patch("socket.getaddrinfo", return_value=local),
                    patch("requests.adapters.DEFAULT_CA_BUNDLE_PATH", bundle),
                ):
                    if is_right:
                        self.assertEqual(gateway.send(SMS).reference, "tls")
                        continue
                    refused = self.assertRaises(GatewayError)
                    with mute_logger("urllib3.connection"), refused as caught:
                        gateway.send(SMS)
        self.assertEqual(caught.exception.code, "unreachable")
        self.assertFalse(caught.exception.is_outcome_unknown)
        self.assertEqual(len(server.seen), 1)
        self.assertEqual(server.seen[0][1]["Host"], f"sms.example.com:{port}")

    def encrypt(self, server, name):
        """Give the server a certificate for ``name``; return the path of what a client must trust."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        bundle, key_file = Path(folder, "certificate.pem"), Path(folder, "key.pem")
        pem = serialization.Encoding.PEM
        bundle.write_bytes(certificate.public_bytes(pem))
        traditional = serialization.PrivateFormat.TraditionalOpenSSL
        key_file.write_bytes(key.private_bytes(pem, traditional, serialization.NoEncryption()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(bundle, key_file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return str(bundle)

    def test_unusable_addresses_are_refused(self):
        for url in (
            "",
            "sms.example.com",
            "ftp://x.example/",
            "http://",
            "http://a:b@x.example/",
            "http://x:99999/",
        ):
            with self.assertRaises(GatewayError, msg=url) as caught:
                web_address.resolve(url)
            self.assertEqual(caught.exception.code, "bad_url", url)
