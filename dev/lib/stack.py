"""Everything together: a fresh database, local mail and SMS servers, a real Odoo server."""

import contextlib
import os
import secrets
from pathlib import Path

from dev.lib import odoo, postgres, rpc, wires
from dev.lib.database import Databases
from dev.lib.server import Server
from dev.lib.steps import remove
from dev.sinks.sms import SmsSink
from dev.sinks.smtp import SmtpSink


def databases(extra=None):
    """Return the databases of this checkout's cluster."""
    return Databases(odoo.find(), postgres.ensure(), extra)


class Stack:
    """`with Stack(out) as stack:` gives `stack.url`, `.server`, `.mail`, `.sms`, `.session()`.

    Mails are filed in `out/mail`, messages in `out/sms`.
    """

    def __init__(self, out, *, extra=None, keep=False, **server_options):
        """Take the folder for what is received.

        :param extra: a folder of further addons
        :param keep: leave the database behind
        :param server_options: of `Server`: `port`, `workers`, `proxy_mode` …
        """
        self.out = Path(out)
        self.databases = databases(extra)
        self.keep = keep
        self.name = f"esign_run_{os.getpid()}_{secrets.token_hex(3)}"
        self.server_options = server_options
        self._closing = contextlib.ExitStack()
        self._sessions = {}

    @property
    def url(self):
        """The server's address, which is the company's public address too."""
        return self.server.url

    def __enter__(self):
        """Start everything; what had started is stopped when a later part fails."""
        with contextlib.ExitStack() as starting:
            self._start(starting)
            self._closing = starting.pop_all()
        return self

    def _start(self, starting):
        for kind in ("mail", "sms"):
            remove(self.out / kind)
        self.mail = starting.enter_context(SmtpSink(self.out / "mail"))
        self.sms = starting.enter_context(SmsSink(self.out / "sms", secrets.token_hex(16)))
        self.databases.clone(self.databases.product(), self.name)
        if not self.keep:
            starting.callback(self.databases.drop, self.name)
        self.server = Server(self.databases, self.name, **self.server_options)
        starting.enter_context(self.server)
        wires.connect(self.session(), self.mail, self.sms, self.url)

    def __exit__(self, *failure):
        """Stop everything and drop the database."""
        self._closing.__exit__(*failure)

    def session(self, login="admin", password=None):
        """Return the session of somebody of the demo data, whose passwords are their log-ins; he logs in once."""
        password = password or login
        known = self._sessions.get((login, password))
        if not known:
            known = rpc.Session(self.url, self.name, login, password)
            self._sessions[login, password] = known
        return known

    def query(self, sql):
        """Run one SQL statement on the database and return what it prints."""
        return self.databases.cluster.query(sql, self.name)


def standing_demo(fresh=False):
    """Return the demo database that `dev/shell` works on; make it when it is not there."""
    known = databases()
    name = "esign_demo"
    if fresh or not known.exists(name):
        known.clone(known.product(), name)
    return known, name
