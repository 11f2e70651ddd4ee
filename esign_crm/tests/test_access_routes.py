"""Every route for whoever may come by: the right link, another request's, a colleague of the client, a rep, a stranger."""

import inspect

from odoo.fields import Command
from odoo.tests import mute_logger, new_test_user, tagged

from ..controllers.assets import asset_urls
from .common import EsignHttpCommon
from .pdf_samples import plain_pdf

VISITORS = ("right", "other", "colleague", "rep", "stranger")
LINK = "/esign/s/<string:token>"
GUESS = "A" * 43
NOT_FOUND = dict.fromkeys(VISITORS, 404)
EVERYBODY = dict.fromkeys(VISITORS, 200)
# By link: `right` holds the client's own link, `other` that of a request which was cancelled, the rest guess.
BY_LINK = NOT_FOUND | {"right": 200}
STEP = dict.fromkeys(VISITORS, "not_found") | {"other": "closed"}
# By log-in: `right` is the signer or the sender, the others have another one or none.
LOG_IN = 303
# (method, route) → visitor → status, or the step's error ("ok" when there is none)
ROUTES = {
    ("GET", LINK): BY_LINK | {"other": 200},
    ("GET", f"{LINK}/page/<int:number>"): BY_LINK,
    ("GET", f"{LINK}/document"): BY_LINK,
    ("GET", f"{LINK}/download"): NOT_FOUND,
    ("POST", f"{LINK}/opened"): STEP | {"right": "ok"},
    ("POST", f"{LINK}/draft"): STEP | {"right": "not_confirmed"},
    ("POST", f"{LINK}/code"): STEP | {"right": "ok"},
    ("POST", f"{LINK}/confirm"): STEP | {"right": "code_wrong"},
    ("POST", f"{LINK}/sign"): STEP | {"right": "not_confirmed"},
    ("POST", f"{LINK}/stamp"): STEP | {"right": "not_confirmed"},
    ("POST", f"{LINK}/decline"): STEP | {"right": "not_confirmed"},
    ("POST", f"{LINK}/delegate"): STEP | {"right": "not_confirmed"},
    ("POST", f"{LINK}/copy"): STEP | {"right": "closed"},
    ("POST", f"{LINK}/next"): STEP | {"right": "closed"},
    ("POST", f"{LINK}/fresh"): STEP | {"right": "ok"},
    ("GET", "/esign/verify"): EVERYBODY,
    ("GET", "/esign/verify/<string:code>"): EVERYBODY,
    ("POST", "/esign/verify"): EVERYBODY,
    ("GET", "/esign/assets/<string:digest>/<string:name>"): EVERYBODY,
    ("POST", "/esign/callback/<string:channel>/<string:key>"): NOT_FOUND,
    ("GET", "/esign/<path:rest>"): NOT_FOUND,
    ("GET", "/esign_crm/document/<int:document_id>"): {
        "right": 200, "other": 404, "colleague": 403, "rep": 404, "stranger": LOG_IN,
    },
    ("GET", "/esign_crm/document/<int:document_id>/page/<int:number>"): {
        "right": 200, "other": 404, "colleague": 403, "rep": 404, "stranger": LOG_IN,
    },
    ("GET", "/esign_crm/upload/<int:attachment_id>/page/<int:number>"): {
        "right": 200, "other": 404, "colleague": 404, "rep": 404, "stranger": LOG_IN,
    },
    ("GET", "/esign_crm/act/<int:act_id>"): {
        "right": 200, "other": 404, "colleague": 403, "rep": 404, "stranger": LOG_IN,
    },
    ("GET", "/my/esign"): EVERYBODY | {"stranger": LOG_IN},
    ("GET", "/my/esign/page/<int:page>"): EVERYBODY | {"stranger": LOG_IN},
    ("POST", "/my/esign/<int:signer_id>/open"): {
        "right": 303, "other": 404, "colleague": 404, "rep": 404, "stranger": LOG_IN,
    },
}  # fmt: skip
JSON = "esign_jsonrpc"
MAIL = "claude@client.example.org"


