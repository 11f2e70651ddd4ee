"""An SMTP server that files each mail as `.eml`; see `control` for how it refuses and stalls.

A 5xx or 4xx code is answered to RCPT TO when it speaks of the mailbox (450, 550, 551, 553), else
after DATA (552 "too big", 451 "local error" …). Sender and recipients are filed as the header lines
X-Envelope-From and X-Envelope-To.
"""

import argparse
import asyncio
import itertools
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from dev.sinks.control import Control

AT_RECIPIENT = {450, 550, 551, 553}
LARGEST = 64 * 1024 * 1024


class SmtpSink:
    """A running SMTP server over a folder of mails."""

    def __init__(self, folder, port=0, host="127.0.0.1"):
        """Take the folder that gets the mails; port 0 means any free one."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.control = Control(self.folder / ".control.json")
        self.behave = self.control.behave
        self._controller = _Controller(_Handler(self), hostname=host, port=port)

    @property
    def port(self):
        """The port it listens on."""
        return self._controller.server.sockets[0].getsockname()[1]

    def __enter__(self):
        """Start serving in a thread."""
        self._controller.start()
        return self

    def __exit__(self, *_):
        """Stop serving."""
        self._controller.stop()

    def mails(self):
        """Return the paths of the filed mails, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    def file(self, content, sender, recipients):
        """File one mail; called by the server, whole or not at all."""
        envelope = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
        moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        names = (self.folder / f"{moment}-{count:04d}.eml" for count in itertools.count(1))
        target = next(path for path in names if not path.exists())
        making = target.with_suffix(".making")
        making.write_bytes(envelope.encode() + content)
        making.rename(target)


class _Controller(Controller):
    """aiosmtpd's controller, which otherwise cannot tell a port chosen by the system."""

    def factory(self):
        return SMTP(self.handler, hostname="sink.example", data_size_limit=LARGEST)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class _Handler:
    """The two moments at which an SMTP server says yes or no."""

    def __init__(self, sink):
        self.sink = sink

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's names
        """Take or refuse one recipient."""
        wanted = self.sink.control.next(address)
        if wanted.mode == "refuse" and wanted.code in AT_RECIPIENT:
            await asyncio.sleep(wanted.seconds)
            return f"{wanted.code} {wanted.message}"
        envelope.rcpt_tos.append(address)
        envelope.wanted = wanted
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        """File the mail, refuse it, or file it and hang up."""
        wanted = envelope.wanted
        if wanted.mode == "refuse":
            await asyncio.sleep(wanted.seconds)
            return f"{wanted.code} {wanted.message}"
        self.sink.file(envelope.original_content, envelope.mail_from, envelope.rcpt_tos)
        await asyncio.sleep(wanted.seconds)
        if wanted.mode == "hang_up":
            server.transport.abort()
        return "250 filed"


def main():
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default="out/mail")
    parser.add_argument("--port", type=int, default=2525)
    chosen = parser.parse_args()
    with SmtpSink(chosen.folder, chosen.port) as sink:
        print(f"SMTP on port {sink.port}, mails in {sink.folder}", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
