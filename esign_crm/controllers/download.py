"""Files of a link: page images, the frozen PDF, the sealed PDF."""

import logging

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.esign_document import SHARP_WIDTH_PIXELS
from .public import set_public_headers
from .signing import ROUTE, SigningController

_logger = logging.getLogger(__name__)

READ = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "save_session": False,
    "sitemap": False,
}


class DownloadController(SigningController):
    """Bytes by the secret of a link."""

    @http.route(f"{ROUTE}/page/<int:number>", **READ)
    def esign_page_image(self, token, number, sharp=None):
        """Return the picture of one page of the frozen document; with ``sharp`` one with more points."""
        signer_sudo, link_sudo = self._signer(token)
        document_sudo = signer_sudo.request_id.frozen_document_id
        if not signer_sudo or not signer_sudo._may_read_document(link_sudo):
            return self._not_found()
        if not 1 <= number <= document_sudo.page_count:
            return self._not_found()
        width = f"-{SHARP_WIDTH_PIXELS}" if sharp else ""
        etag = f"{document_sudo.sha256[:32]}-{number}{width}"
        if etag in request.httprequest.if_none_match:
            return self._file(b"", "image/webp", etag=etag, status=304)
        return self._answer_file(
            lambda: self._picture(document_sudo._page_image(number, bool(sharp)), etag)
        )

    @http.route(f"{ROUTE}/document", **READ)
    def esign_document(self, token):
        """Return the frozen PDF, named as unsigned."""
        signer_sudo, link_sudo = self._signer(token)
        if not signer_sudo or not signer_sudo._may_read_document(link_sudo):
            return self._not_found()
        document_sudo = signer_sudo.request_id.frozen_document_id
        return self._answer_file(
            lambda: self._file(document_sudo._bytes(), "application/pdf", name=document_sudo.name)
        )

    @http.route(f"{ROUTE}/download", **READ)
    def esign_download(self, token):
        """Return the sealed PDF while its 14 days last."""
        signer_sudo, link_sudo = self._signer(token)
        if not signer_sudo or signer_sudo._situation(link_sudo) != "done":
            return self._not_found()
        request_sudo = signer_sudo.request_id
        name = f"{request_sudo.name}.pdf"
        return self._answer_file(
            lambda: self._file(request_sudo._sealed_bytes(), "application/pdf", name=name)
        )

    def _answer_file(self, read):
        """Return ``read()``; of a stored file that is missing or altered strangers learn nothing."""
        try:
            return read()
        except UserError as error:
            _logger.error("a stored file could not be served: %s", error)  # noqa: TRY400 (its words say all)
            return self._not_found()

    def _picture(self, image, etag):
        """Return a page's picture, or 503 while another sharp one of the document is drawn."""
        if image:
            return self._file(*image, etag=etag)
        response = self._file(b"", "image/webp", status=503)
        response.headers["Retry-After"] = "3"
        return response

    def _file(self, content, mimetype, *, name=None, etag=None, status=200):
        headers = [("Content-Type", mimetype), ("Content-Length", str(len(content)))]
        if name:
            headers.append(("Content-Disposition", content_disposition(name)))
        if etag:
            headers += [("ETag", f'"{etag}"'), ("Cache-Control", "private, no-cache")]
        response = request.make_response(content, headers, status=status)
        set_public_headers(response)
        return response
