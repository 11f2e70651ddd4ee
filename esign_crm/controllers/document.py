"""Documents for our own people, with the rights of the request."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request


class DocumentController(http.Controller):
    """Bytes by the reader's rights; what strangers see goes by the secret of a link, elsewhere."""

    @http.route(
        "/esign_crm/document/<int:document_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def esign_own_document(self, document_id):
        """Return a stored PDF, hashed again, to whoever may read its request."""
        document = request.env["esign.document"].search([("id", "=", document_id)])
        if not document:
            raise request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(document.name)),
            ("Cache-Control", "private, no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(document._bytes(), headers)

    @http.route(
        "/esign_crm/upload/<int:attachment_id>/page/<int:number>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def esign_upload_page(self, attachment_id, number, size="small"):
        """Return the picture of one page of the user's own upload in the sending form; drawn anew for each browser."""
        wizards = request.env["esign.send.wizard"]
        try:
            content, mimetype = wizards._upload_page(attachment_id, number, size)
        except UserError as error:
            raise request.not_found() from error
        headers = [
            ("Content-Type", mimetype),
            ("Cache-Control", "private, max-age=3600"),  # an upload never changes
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    @http.route(
        "/esign_crm/document/<int:document_id>/page/<int:number>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def esign_own_page(self, document_id, number):
        """Return the picture of one page to whoever may read the document's request or template."""
        document = request.env["esign.document"].search([("id", "=", document_id)])
        if not 1 <= number <= document.page_count:
            raise request.not_found()
        etag = f"{document.sha256[:32]}-{number}"
        headers = [
            ("ETag", f'"{etag}"'),
            ("Cache-Control", "private, no-cache"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if etag in request.httprequest.if_none_match:
            return request.make_response(b"", headers, status=304)
        content, mimetype = document._page_image(number)
        return request.make_response(content, [("Content-Type", mimetype), *headers])
