"""The public integrity check: by QR or code (the record), by file, by a file's SHA-256."""

import json
from urllib.parse import quote

from odoo import http
from odoo.http import request

from .assets import asset_urls
from .public import PublicController, script_safe, set_public_headers

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE + 768 * 1024  # what was taken in at 25 MB, and its certificate pages
READ_AT_MOST = (
    64 * MEGABYTE
)  # beyond our limit, so that a file somewhat too large is refused in words
PAGE = {"type": "http", "auth": "public", "save_session": False, "sitemap": False}
HASHED_HERE = "X-Esign-Hashed"  # no form of another site can send it


class VerificationController(PublicController):
    """Facts by code, certainty by file. No rights are asked: what is shown is masked and public by design."""

    @http.route(["/esign/verify", "/esign/verify/<string:code>"], methods=["GET"], **PAGE)
    def esign_verify(self, code=None, **kwargs):
        """Show the form, or the record that ``code`` (from the QR) stands for."""
        self._check_any_public_host()
        self._speak(kwargs.get("lang"))
        code = code or kwargs.get("code")
        if not code:
            return self._answer(None, "form")
        return self._limited("code", code) or self._answer(
            request.env["esign.request"]._verify_code(code), "code", code
        )

    @http.route(
        "/esign/verify", methods=["POST"], csrf=False, max_content_length=READ_AT_MOST, **PAGE
    )
    def esign_verify_file(self, file=None, sha256=None, **kwargs):
        """Check an uploaded file (multipart ``file``, at most 25 MB), or look a file's ``sha256`` up."""
        self._check_any_public_host()
        self._check_same_site()
        self._speak(kwargs.get("lang"))
        requests = request.env["esign.request"]
        if sha256 and not file:
            # a mark only for the page that has hashed the file itself: digits from elsewhere tell nothing of a file
            by = "hash" if request.httprequest.headers.get(HASHED_HERE) else "digits"
            return self._limited(by) or self._answer(requests._verify_sha256(sha256), by)
        content = file.read(MAX_BYTES + 1) if hasattr(file, "read") else b""
        if not content or len(content) > MAX_BYTES:
            return self._answer(
                (_unchecked("file", "too_large" if content else "empty"), requests), "file"
            )
        return self._limited("file") or self._answer(requests._verify_file(content), "file")

    def _limited(self, by, code=""):
        """Count this check; return the answer to who makes too many, else nothing."""
        seconds = request.env["esign.check"]._seconds_to_wait(self._ip())
        if not seconds:
            return None
        checked = "file" if by == "file" else "record"
        verdict = _unchecked(checked, "too_many") | {"retry_after": seconds}
        response = self._answer((verdict, request.env["esign.request"]), by, code)
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
        return response

    def _answer(self, found, by, code=""):
        """Return a verdict as JSON to who accepts it, else as a page.

        :param found: verdict and request, or None for the bare form
        """
        verdict, request_sudo = found or (None, request.env["esign.request"])
        accepted = request.httprequest.accept_mimetypes
        if accepted.best_match(["text/html", "application/json"]) == "application/json":
            return self._json(verdict or _unchecked("record", "no_code"))
        values = request_sudo.with_env(request.env(su=True))._verification_page_values(
            verdict, by, code
        )
        values |= {"assets": asset_urls(), "max_bytes": MAX_BYTES}
        values["page_json"] = script_safe({"texts": values["texts"], "lang": self._lang()})
        path = f"/esign/verify/{quote(code, safe='')}" if code else "/esign/verify"
        return self._page("esign_crm.verification_page", values, languages_path=path)

    def _json(self, body):
        response = request.make_response(
            json.dumps(body, ensure_ascii=False),
            [("Content-Type", "application/json; charset=utf-8")],
        )
        set_public_headers(response)
        return response


def _unchecked(checked, reason):
    """Return the verdict on what was not examined."""
    return {"verdict": "unknown", "checked": checked, "reasons": [reason], "facts": {}}
