"""Fills the board of a demo database by the product's own steps, as they would have happened in the last weeks.

Nothing is sent: each message is recorded as sent before anybody could send it.
"""

import base64
import secrets
import threading
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from .papers import paper
from .stories import DIRECTORS, STORIES

DEVICE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36"
ADDRESS = "203.0.113.{}"  # RFC 5737: for documentation
BEFORE = 60  # days that the key is older than today; all stories begin after it
LATER = 4  # failed tries after which the next one is an hour away


def fill(env):
    """Tell every story. Called once, when the addon is installed with demo data."""
    company = env.ref("base.main_company")
    if not company.esign_public_url:
        company.esign_public_url = env["ir.config_parameter"].get_param("web.base.url")
    now = fields.Datetime.now()
    with _clock(now - timedelta(days=BEFORE)):  # a seal is younger than its key
        env["esign.sealing.key"]._get_for(company)
    for number, story in enumerate(STORIES, 1):
        Teller(env, story, now, number).tell()


class Teller:
    """Takes one request through the steps of its story; each method is a step."""

    def __init__(self, env, story, now, number):
        """Take the story and the moment from which its days are counted back.

        :param number: tells the visitors of one story from those of another
        """
        self.env = env
        self.story = story
        self.now = now
        self.address = ADDRESS.format(number)
        self.deal = env.ref(f"esign_crm.demo_deal_{story.deal}")
        self.request = env["esign.request"]

    def tell(self):
        """Take all steps, each at its moment."""
        self._draft(self.story.steps[0])
        for step in self.story.steps:
            with _clock(self._moment(step)):
                getattr(self, step.what)(step.words)
                self._record_messages()

    # --- our people ------------------------------------------------------------------------------------------------

    def drafted(self, _words):
        """Leave the request a draft."""

    def sent(self, _words):
        """Send it as its rep."""
        self.request.action_send()

    def cancelled(self, reason):
        """Take it back."""
        self.request.action_cancel(reason)

    def withdrawn(self, reason):
        """Take back a signed document, as a manager."""
        self.request.with_user(self.env.ref("base.user_admin")).action_withdraw(reason)

    def expired(self, _words):
        """Let its deadline pass."""
        self.request._set_system_sudo(deadline_at=fields.Datetime.now())
        self.request._close("expired")
        details = {"deadline": str(self.request.deadline_at)}
        self.env["esign.event"]._append(self.request, "expired", details)

    # --- signers ---------------------------------------------------------------------------------------------------

    def own_signed(self, _words):
        """Let our side sign."""
        self._sign(self._signer("own"))

    def client_signed(self, _words):
        """Let the client sign, and seal."""
        self.client_signed_unsealed("")
        self.request.sudo()._set_system_sudo(seal_error=False, seal_attempts=0)
        self.request.sudo()._seal()

    def client_signed_unsealed(self, _words):
        """Let the client sign while sealing is in trouble; it is tried again in an hour."""
        self._sign(self._signer("client"))
        words = "The disk of the server is full."
        self.request._set_system_sudo(seal_error=words, seal_attempts=LATER)

    def client_shown(self, _words):
        """Let the client look at the page."""
        self._signer("client")._page_shown(self.address, DEVICE)

    def client_declined(self, reason):
        """Let the client refuse."""
        client = self._signer("client")
        evidence = self._confirm(client)
        client._decline(reason, evidence)

    def client_locked(self, _words):
        """Let the client ask for too many codes."""
        client = self._signer("client")
        client._page_shown(self.address, DEVICE)
        client._lock()

    def client_bounced(self, words):
        """Let the mail to the client come back."""
        self._record_messages()
        message = self.request.message_out_ids.sudo().filtered(
            lambda each: each.signer_id.side == "client" and each.state == "sent"
        )
        message[:1]._set_state("bounced", error=words)
        message[:1]._tell()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _draft(self, first):
        """Make the draft from the deal, as the deal's salesperson."""
        rep = self.deal.user_id
        env = self.env(user=rep.id, su=False)
        with _clock(self._moment(first)):
            content = paper(self.story.title, self._parties(), self._lines())
            request_id = env["esign.request"].create_from_deal(
                self.deal.id,
                document={
                    "name": f"{self.story.title}.pdf",
                    "content": base64.b64encode(content).decode(),
                },
                signers=self._signers(),
            )
            self.request = env["esign.request"].browse(request_id)
            if self.story.deadline:
                self.request.deadline_at = self.now + timedelta(days=self.story.deadline)

    def _parties(self):
        return self.env.company.name, self.deal.partner_id.parent_id.name

    def _lines(self):
        total = int(self.deal.expected_revenue)
        return [("Works as agreed", total * 3 // 4), ("Materials", total - total * 3 // 4)]

    def _signers(self):
        name, email, authority = DIRECTORS[self.story.director]
        client = self.deal.partner_id
        return [
            {"side": "own", "role": "Our director", "name": name, "email": email, "channel": "email",
             "sequence": 1, "position": "Director", "authority": authority},
            {"side": "client", "role": "Client", "name": client.name, "email": client.email, "phone": client.phone,
             "channel": self.story.channel, "sequence": 2, "lang": client.lang, "partner_id": client.id,
             "company_name": client.parent_id.name},
        ]  # fmt: skip

    def _signer(self, side):
        return self.request.sudo().signer_ids.filtered(lambda each: each.side == side)

    def _sign(self, signer):
        evidence = self._confirm(signer)
        signature = {"method": "typed", "name": signer.name}
        signer._sign({}, signature, True, evidence)

    def _confirm(self, signer):
        """Confirm a code that nobody had to send; return what the browser would bring along."""
        codes, cookie = self.env["esign.otp"], secrets.token_urlsafe(32)
        signer._page_shown(self.address, DEVICE)
        reserved = codes._reserve(signer.id, self.address, signer._content_hash())
        details = {"channel": signer.channel, "to": signer._masked_address(), "ip": self.address}
        signer._record_code(reserved["otp_id"], True, details, None)
        tried = codes._count_try(signer.id)
        codes._judge(tried, reserved["code"], signer._content_hash(), cookie)
        signer._record_try("code_confirmed", self.address)
        return {"cookie": cookie, "ip": self.address, "device": DEVICE}

    def _record_messages(self):
        """Record what waits in the outbox as sent."""
        now = fields.Datetime.now()
        waiting = self.request.sudo().message_out_ids.filtered(lambda each: each.state == "queued")
        for message in waiting:
            message._set_state("sending", attempts=1, claimed_at=now)
            message._set_state("sent", sent_at=now, provider_reference="demo")
            message._tell()

    def _moment(self, step):
        return (self.now - timedelta(days=step.days)).replace(microsecond=0)


@contextmanager
def _clock(moment):
    """Let this thread, and no other, live at ``moment``."""
    ours, real = threading.get_ident(), fields.Datetime.now

    def now(*_args):
        return moment if threading.get_ident() == ours else real()

    with patch.object(fields.Datetime, "now", staticmethod(now)):
        yield
