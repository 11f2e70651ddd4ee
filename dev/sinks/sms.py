"""An SMS gateway over HTTP that files each accepted message as JSON; see `control`.

The protocol, which the addon's generic gateway speaks:

    POST <url>
    Authorization: Bearer <secret>
    {"to": "+33612345678", "text": "…", "sender": "…", "key": "<idempotency key>",
     "callback": "<url, or absent>"}

Answers: 200 `{"id": "<provider reference>"}`; the same `key` again answers the same id and sends
nothing new. 4xx (but 429) with `{"error": "<code>", "message": "<words>"}` is final; 429 and 5xx
may be tried again later. Delivery report:

    POST <callback>
    X-Esign-Signature: sha256=<hex HMAC-SHA256 of the raw body under the secret>
    {"id": "…", "state": "delivered" | "failed", "error": ""}
"""

import argparse
import hashlib
import hmac
import itertools
import json
import re
import secrets
import socket
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dev.sinks.control import Control

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
LARGEST = 64 * 1024


class SmsSink:
    """A running gateway over a folder of messages."""

    def __init__(self, folder, secret, port=0, host="127.0.0.1"):
        """Take the folder that gets the messages and the secret shared with the addon."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.secret = secret
        self.control = Control(self.folder / ".control.json")
        self.behave = self.control.behave
        self.reports = []
        self._known = {}
        self._lock = threading.Lock()
        self._server = _Server((host, port), _Handler)
        self._server.sink = self
        self.port = self._server.server_address[1]
        self.url = f"http://{host}:{self.port}/messages"

    def __enter__(self):
        """Start serving in a thread."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def messages(self):
        """Return the filed messages, oldest first."""
        return [
            json.loads(path.read_text())
            for path in sorted(self.folder.glob("*.json"))
            if not path.name.startswith(".")
        ]

    def accept(self, message):
        """File a message unless its key is known; return its reference and whether it is new."""
        key = message.get("key") or secrets.token_hex(8)
        with self._lock:
            if key in self._known:
                return self._known[key], False
            reference = f"sms-{secrets.token_hex(6)}"
            self._known[key] = reference
            self._file({**message, "key": key, "id": reference})
        return reference, True

    def _file(self, message):
        now = datetime.now(timezone.utc)
        kept = {name: message.get(name, "") for name in ("to", "text", "id", "key", "sender")}
        text = json.dumps({**kept, "moment": now.isoformat()}, ensure_ascii=False, indent=1)
        stem = now.strftime("%Y%m%d-%H%M%S")
        names = (self.folder / f"{stem}-{count:04d}.json" for count in itertools.count(1))
        target = next(path for path in names if not path.exists())
        making = target.with_suffix(".making")
        making.write_text(text)
        making.rename(target)

    def report(self, callback, reference, state, error=""):
        """Send a delivery report to the addon and return the HTTP status of its answer."""
        body = json.dumps({"id": reference, "state": state, "error": error}).encode()
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Esign-Signature": f"sha256={digest}"}
        request = urllib.request.Request(callback, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status = answer.status
        except urllib.error.HTTPError as refusal:
            status = refusal.code
        except OSError:
            status = 0
        self.reports.append((reference, state, status))
        return status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    sink = None


class _Handler(BaseHTTPRequestHandler):
    """One submission."""

    def do_POST(self):
        """Check the submission, then do as the control file says."""
        sink = self.server.sink
        refusal, message = self._read()
        if refusal:
            self._answer(*refusal)
            return
        wanted = sink.control.next(message["to"])
        if wanted.mode == "refuse":
            time.sleep(wanted.seconds)
            self._answer(wanted.code, {"error": wanted.error, "message": wanted.message})
            return
        reference, is_new = sink.accept(message)
        if is_new and wanted.report and message.get("callback"):
            arguments = (message["callback"], reference, wanted.report)
            threading.Timer(wanted.report_after, sink.report, arguments).start()
        time.sleep(wanted.seconds)
        if wanted.mode == "hang_up":
            self._hang_up()
        else:
            self._answer(200, {"id": reference})

    def _read(self):
        """Return a refusal (status, body) or None, and the message."""
        bearer = self.headers.get("Authorization", "")
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        if not hmac.compare_digest(bearer, f"Bearer {self.server.sink.secret}"):
            return (401, {"error": "unauthorized", "message": "wrong secret"}), None
        try:
            message = json.loads(body)
        except ValueError:
            return (400, {"error": "bad_request", "message": "this is no JSON"}), None
        if not isinstance(message, dict) or not NUMBER.fullmatch(str(message.get("to"))):
            return (400, {"error": "invalid_number", "message": "not an E.164 number"}), None
        if not message.get("text"):
            return (400, {"error": "empty_text", "message": "there is no text"}), None
        return None, message

    def _answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_):
        """Keep the terminal quiet."""


def main():
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default="out/sms")
    parser.add_argument("--port", type=int, default=8025)
    parser.add_argument("--secret", required=True)
    chosen = parser.parse_args()
    with SmsSink(chosen.folder, chosen.secret, chosen.port) as sink:
        print(f"SMS gateway at {sink.url}, messages in {sink.folder}", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
