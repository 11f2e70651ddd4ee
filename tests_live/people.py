"""The people of the live tests: a rep who sends, signers who read what arrives and sign."""

import base64
import contextlib
import itertools
import secrets

from dev.lib import paths
from dev.lib.visitor import Inbox, Visitor

NUMBERS = itertools.count(secrets.randbelow(10**6))
ACT = (paths.ROOT / "dev" / "act.pdf").read_bytes()


def fresh_phone():
    """Return a phone number that nobody of this run has."""
    return f"+33612{next(NUMBERS) % 10**6:06d}"


def hire(session):
    """Make a rep, the leader of his team, and a manager; return their log-ins (and passwords) by role, and the team."""
    staff = {}
    for role, groups in (
        ("rep", ["sales_team.group_sale_salesman"]),
        ("leader", ["sales_team.group_sale_salesman", "esign_crm.group_team_leader"]),
        ("manager", ["sales_team.group_sale_salesman_all_leads", "esign_crm.group_manager"]),
    ):
        staff[role] = login = f"{role}-{secrets.token_hex(3)}@example.com"
        group_ids = [_record_id(session, group) for group in groups]
        user = session.call("res.users", "create", {
            "name": f"The {role}", "login": login, "password": login, "email": login,
            "group_ids": [(4, group_id) for group_id in group_ids],
        })  # fmt: skip
        if role == "leader":
            staff["team"] = session.call("crm.team", "create", {"name": "Mills", "user_id": user})
    return staff


@contextlib.contextmanager
def approving(stack, *, above):
    """Yield such a staff of a company whose managers approve what is above an amount, until the context ends."""
    admin = stack.session()
    company = admin.call("res.users", "read", [admin.uid], ["company_id"])[0]["company_id"][0]
    settings = {"esign_approval_by": "managers", "esign_approval_amount": above}
    staff = hire(admin)
    admin.call("res.company", "write", [company], settings)
    yield staff
    admin.call("res.company", "write", [company], {"esign_approval_by": "nobody"})


def _record_id(session, name):
    module, _dot, record = name.partition(".")
    domain = [("module", "=", module), ("name", "=", record)]
    return session.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]


class Case:
    """One request with addresses of its own, so that tests can share a stack."""

    def __init__(self, stack, *, login="admin", send=True, content=ACT, client=None, fields=()):  # fmt: skip
        """Send the act from a deal."""
        self.stack = stack
        self.session = stack.session(login)
        tag = secrets.token_hex(4)
        self.director = f"director-{tag}@vendor.example.com"
        self.client = fresh_phone()
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
            fields=list(fields),
        )  # fmt: skip

    @classmethod
    def of_rep(cls, stack, staff):
        """Return a request of the rep's, of his team, that the director has signed."""
        case = cls(stack, login=staff["rep"])
        case.session.call("esign.request", "write", [case.id], {"team_id": staff["team"]})
        case.director_signs()
        return case

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
