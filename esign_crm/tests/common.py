"""A deal, two people, the two wires cut at their outermost edge, and a browser for strangers."""

import base64
import json
import re
from contextlib import contextmanager
from unittest.mock import patch

import requests

from odoo.tests import HttpCase, TransactionCase

from ..tools.gateways.base import Receipt
from .jail_memory import remembering_jail
from .pdf_samples import plain_pdf

LINK = re.compile(r"https?://[^\s\"'<>]+/esign/s/([A-Za-z0-9_-]{43})")
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
GATEWAY = "odoo.addons.esign_crm.tools.gateways.sms_http.SmsHttpGateway.send"
MAIL_SERVER = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"


def _as_method(of_wires):
    """Return a stand-in for a method: what the wires of the running test do with the call."""

    def taken(instance, *given, **named):
        return of_wires()(instance, *given, **named)

    return taken


class Wires:
    """What left the product: e-mails and SMS, as their receivers would read them."""

    def __init__(self):
        self.mails, self.sms = [], []
        self.refuse_sms = None

    def take_mail(self, _server, message, *_args, **_kwargs):
        """Stand in for the SMTP dialogue."""
        self.mails.append(message)
        return message["Message-ID"]

    def take_sms(self, _gateway, sms):
        """Stand in for the HTTP call of the SMS gateway."""
        if self.refuse_sms:
            raise self.refuse_sms
        self.sms.append(sms)
        return Receipt(reference=f"sms-{len(self.sms)}")

    def mails_to(self, address):
        """Return the mails to ``address``, oldest first."""
        return [mail for mail in self.mails if address in str(mail["To"])]

    def texts_to(self, address):
        """Return all texts that reached ``address`` (e-mail or phone), oldest first."""
        if "@" in address:
            return [
                mail.get_body(("plain", "html")).get_content() for mail in self.mails_to(address)
            ]
        return [sms.text for sms in self.sms if sms.to == address]

    def last_token(self, address):
        """Return the secret of the latest link that ``address`` was sent."""
        return [found for text in self.texts_to(address) for found in LINK.findall(text)][-1]

    def last_code(self, address):
        """Return the latest one-time code that ``address`` was sent."""
        return [found for text in self.texts_to(address) for found in CODE.findall(text)][-1]


class EsignCommon(TransactionCase):
    """A company with a public address, a deal, a director by e-mail and a client by SMS."""

    DIRECTOR = "director@vendor.example.com"
    CLIENT = "+33612345678"

    @classmethod
    def setUpClass(cls):
        """Prepare the company and the deal."""
        super().setUpClass()
        cls.wires = Wires()
        cls.enterClassContext(patch(MAIL_SERVER, _as_method(lambda: cls.wires.take_mail)))
        cls.enterClassContext(patch(GATEWAY, _as_method(lambda: cls.wires.take_sms)))
        cls.enterClassContext(remembering_jail())
        # else the demo's OdooBot lives in tomorrow while others are in today
        cls.env.user.tz = "UTC"
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.fr")
        cls.company.write(
            {
                "esign_public_url": cls._public_url(),
                "esign_sms_provider": "http",
                "esign_sms_url": "https://sms.example.com/send",
                "esign_sms_secret": "a secret",
            }
        )
        cls.rep = cls.env["res.users"].create(
            {
                "name": "Rita Rep",
                "login": "rita@vendor.example.com",
                "email": "rita@vendor.example.com",
                "group_ids": [(4, cls.env.ref("sales_team.group_sale_salesman").id)],
            }
        )
        cls.partner = cls.env["res.partner"].create({"name": "Claude Client", "phone": cls.CLIENT})
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Works at the mill",
                "type": "opportunity",
                "partner_id": cls.partner.id,
                "user_id": cls.rep.id,
            }
        )

    @classmethod
    def _public_url(cls):
        return "https://sign.vendor.example.com"

    def setUp(self):
        """Start with empty wires."""
        super().setUp()
        type(self).wires = Wires()

    def signers(self, **client):
        """Return the two usual signers; ``client`` overrides keys of the second."""
        return [
            {"side": "own", "role": "Our director", "name": "Dora Director", "email": self.DIRECTOR,
             "channel": "email", "sequence": 1},
            {"side": "client", "role": "Client", "name": "Claude Client", "phone": self.CLIENT, "channel": "sms",
             "sequence": 2} | client,
        ]  # fmt: skip

    def make_request(self, *, send=True, content=None, **arguments):
        """Return a request made by the rep the way the outside makes one."""
        document = {"name": "act.pdf", "content": base64.b64encode(content or plain_pdf()).decode()}
        requests_of_rep = self.env["esign.request"].with_user(self.rep)
        arguments.setdefault("signers", self.signers())
        request_id = requests_of_rep.create_from_deal(
            self.lead.id, document=document, send=send, **arguments
        )
        return self.env["esign.request"].browse(request_id)

    def deliver(self):
        """Let the crons send what waits."""
        self.env.flush_all()
        self.env["esign.message"]._cron_send(1)
        self.env.invalidate_all()

    def event_kinds(self, request):
        """Return the kinds of the request's audit trail in order."""
        return request.event_ids.sorted("sequence").mapped("kind")


class EsignHttpCommon(EsignCommon, HttpCase):
    """The same with a real HTTP server and browsers without an account."""

    @classmethod
    def _public_url(cls):
        return cls.base_url()

    def browser(self):
        """Return a stranger's browser: no session, its own cookies."""
        session = requests.Session()
        self.addCleanup(session.close)
        return session

    def get(self, browser, path, **kwargs):
        """GET ``path`` as ``browser``."""
        with self.serving():
            return browser.get(self.base_url() + path, timeout=30, allow_redirects=False, **kwargs)

    def step(self, browser, token, step, **params):
        """POST one step of the signing page and return its result."""
        payload = {"jsonrpc": "2.0", "method": "call", "params": params}
        with self.serving():
            response = browser.post(
                f"{self.base_url()}/esign/s/{token}/{step}", json=payload, timeout=60
            )
        answer = response.json()
        self.assertNotIn("error", answer, f"{step} let Odoo's own error out: {answer.get('error')}")
        return answer["result"]

    @contextmanager
    def serving(self):
        """Let the server thread answer while this one waits (Odoo's tests share one cursor)."""
        self.env.cr.flush()
        self.env.cr.clear()
        with self.allow_requests(all_requests=True):
            yield

    def page(self, browser, token):
        """Return the JSON of the signing page."""
        html = self.get(browser, f"/esign/s/{token}").text
        return json.loads(re.search(r'id="esign-page"[^>]*>(.*?)</script>', html, re.S).group(1))

    def confirm(self, browser, token, address):
        """Ask for a code and confirm it, as its receiver would."""
        self.step(browser, token, "code")
        return self.step(browser, token, "confirm", code=self.wires.last_code(address))

    def sign(self, browser, token, name="Some Body", **params):
        """Sign with a typed name."""
        params.setdefault("signature", {"method": "typed", "name": name})
        params.setdefault("values", {})
        return self.step(browser, token, "sign", **({"consent": True} | params))

    def walk(self, address, name="Some Body"):
        """Take one signer from the message to the signature; return (answer, token, browser)."""
        self.deliver()
        token, browser = self.wires.last_token(address), self.browser()
        self.confirm(browser, token, address)
        return self.sign(browser, token, name), token, browser
