"""The public integrity check: by QR or code (the record), by file."""

import hashlib
import json
import re

from odoo import http
from odoo.http import request

from ..tools.errors import VerificationError
from ..tools.pdf.claim import claimed_codes_in_jail
from ..tools.sealing.verify import verify_in_jail
from .assets import asset_urls
from .public import PublicController, set_public_headers

MAX_BYTES = 26 * 1024 * 1024  # what was taken in at 25 MB, and its certificate pages
# As pyHanko writes it into the seal's /Reason: a literal string, its slashes in octal (ISO 32000-1, 7.3.4.2).
CODE_IN_FILE = re.compile(rb"esign(?:/|\\057)verify(?:/|\\057)([A-Z2-7]{26})")
PAGE = {"type": "http", "auth": "public", "save_session": False, "sitemap": False}


class VerificationController(PublicController):
    """Facts by code, certainty by file. No rights are asked: what is shown is masked and public by design."""

    @http.route(["/esign/verify", "/esign/verify/<string:code>"], methods=["GET"], **PAGE)
    def esign_verify(self, code=None, **kwargs):
        """Show the form, or the record that ``code`` (from the QR) stands for."""
        self._check_any_public_host()
        code = code or kwargs.get("code")
        if not code:
            return self._answer(None)
        request_sudo = request.env["esign.request"]._find_by_code_sudo(code)
        return self._answer(
            request_sudo._record_verdict() if request_sudo else _unknown("record"), code=code
        )

    @http.route(
        "/esign/verify", methods=["POST"], csrf=False, max_content_length=MAX_BYTES + 65536, **PAGE
    )
    def esign_verify_file(self, file=None, **_kwargs):
        """Check an uploaded file (multipart ``file``, at most 25 MB)."""
        self._check_any_public_host()
        content = file.read(MAX_BYTES + 1) if hasattr(file, "read") else b""
        if not content or len(content) > MAX_BYTES:
            reason = "too_large" if content else "empty"
            return self._answer(
                {"verdict": "unknown", "checked": "file", "reasons": [reason], "facts": {}}
            )
        return self._answer(self._file_verdict(content))

    def _file_verdict(self, content):
        """Return the verdict on file bytes, checked against the registry and in the jail."""
        digest = hashlib.sha256(content).hexdigest()
        requests_sudo = request.env["esign.request"].sudo()
        request_sudo = requests_sudo.search([("sealed_sha256", "=", digest)], limit=1)
        if not request_sudo:
            request_sudo = self._claimed_request_sudo(content)
        record = request_sudo._verification_record() if request_sudo else None
        try:
            report = verify_in_jail(
                content,
                record,
                known_keys=request.env["esign.sealing.key"]._known_fingerprints_sudo(),
            )
        except VerificationError as error:
            return {"verdict": "unknown", "checked": "file", "reasons": [error.code], "facts": {}}
        if not request_sudo:
            return {
                "verdict": report.verdict,
                "checked": "file",
                "reasons": list(report.reasons),
                "facts": {"sha256": digest},
            }
        is_genuine = report.verdict in ("valid", "revoked")
        facts = (
            request_sudo._public_facts()
            if is_genuine
            else {"number": request_sudo.name, "sha256": digest}
        )
        return {
            "verdict": report.verdict,
            "checked": "file",
            "reasons": list(report.reasons),
            "facts": facts,
        }

    def _claimed_request_sudo(self, content):
        """Return the request that a file claims to be: by its seal's reason, else by its certificate page."""
        requests_sudo = request.env["esign.request"].sudo()
        found = CODE_IN_FILE.search(content)
        codes = [found.group(1).decode()] if found else claimed_codes_in_jail(content)
        found_sudo = (requests_sudo._find_by_code_sudo(code) for code in codes)
        return next(filter(None, found_sudo), requests_sudo)

    def _answer(self, verdict, code=""):
        """Return ``verdict`` as JSON to who accepts it, else as a page."""
        if (
            request.httprequest.accept_mimetypes.best_match(["text/html", "application/json"])
            == "application/json"
        ):
            body = verdict or {
                "verdict": "unknown",
                "checked": "record",
                "reasons": ["no_code"],
                "facts": {},
            }
            response = request.make_response(
                json.dumps(body, ensure_ascii=False),
                [("Content-Type", "application/json; charset=utf-8")],
            )
            set_public_headers(response)
            return response
        values = request.env["esign.request"]._verification_page_values(verdict, code)
        return self._page("esign_crm.verification_page", values | {"assets": asset_urls()})


def _unknown(checked):
    return {"verdict": "unknown", "checked": checked, "reasons": ["not_in_registry"], "facts": {}}
