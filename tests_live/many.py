"""Deals that one document is sent to, and the page that sends it, over RPC."""

import base64
import secrets

from tests_live.people import ACT

PAGE = "esign.send.many.wizard"
FROM_SCREEN = {"context": {"esign_may_undo": True}}


class Many:
    """A template and deals of one sender; `words` is part of each deal's name."""

    def __init__(self, stack, login, *, clients):
        """Make a deal for each client; one without an address lacks it."""
        self.stack = stack
        self.session = stack.session(login)
        self.words = secrets.token_hex(4)
        self.template_name = f"Framework {self.words}"
        self.template = self.session.call("esign.template", "create", {
            "name": self.template_name, "upload": base64.b64encode(ACT).decode(), "upload_name": "framework.pdf",
        })  # fmt: skip
        self.leads = [self._deal(*client) for client in clients]

    @classmethod
    def of(cls, stack, count):
        """Return as many deals of the administrator, all with a client's address."""
        clients = [
            (f"Client {n}", f"c{n}-{secrets.token_hex(3)}@x.example.com") for n in range(count)
        ]
        return cls(stack, "admin", clients=clients)

    def _deal(self, name, email):
        client = self.session.call("res.partner", "create", {"name": name, "email": email})
        values = {"name": f"{name} {self.words}", "type": "opportunity", "partner_id": client}
        return self.session.call("crm.lead", "create", values | {"user_id": self.session.uid})

    def page(self):
        """Open a page for the deals, choose the template, check; return the page's id."""
        action = self.session.call("crm.lead", "action_send_many_for_signature", self.leads)
        self.session.call(PAGE, "write", [action["res_id"]], {"template_id": self.template})
        left = self.session.call(PAGE, "check_begin", [action["res_id"]])["left"]
        while left:
            left = self.session.call(PAGE, "check_some", [action["res_id"]])["left"]
        return action["res_id"]

    def form(self, lead):
        """Open the sending form of one deal with the template chosen; return its id."""
        wizards = "esign.send.wizard"
        context = {"default_lead_id": lead}
        names = [
            "own_name",
            "own_email",
            "own_partner_id",
            "client_name",
            "client_email",
            "client_partner_id",
            "newest_seen",
        ]
        known = self.session.call(wizards, "default_get", names, context=context)
        values = {"lead_id": lead, "template_id": self.template} | known
        return self.session.call(wizards, "create", values, context=context)

    def send_form(self, form):
        """Press *Send* in it."""
        self.session.call("esign.send.wizard", "action_send", [form])

    def send(self, page):
        """Press *Send* and wait for the end."""
        left = 1
        while left:
            left = self.session.call(PAGE, "send_some", [page], **FROM_SCREEN)["left"]

    def states(self, page):
        """Return the states of the page's lines."""
        rows = self.session.call(
            f"{PAGE}.line", "search_read", [("wizard_id", "=", page)], ["state", "problem"]
        )
        return sorted(row["state"] for row in rows)

    def requests(self):
        """Return the deals' requests."""
        return self.session.call(
            "esign.request",
            "search_read",
            [("lead_id", "in", self.leads)],
            ["name", "lead_id", "state"],
        )

    def assert_one_each(self):
        """Fail unless each deal has one request, which was sent."""
        requests = self.requests()
        assert sorted(each["lead_id"][0] for each in requests) == sorted(self.leads), requests
        assert {each["state"] for each in requests} == {"sent"}, requests
