"""The printed act for our own people, with the rights of the act."""

from odoo import http
from odoo.http import content_disposition, request


class ActController(http.Controller):
    """The kept PDF, shown in the browser."""

    @http.route(
        "/esign_crm/act/<int:act_id>", type="http", auth="user", methods=["GET"], readonly=True
    )
    def esign_act(self, act_id):
        """Return the printed act to whoever may read it."""
        act = request.env["esign.act"].search([("id", "=", act_id), ("print_state", "=", "ready")])
        if not act:
            raise request.not_found()
        name = content_disposition(act._file_name(), disposition_type="inline")
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", name),
            ("Cache-Control", "private, no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(act._pdf_bytes(), headers)
