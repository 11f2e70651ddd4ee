"""Every situation of the signing page, as one tour: for the checks, and for the pictures in the guide.

One request that was really sent and signed by the first side is put into each situation by SQL; what only happens while
one is at work (a code, a lost connection) is brought about in the browser.
"""

import contextlib
import io
import secrets

from PIL import Image

from tests_live.locks import held
from tests_live.people import Case
from tests_live.placer import NEXT_FRAME
from tests_live.signing_page import press_first

PLACE = {"role": "Client", "page": 1, "x": 0.55, "width": 0.38, "height": 0.03}
FIELDS = [
    PLACE | {"type": "text", "name": "Place", "y": 0.10},
    PLACE | {"type": "checkbox", "name": "In full and in time", "y": 0.29, "width": 0.04},
    PLACE | {"type": "signature", "name": "Signature", "y": 0.8, "height": 0.06},
]
LATER, EARLIER = (
    "now() AT TIME ZONE 'UTC' + interval '9 days'",
    "now() AT TIME ZONE 'UTC' - interval '9 days'",
)
OPEN = {
    "esign_request": "state = 'sent', withdrawn_at = NULL, completed_at = NULL, download_until = NULL, sealing_at = NULL",
    "esign_signer": "state = 'invited', is_locked = FALSE, authority_until = NULL, signed_at = NULL, draft = NULL, pictures_at = NULL",
    "esign_link": f"superseded_at = NULL, expires_at = {LATER}",
}
DONE = f"state = 'done', completed_at = {EARLIER}"
SITUATIONS = {
    "sign": {},
    "stopped": {"esign_signer": f"authority_until = ({EARLIER})::date"},
    "waiting": {"esign_signer": "state = 'waiting'"},
    "signed": {"esign_signer": f"state = 'signed', signed_at = {EARLIER}"},
    "sealing": {"esign_request": f"state = 'sealing', sealing_at = {LATER}"},
    "done": {"esign_request": f"{DONE}, download_until = {LATER}"},
    "gone": {"esign_request": f"{DONE}, download_until = {EARLIER}"},
    "withdrawn": {"esign_request": f"{DONE}, download_until = {LATER}, withdrawn_at = {EARLIER}"},
    "declined": {"esign_request": "state = 'declined'"},
    "cancelled": {"esign_request": "state = 'cancelled'"},
    "expired": {"esign_request": "state = 'expired'"},
    "lapsed": {"esign_link": f"expires_at = {EARLIER}"},
    "superseded": {"esign_link": f"superseded_at = {EARLIER}"},
    "delegated": {"esign_signer": "state = 'delegated'"},
    "locked": {"esign_signer": "is_locked = TRUE"},
}
DOCUMENT_IS_SHOWN = ("sign", "stopped", "signed")
WITHOUT_NAMES = (
    "gone",
    "withdrawn",
    "declined",
    "cancelled",
    "expired",
    "lapsed",
    "superseded",
    "delegated",
)


