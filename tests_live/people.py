"""The people of the live tests: a rep who sends, signers who read what arrives and sign."""

import base64
import secrets

from dev.lib import paths
from dev.lib.visitor import Inbox, Visitor

ACT = (paths.ROOT / "dev" / "act.pdf").read_bytes()


class Case:
    """One request with addresses of its own, so that tests can share a stack."""

    def __init__(self, stack, *, login="admin", send=True, content=ACT, client=None):
        """Send the act from a deal."""
        self.stack = stack
        self.session = stack.session(login)
        tag = secrets.token_hex(4)
        self.director = f"director-{tag}@vendor.example.com"
        self.client = f"+33612{secrets.randbelow(10**6):06d}"
        self.lead = self.session.call(
            "crm.lead", "create", {"name": f"Deal {tag}", "type": "opportunity"}
        )
        self.id = self.session.call(
            "esign.request", "create_from_deal", self.lead, send=send,
            document={"name": "act.pdf", "content": base64.b64encode(content).decode()},
            signers=[
                {"side": "own", "role": "Our director", "name": "Dora Director", "email": self.director,
                 "channel": "email", "sequence": 1},
                {"side": "client", "role": "Client", "name": "Claude Client", "phone": self.client, "channel": "sms",
                 "sequence": 2, **(client or {})},
            ],
        )  # fmt: skip

    def inbox(self, address):
        """Return the inbox of an address."""
        return Inbox(self.stack, address)

    def visitor(self, address):
        """Return a browser at the latest link that an address received."""
        inbox = self.inbox(address)
        return Visitor(inbox.wait("links"), inbox)

    def director_signs(self):
        """Let our side sign."""
        answer = self.visitor(self.director).walk("Dora Director")
        assert answer.get("state") == "signed", answer

    def read(self, *names):
        """Return fields of the request as its sender reads them."""
        return self.session.call("esign.request", "read", [self.id], list(names))[0]

    def kinds(self):
        """Return the kinds of the audit trail's entries in order."""
        domain = [("request_id", "=", self.id)]
        return [
            row["kind"]
            for row in self.session.call(
                "esign.event", "search_read", domain, ["kind"], order="sequence"
            )
        ]
