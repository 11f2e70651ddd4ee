"""Documents for our own people, with the rights of the request."""

from odoo import http
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