class Tour:
    """A client's link, and the stops on the way: each method yields the names of the situations that the page shows."""

    def __init__(self, stack):
        """Send a document with fields, and let our side sign it."""
        self.stack = stack
        self.case = Case(stack, fields=FIELDS)
        self.case.session.call(
            "res.users", "write", [self.case.session.uid], {"phone": "+49 30 1234567"}
        )
        self.case.director_signs()
        self.inbox = self.case.inbox(self.case.client)
        self.link = self.inbox.wait("links")
        self.signer = stack.query(
            f"SELECT id FROM esign_signer WHERE request_id = {self.case.id} AND side = 'client'"
        )

    def all(self, page, lang):
        """Yield every situation there is."""
        for stops in (self.pages, self.unknown, self.steps, self.limits, self.without_scripts):
            yield from stops(page, lang)

    def put(self, name):
        """Put the request into a situation."""
        wheres = {
            "esign_request": f"id = {self.case.id}",
            "esign_signer": f"id = {self.signer}",
            "esign_link": f"signer_id = {self.signer}",
        }
        changes = [OPEN, SITUATIONS[name]]
        self.stack.query(
            "; ".join(
                f"UPDATE {table} SET {values} WHERE {wheres[table]}"
                for change in changes
                for table, values in change.items()
            )
        )

    def pages(self, page, lang, names=tuple(SITUATIONS)):
        """Yield each situation in which a link can be opened, the page opened in it."""
        for name in names:
            self.put(name)
            page.goto(f"{self.link}?lang={lang}")
            page.locator("#esign-heading").wait_for()
            if name == "sign":
                page.locator(".page-image[src]").first.wait_for()
            yield name

    def unknown(self, page, lang):
        """Yield the page of a link that never was one."""
        address, _slash, _token = self.link.rpartition("/")
        page.goto(f"{address}/{secrets.token_urlsafe(32)}?lang={lang}")
        page.locator("h1").wait_for()
        yield "not_found"

    def steps(self, page, lang):
        """Yield each step of signing, and what can go wrong in it."""
        yield from self._code_step(page, lang)
        yield "fields"
        press_first(page, "form [type=submit]")
        page.locator("input[type=text]").wait_for()
        yield "field"
        page.keyboard.press("Escape")
        press_first(page, ".tools .button-small")  # all as a list
        press_first(page, "form [type=submit]")
        page.locator(".field-error:not(:empty)").first.wait_for()
        yield "fields_wrong"
        page.locator("input[type=text]").fill("Rouen")
        page.locator("input[type=checkbox]").check()
        press_first(page, "form [type=submit]")
        page.locator("[data-view=signature] form").wait_for()
        yield "signature"
        yield from self._not_now(page)
        page.go_back()
        press_first(page, ".bar-bottom .button-quiet")
        page.locator("dialog").wait_for()
        yield "decline"
        page.keyboard.press("Escape")
        press_first(page, ".panel .button-in-text")
        page.locator("dialog").wait_for()
        yield "delegate"

    def _not_now(self, page):
        """Yield what keeps a signature waiting: so many pictures within an hour, somebody else who works on the document."""
        self.stack.query(
            "UPDATE esign_signer SET pictures_at = (SELECT jsonb_agg(to_char(now() AT TIME ZONE 'UTC' - n * interval "
            f"'30 seconds', 'YYYY-MM-DD HH24:MI:SS')) FROM generate_series(1, 60) n) WHERE id = {self.signer}"
        )
        page.check("#esign-method-image", force=True)
        picture = {"name": "signature.png", "mimeType": "image/png", "buffer": white()}
        page.locator("input[type=file]").first.set_input_files(picture)
        page.locator(".field-error:not(:empty)").first.wait_for()
        yield "picture_limit"
        page.check("#esign-method-typed", force=True)
        page.check("#esign-consent")
        with held(self.stack, "esign_request", self.case.id):
            with page.expect_response("**/sign"):
                press_first(page, "form [type=submit]")
            page.locator(".actions .hint:not(:empty)").wait_for()
            page.evaluate(NEXT_FRAME)
            yield "busy"
            page.reload()  # gives the signature up
        press_first(page, ".bar-bottom .button-primary")
        page.locator("[data-view=fields] form, [data-view=signature] form").first.wait_for()

    def _code_step(self, page, lang):
        self.put("sign")
        self._forget_codes()
        page.goto(f"{self.link}?lang={lang}")
        before = len(self.inbox.codes())
        press_first(page, ".bar-bottom .button-primary")
        page.locator(".code-sent:has-text('+')").wait_for()
        yield "code"
        code = self.inbox.wait("codes", more_than=before)
        self._type_code(page, "000000" if code != "000000" else "111111")
        page.locator(".field-error:not(:empty)").wait_for()
        yield "code_wrong"
        with offline(page):
            yield "offline"
        with away(page):
            self._type_code(page, code)
            page.locator(".alert").wait_for()
            yield "unavailable"
        page.locator("[data-view=fields] form").wait_for()  # by itself, once the server is back

    def limits(self, page, lang):
        """Yield the page of who asked for five codes within an hour."""
        self.put("sign")
        self._forget_codes()
        self.stack.query(
            "INSERT INTO esign_otp (signer_ref, ip_bucket, code_mac, content_hash, reserved_at, voided_at, is_counted, tries) "
            f"SELECT {self.signer}, 'elsewhere', 'none', 'none', now() AT TIME ZONE 'UTC' - n * interval '2 minutes', "
            "now() AT TIME ZONE 'UTC', TRUE, 0 FROM generate_series(1, 5) n"
        )
        page.goto(f"{self.link}?lang={lang}")
        press_first(page, ".bar-bottom .button-primary")
        page.locator(".alert").wait_for()
        yield "code_limit"
        self._forget_codes()

    def without_scripts(self, page, lang):
        """Yield the page as who has switched JavaScript off sees it."""
        switch, wire = "Emulation.setScriptExecutionDisabled", page.context.new_cdp_session(page)
        for name in ("sign", "done", "lapsed"):
            self.put(name)
            wire.send(switch, {"value": True})
            page.goto(f"{self.link}?lang={lang}")
            wire.send(
                switch, {"value": False}
            )  # for who looks at it: what was skipped does not run later
            yield f"plain_{name}"
        wire.detach()

    def _type_code(self, page, code):
        page.fill("#esign-code", code)
        press_first(page, "form [type=submit]")

    def _forget_codes(self):
        self.stack.query(f"DELETE FROM esign_otp WHERE signer_ref = {self.signer}")


def white():
    """Return a picture as a file's bytes."""
    stored = io.BytesIO()
    Image.new("RGB", (400, 160), "white").save(stored, "PNG")
    return stored.getvalue()


@contextlib.contextmanager
def offline(page):
    """Take the connection away, and give it back; the page tells both by itself."""
    page.context.set_offline(True)
    page.locator(".line:not(:empty)").wait_for()
    yield
    page.context.set_offline(False)
    page.locator(".line:empty").wait_for(state="attached")


@contextlib.contextmanager
def away(page):
    """Let a proxy answer in the server's place, as it does while the server starts anew."""

    def proxy(route):
        route.fulfill(status=503, content_type="text/html", body="<h1>503</h1>")

    paths = "**/esign/**"
    page.route(paths, proxy)
    yield
    page.unroute(paths, proxy)
    page.locator(".line:empty").wait_for(state="attached")
