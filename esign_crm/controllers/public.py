"""What all public routes share: host and origin checks, headers, errors without a traceback."""

import json
import logging
from urllib.parse import urlsplit

from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge, abort

from odoo import http
from odoo.http import JsonRPCDispatcher, Response, request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..models.esign_page_texts import refusal_words
from ..tools import languages
from ..tools.json_values import plain
from .assets import asset_urls

_logger = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class EsignJsonDispatcher(JsonRPCDispatcher):
    """Odoo's JSON-RPC for strangers: the same protocol, but no exception, class name or traceback ever leaves."""

    routing_type = "esign_jsonrpc"

    @classmethod
    def is_compatible_with(cls, request):
        """Take JSON only."""
        return request.httprequest.mimetype == "application/json"

    def dispatch(self, endpoint, args):
        """Call the step with plain values; nothing that a visitor names can be anything but a parameter."""
        call = self._read_call()
        self.jsonrequest, self.request_id = call, call.get("id")
        given = {key: value for key, value in (call.get("params") or {}).items() if key != "self"}
        self.request.params = given | args
        return self._response(self.request.registry["ir.http"]._dispatch(endpoint))

    def _read_call(self):
        """Return the body as a dictionary, or end the request: it is no call of ours."""
        try:
            call = plain(self.request.get_json_data())
        except (ValueError, RecursionError):
            call = None
        if isinstance(call, dict) and isinstance(call.get("params") or {}, dict):
            return call
        answer = Response("This is no JSON-RPC call.", status=400, content_type="text/plain")
        set_public_headers(answer)
        return abort(answer)  # an exception that carries its answer

    def post_dispatch(self, response):
        """Add the headers of public pages."""
        result = super().post_dispatch(response)
        set_public_headers(response)
        return result

    def handle_error(self, exc):
        """Answer a refusal in place of whatever went wrong; the log has the rest."""
        answer = self._refusal(exc)
        if answer["error"] != "not_found":
            answer["message"] = refusal_words(self.request.env(context={}), answer)
        response = self._response(result=answer)
        set_public_headers(response)
        return response

    @staticmethod
    def _refusal(exc):
        """Return the refusal that stands for an exception."""
        if isinstance(exc, RequestEntityTooLarge):
            return {"error": "image_refused", "reason": "too_large"}
        if isinstance(exc, HTTPException):
            return {"error": "not_found"}
        _logger.error("a public step failed", exc_info=exc)
        if isinstance(exc, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            return {"error": "busy", "retry_after": 2}
        return {"error": "failed"}


def set_public_headers(response):
    """Put the headers of public pages on ``response`` where it has not set its own."""
    for name, value in PAGE_HEADERS.items():
        response.headers.setdefault(name, value)


def script_safe(values):
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(values, ensure_ascii=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 (escaped)


class PublicController(http.Controller):
    """Base of the public routes."""

    @http.route(
        "/esign/<path:rest>",
        type="http",
        auth="public",
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    def esign_nothing(self, **_kwargs):
        """Answer what is no route of ours like a link that was never issued: no page, cookie or header of Odoo's."""
        return self._not_found()

    def _page(self, template, values, status=200, languages_path=""):
        """Return one of our pages in the language spoken; no layout of Odoo's.

        :param str languages_path: where the switch of languages leads; empty: the address of the page itself
        """
        spoken = self._lang()
        values |= {
            "html_lang": languages.html_tag(spoken),  # QWeb has a "lang" of its own
            "languages": [
                {
                    "name": languages.NAMES[code],
                    "tag": languages.html_tag(code),
                    "href": f"{languages_path}?lang={languages.short(code)}",
                    "is_spoken": code == spoken,
                }
                for code in request.env["res.lang"]._esign_codes()
            ],
        }
        html = request.env["ir.qweb"].sudo()._render(template, values)
        response = request.make_response(
            "<!DOCTYPE html>\n" + str(html),
            [("Content-Type", "text/html; charset=utf-8")],
            status=status,
        )
        set_public_headers(response)
        return response

    def _not_found(self):
        """Return the one 404 page of all links that were never issued."""
        self._speak(request.httprequest.args.get("lang"))
        return self._page("esign_crm.not_found_page", {"assets": asset_urls()}, status=404)

    def _speak(self, asked=None):
        """Answer this stranger in the language that ``asked`` names, else in the one that the browser prefers.

        Nothing is remembered: no cookie, no session. What is chosen goes on with each link.
        """
        accepted = request.httprequest.accept_languages.values()
        known = request.env["res.lang"]._esign_codes()
        request.update_context(lang=languages.choose(asked, accepted, known))

    def _lang(self):
        """Return the code of the language spoken."""
        return request.env.lang or languages.ENGLISH

    def _check_public_host(self, company_sudo):
        """Answer 404 under any other host than the company's own public one.

        :raises NotFound: wrong host
        """
        if request.httprequest.host.lower() != company_sudo._esign_host():
            raise NotFound(response=self._not_found())

    def _check_any_public_host(self):
        """Answer 404 under hosts that are no company's, for pages that belong to none in particular."""
        companies_sudo = (
            request.env["res.company"].sudo().search([("esign_public_url", "!=", False)])
        )
        if request.httprequest.host.lower() not in {
            company._esign_host() for company in companies_sudo
        }:
            raise NotFound(response=self._not_found())

    def _check_origin(self, company_sudo):
        """Refuse a POST that a page of another origin makes.

        :raises NotFound: foreign origin
        """
        origin = request.httprequest.headers.get("Origin")
        if origin and urlsplit(origin).netloc.lower() != company_sudo._esign_host():
            raise NotFound
        if request.httprequest.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            raise NotFound

    def _check_same_site(self):
        """Refuse what another site's page has sent: nobody is shown a verdict on a file that he did not choose.

        Our own forms say ``Origin: null``, for our pages send no referrer.

        :raises NotFound: a foreign site
        """
        headers = request.httprequest.headers
        origin, site = headers.get("Origin", "null"), headers.get("Sec-Fetch-Site")
        is_foreign = origin != "null" and (
            urlsplit(origin).netloc.lower() != request.httprequest.host.lower()
        )
        if is_foreign or site not in (None, "same-origin", "none"):
            raise NotFound(response=self._not_found())

    def _ip(self):
        """Return the visitor's address as the server saw it, never as a header of the visitor claims."""
        return request.httprequest.remote_addr or ""

    def _device(self):
        """Return the visitor's browser as it names itself, cut to what a certificate page can hold."""
        claimed = request.httprequest.headers.get("User-Agent") or ""
        return "".join(each for each in claimed if " " <= each <= "~")[:200]
