"""A person without an account who got a message: opens the link, asks for a code, signs."""

import email
import email.policy
import json
import re
import secrets
import time

import requests

from dev.lib.trouble import Trouble

LINK = re.compile(r"https?://[^\s\"'<>]+/esign/s/[A-Za-z0-9_-]{43}")
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
PAGE = re.compile(r'id="esign-page"[^>]*>(.*?)</script>', re.DOTALL)
PATIENCE = 60


class Inbox:
    """What one address has received, read from the files of the local servers."""

    def __init__(self, stack, address):
        """Take the stack and an e-mail address or a phone number."""
        self.stack = stack
        self.address = address

    def texts(self):
        """Return the texts received so far, oldest first."""
        if "@" not in self.address:
            return [
                each["text"] for each in self.stack.sms.messages() if each["to"] == self.address
            ]
        return [mail.get_body(("plain", "html")).get_content() for mail in self.mails()]

    def mails(self):
        """Return the mails received so far, oldest first."""
        read = (_read_mail(path) for path in self.stack.mail.mails())
        return [mail for mail in read if self.address in mail["X-Envelope-To"]]

    def links(self):
        """Return all links received so far."""
        return [link for text in self.texts() for link in LINK.findall(text)]

    def codes(self):
        """Return all one-time codes received so far."""
        return [code for text in self.texts() for code in CODE.findall(LINK.sub("", text))]

    def wait(self, what, more_than=0, patience=PATIENCE):
        """Return the latest of `links`, `codes`, `texts` or `mails` once there are more than so many."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            found = getattr(self, what)()
            if len(found) > more_than and not (what == "codes" and self._is_one_on_its_way()):
                return found[-1]
            time.sleep(0.1)
        raise Trouble(f"{self.address} received no message with {what} within {patience} s.")

    def _is_one_on_its_way(self):
        """Tell whether the server is still noting that a code has left: it counts from there, and arrives before."""
        pending = (
            "SELECT count(*) FROM esign_otp WHERE sent_at IS NULL AND voided_at IS NULL"
            " AND reserved_at > (now() AT TIME ZONE 'UTC') - interval '10 seconds'"
        )
        return self.stack.query(pending) != "0"


class _FromAddress(requests.adapters.HTTPAdapter):
    """Connects from an address of its own: the product counts codes by the visitor's address."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        """Bind each connection."""
        super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)


class Visitor:
    """One browser at one link."""

    def __init__(self, link, inbox):
        """Take the link and the inbox that codes go to."""
        self.link = link
        self.inbox = inbox
        self.browser = requests.Session()
        home = ".".join(str(1 + secrets.randbelow(250)) for _ in range(3))
        self.browser.mount(
            "http://127.", _FromAddress(f"127.{home}")
        )  # RFC 1122: all of 127/8 is this host

    def page(self):
        """Open the page and return its data."""
        answer = self.browser.get(self.link, timeout=60)
        answer.raise_for_status()
        return json.loads(PAGE.search(answer.text).group(1))

    def step(self, name, /, **params):
        """Take one step of the page and return the server's answer."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.browser.post(f"{self.link}/{name}", json=body, timeout=180)
        answer.raise_for_status()
        return answer.json()["result"]

    def step_in_turn(self, name, /, **params):
        """Take one step, again while somebody else is at the document, as the page does."""
        answer = self.step(name, **params)
        while answer.get("error") == "busy":
            time.sleep(answer.get("retry_after", 1))
            answer = self.step(name, **params)
        return answer

    def confirm(self):
        """Ask for a code, read it where it arrives, and confirm it."""
        before = len(self.inbox.codes())
        asked = self.step("code")
        if "error" in asked:
            return asked
        return self.step("confirm", code=self.inbox.wait("codes", more_than=before))

    def sign(self, name, **params):
        """Sign with a typed name; waits its turn when somebody else is signing."""
        wanted = {
            "values": {},
            "signature": {"method": "typed", "name": name},
            "consent": True,
            **params,
        }
        return self.step_in_turn("sign", **wanted)

    def walk(self, name, **params):
        """Do all that a signer does; return the answer to the signature."""
        self.page()
        self.step("opened")
        confirmed = self.confirm()
        return self.sign(name, **params) if confirmed.get("confirmed") else confirmed

    def download(self):
        """Return the sealed PDF."""
        answer = self.browser.get(f"{self.link}/download", timeout=60)
        answer.raise_for_status()
        return answer.content


def _read_mail(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