@tagged("post_install", "-at_install")
class TestAccessRoutes(EsignHttpCommon):
    """A request that waits for the client, and another one that was cancelled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mill = cls.env["res.partner"].create({"name": "The mill", "is_company": True})
        cls.partner.write({"parent_id": mill.id, "email": MAIL})
        cls.users = {
            "claude": cls._portal_user("claude", cls.partner),
            "colleague": cls._portal_user(
                "colleague", cls.partner.create({"name": "Cora", "parent_id": mill.id, "email": MAIL})
            ),
            "rep": new_test_user(cls.env, "route_rep", groups="sales_team.group_sale_salesman", password="route_rep"),
            "sender": cls.rep,
        }  # fmt: skip
        cls.rep.password = cls.rep.login

    @classmethod
    def _portal_user(cls, login, partner):
        portal = [(6, 0, [cls.env.ref("base.group_portal").id])]
        return cls.env["res.users"].create(
            {"login": login, "password": login, "partner_id": partner.id, "group_ids": portal}
        )

    def setUp(self):
        super().setUp()
        closed = self.make_request()
        self.deliver()
        self.other_token = self.wires.last_token(self.DIRECTOR)
        closed.with_user(self.rep).action_cancel("Nothing came of it")
        self.request = self.make_request(signers=self.signers(partner_id=self.partner.id))
        self.walk(self.DIRECTOR)
        self.deliver()
        self.token = self.wires.last_token(self.CLIENT)
        self.client = self.request.signer_ids.filtered(lambda signer: signer.side == "client")
        line = {"name": "Works", "quantity": 1, "price": 100}
        self.act = (
            self.env["esign.act"]
            .with_user(self.rep)
            .create({"lead_id": self.lead.id, "line_ids": [Command.create(line)]})
        )
        self.act.action_preview()
        upload = {
            "name": "act.pdf",
            "raw": plain_pdf(),
            "res_model": "esign.send.wizard",
            "res_id": 0,
        }
        self.upload = self.env["ir.attachment"].with_user(self.rep).create(upload)

    # --- the table ---------------------------------------------------------------------------------------------------

    def routes(self):
        """Return (method, route) → type of every route whose code is ours."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = inspect.unwrap(rule.endpoint.func)
            if function.__module__.startswith("odoo.addons.esign_crm."):
                method = "POST" if "POST" in (rule.methods or ()) else "GET"
                found[method, rule.rule] = rule.endpoint.routing["type"]
        return found

    def test_every_route_has_its_row(self):
        found = set(self.routes())
        self.assertFalse(
            found - set(ROUTES), "a new route: say in test_access_routes who gets what from it"
        )
        self.assertFalse(set(ROUTES) - found, "no such route any more")

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_each_route_answers_each_visitor_as_the_table_says(self):
        for (method, route), kind in self.routes().items():
            for visitor in VISITORS:
                with self.subTest(route=route, method=method, visitor=visitor):
                    answer = self._visit(method, route, visitor, kind)
                    self.assertEqual(answer, ROUTES[method, route][visitor])

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_whoever_has_no_right_leaves_no_trace_and_learns_no_name(self):
        before = self.event_kinds(self.request)
        for (method, route), kind in self.routes().items():
            for visitor in ("other", "colleague", "rep", "stranger"):
                self._visit(method, route, visitor, kind)
                self.assertNotIn(self.request.name, self.text, (route, visitor))
                self.assertNotIn("Dora", self.text, (route, visitor))
        self.env.invalidate_all()
        self.assertEqual(self.event_kinds(self.request), before)

    # --- visiting ----------------------------------------------------------------------------------------------------

    def _visit(self, method, route, visitor, kind):
        """Return the status of one visit, or the error of a step; the text stays in ``self.text``."""
        browser, path = self._browser(route, visitor), self._path(route, visitor)
        options = {"timeout": 30, "allow_redirects": False}
        if kind == JSON:
            options["json"] = {
                "params": {"code": "000000x", "reason": "No", "values": {}, "consent": True}
            }
        elif method == "POST":
            options |= {
                "data": {"csrf_token": self._csrf(browser)},
                "files": {"file": ("x.pdf", b"%PDF-")},
            }
            options = options if route == "/esign/verify" else {**options, "files": None}
        with self.serving():
            answer = browser.request(method, self.base_url() + path, **options)
        self.text = answer.text
        if kind == JSON:
            return answer.json()["result"].get("error", "ok")
        return answer.status_code

    def _path(self, route, visitor):
        token = {"right": self.token, "other": self.other_token}.get(visitor, GUESS)
        values = {
            "<string:token>": token, "<int:number>": "1", "<int:page>": "1", "<string:code>": "B" * 26,
            "<string:digest>/<string:name>": self._asset(), "<string:channel>": "sms", "<string:key>": "no-key",
            "<path:rest>": "no/such/page", "<int:signer_id>": str(self.client.id),
            "<int:document_id>": str(self.request.frozen_document_id.id), "<int:act_id>": str(self.act.id),
            "<int:attachment_id>": str(self.upload.id),
        }  # fmt: skip
        for name, value in values.items():
            route = route.replace(name, value)
        return route

    def _asset(self):
        return next(iter(asset_urls().values())).removeprefix("/esign/assets/")

    def _browser(self, route, visitor):
        """Return the visitor's browser, logged in where he has a log-in."""
        browser = self.browser()
        login = {"right": "claude", "other": "rep", "colleague": "colleague", "rep": "rep"}.get(
            visitor
        )
        if visitor in ("right", "other") and route.startswith(LINK):
            login = None  # a stranger with a link
        if visitor == "right" and route.startswith("/esign_crm/"):
            login = "sender"
        if login:
            user = self.users[login]
            browser.cookies.set("session_id", self.authenticate(user.login, user.login).sid)
        return browser

    def _csrf(self, browser):
        html = self.get(browser, "/my/esign").text
        return html.partition('name="csrf_token" value="')[2].partition('"')[0] or self._page_csrf(
            html
        )

    def _page_csrf(self, html):
        """Return the token that every page of the portal holds for its scripts."""
        return html.partition('csrf_token: "')[2].partition('"')[0]
