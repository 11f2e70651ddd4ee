"""A receiver of webhooks that checks each call as docs/deployment.md tells, and can be told to misbehave.

`answer(status, seconds=0, times=None)` sets what it does with the next calls; without it all are taken with 200. Status 0
hangs up instead of answering, once the call was taken.
"""

import hashlib
import hmac
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class WebhookSink:
    """`with WebhookSink(secret) as sink:` gives `sink.url` and `sink.calls`, the genuine ones in order."""

    def __init__(self, secret):
        """Take the secret shared with the endpoint."""
        self.secret = secret
        self.calls = []
        self.tries = 0
        self._answer = (200, 0, None)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.sink = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/esign"

    def __enter__(self):
        """Start serving in a thread."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, status, seconds=0, times=None):
        """Answer so from now on, or for so many calls."""
        self._answer = (status, seconds, times)

    def take(self, headers, body):
        """Return (status, seconds to wait) for one call; keep it if it is genuine and accepted."""
        with self._lock:
            self.tries += 1
            status, seconds, times = self._answer
            if times is not None:
                self._answer = (status, seconds, times - 1) if times > 1 else (200, 0, None)
            if not self._is_genuine(headers, body):
                return 401, 0
            if status < 300:
                self.calls.append((headers["X-Esign-Delivery"], json.loads(body)))
            return status, seconds

    def _is_genuine(self, headers, body):
        timestamp, delivery = headers["X-Esign-Timestamp"], headers["X-Esign-Delivery"]
        signed = f"{timestamp}.{delivery}.".encode() + body
        expected = "v1=" + hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        is_fresh = abs(time.time() - int(timestamp)) < 300
        return is_fresh and hmac.compare_digest(expected, headers["X-Esign-Signature"])


class _Handler(BaseHTTPRequestHandler):
    """One call."""

    def do_POST(self):
        """Check it, then do as told."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, seconds = self.server.sink.take(self.headers, body)
        time.sleep(seconds)
        if not status:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.server.sink.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Keep the terminal quiet."""
