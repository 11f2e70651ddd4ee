"""The signer's page and its steps."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.esign_page_texts import refusal_words
from .assets import asset_urls
from .public import PublicController, script_safe

ROUTE = "/esign/s/<string:token>"
COOKIE = "esign"
VISIT_COOKIE = "esign_visit"
VISIT_COOKIE_SECONDS = 86_400
IDLE_SECONDS = 1800
STEP = {
    "type": "esign_jsonrpc",
    "auth": "public",
    "methods": ["POST"],
    "save_session": False,
    "csrf": False,
    "max_content_length": 16 * 1024 * 1024,  # an image of 5 MB in base64, with a draft
}


class SigningController(PublicController):
    """Each step: who (by the secret), one model call, the answer."""

    @http.route(
        ROUTE, type="http", auth="public", methods=["GET"], save_session=False, sitemap=False
    )
    def esign_page(self, token, lang=None, **_kwargs):
        """Show the page of this link's present situation, in ``lang`` where the visitor switched to it."""
        visit = request.env["esign.link"]._begin_visit_sudo(token)
        signer_sudo, link_sudo = self._signer(token, visit, lang)
        if not signer_sudo:
            return self._not_found()
        if visit:
            self._set_visit_cookie(signer_sudo, token, visit)
        request.update_context(lang=signer_sudo.env.lang)
        values = signer_sudo._page_values(link_sudo, token, self._cookie())
        return self._page(
            "esign_crm.signing_page",
            {
                "page_json": script_safe(values),
                "title": values["request"].get("title") or values["request"]["number"],
                "assets": asset_urls(),
                "company": values["company"]["name"],
                "number": values["request"]["number"],
                "plain": signer_sudo._plain_page(values),
            },
        )

    @http.route(f"{ROUTE}/opened", **STEP)
    def esign_opened(self, token, **_kwargs):
        """Note that a person moved on the page."""
        return self._step(token, lambda signer: signer._page_shown(self._ip(), self._device()))

    @http.route(f"{ROUTE}/draft", **STEP)
    def esign_draft(self, token, values=None, signature=None, pictures=None, **_kwargs):
        """Keep what was typed, drawn and chosen so far."""
        draft = {"values": values, "signature": signature}
        return self._step(token, lambda signer: signer._keep_draft(draft, self._cookie(), pictures))

    @http.route(f"{ROUTE}/stamp", **STEP)
    def esign_stamp(self, token, field=None, **_kwargs):
        """Give the stamp that this signer used last, where one is asked of him."""
        return self._step(token, lambda signer: signer._earlier_stamp(field, self._cookie()))

    @http.route(f"{ROUTE}/code", **STEP)
    def esign_code(self, token, purpose=None, **_kwargs):
        """Send a one-time code; ``purpose`` is ``decline`` or ``delegate`` where nothing is to be signed."""
        is_to_decline = purpose in ("decline", "delegate")
        return self._step(token, lambda signer: signer._request_code(self._ip(), is_to_decline))

    @http.route(f"{ROUTE}/confirm", **STEP)
    def esign_confirm(self, token, code=None, **_kwargs):
        """Check a one-time code; the right one earns this browser the confirmation cookie."""

        def confirm(signer_sudo):
            answer, cookie = signer_sudo._confirm_code(code, self._ip())
            if cookie:
                self._set_cookie(signer_sudo, token, cookie)
            return answer

        return self._step(token, confirm)

    @http.route(f"{ROUTE}/sign", **STEP)
    def esign_sign(self, token, values=None, signature=None, consent=None, **_kwargs):
        """Sign; the last signature is sealed before the answer."""

        def sign(signer_sudo):
            if self._is_staff_for(signer_sudo):
                return {"error": "internal_session"}
            answer = signer_sudo._sign(values or {}, signature, consent, self._evidence())
            return self._with_seal(signer_sudo, answer)

        return self._step(token, sign, closed_too=("signed", "done", "sealing"))

    @http.route(f"{ROUTE}/decline", **STEP)
    def esign_decline(self, token, reason=None, **_kwargs):
        """Decline to sign, with a reason."""
        return self._step(token, lambda signer: signer._decline(reason, self._evidence()))

    @http.route(f"{ROUTE}/delegate", **STEP)
    def esign_delegate(
        self, token, name=None, address=None, reason=None, take_back=None, **_kwargs
    ):
        """Propose somebody else to sign in this signer's place, or take that proposal back."""

        def delegate(signer_sudo):
            if self._is_staff_for(signer_sudo):
                return {"error": "internal_session"}
            if take_back:
                return signer_sudo._withdraw_delegation(self._evidence())
            person = {"name": name, "address": address, "reason": reason}
            return signer_sudo._propose_delegation(person, self._evidence())

        return self._step(token, delegate)

    @http.route(f"{ROUTE}/fresh", **STEP)
    def esign_fresh(self, token, **_kwargs):
        """From a lapsed page: a new link to the address on file; always the same answer."""
        return self._step(token, lambda signer: signer._ask_fresh(), closed_too=("lapsed",))

    # --- parts -----------------------------------------------------------------------------------------------------

    def _signer(self, token, visit="", asked_lang=None):
        """Return (signer, link) of the secret, both under sudo, the host checked."""
        visit = visit or request.httprequest.cookies.get(VISIT_COOKIE, "")
        signer_sudo, link_sudo = request.env["esign.signer"]._find_by_token_sudo(
            token, visit, asked_lang
        )
        if signer_sudo:
            self._check_public_host(signer_sudo.request_id.company_id)
        return signer_sudo, link_sudo

    def _step(self, token, work, closed_too=()):
        """Run ``work(signer)`` if the link is good for it, and put a refusal into the signer's words.

        The page says in which language it is (``lang`` of each call); who says nothing has the one on file.
        """
        asked_lang = request.params.get("lang")
        asked_lang = asked_lang if isinstance(asked_lang, str) else None
        signer_sudo, link_sudo = self._signer(token, asked_lang=asked_lang)
        if not signer_sudo:
            return {"error": "not_found"}
        try:
            self._check_origin(signer_sudo.request_id.company_id)
        except NotFound:
            return {"error": "not_found"}
        situation = signer_sudo._situation(link_sudo)
        answer = self._refusal(situation, closed_too) or work(signer_sudo)
        if answer.get("error"):
            answer["message"] = refusal_words(signer_sudo.env, answer)
        return answer

    def _refusal(self, situation, closed_too):
        """Return why no step is possible in ``situation``, or None."""
        if situation == "sign" or situation in closed_too:
            return None
        code = {"waiting": "not_your_turn", "locked": "locked", "signed": "already_signed"}.get(
            situation, "closed"
        )
        return {"error": code}

    def _with_seal(self, signer_sudo, answer):
        """Commit the signature, then seal in a new transaction if it was the last; tell in the answer."""
        if answer.get("state") != "signed":
            return answer
        request_sudo = signer_sudo.request_id
        if request_sudo.state == "sealing":
            request.env.cr.commit()  # the signature stands, whatever becomes of the seal
            return answer | {"sealed": request_sudo._seal_now()}
        return answer | {"sealed": request_sudo.state == "done"}

    def _is_staff_for(self, signer_sudo):
        """Tell whether a client's step comes from a browser in which one of our people is logged in."""
        is_logged_in = request.session.uid and request.env.user._is_internal()
        return bool(signer_sudo.side == "client" and is_logged_in)

    def _evidence(self):
        return {"cookie": self._cookie(), "ip": self._ip(), "device": self._device()}

    def _cookie(self):
        return request.httprequest.cookies.get(COOKIE, "")

    def _set_cookie(self, signer_sudo, token, cookie):
        """Bind the confirmation to this browser and this link's path."""
        options = {"samesite": "Strict", "max_age": IDLE_SECONDS * 4}
        self._set_link_cookie(signer_sudo, token, (COOKIE, cookie), **options)

    def _set_visit_cookie(self, signer_sudo, token, visit):
        """Bind a link from the portal to this browser.

        Lax: the portal may stand under another host than this page. It outlives the visit, so that its end is told.
        """
        options = {"samesite": "Lax", "max_age": VISIT_COOKIE_SECONDS}
        self._set_link_cookie(signer_sudo, token, (VISIT_COOKIE, visit), **options)

    def _set_link_cookie(self, signer_sudo, token, cookie, **options):
        is_https = signer_sudo.request_id.company_id._esign_public_url().startswith("https:")
        request.future_response.set_cookie(
            *cookie,
            **options,
            path=f"/esign/s/{token}",
            httponly=True,
            secure=is_https,
            cookie_type="required",
        )
