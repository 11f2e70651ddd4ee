"""Asks why a request is cancelled."""

from odoo import fields, models


class EsignCancelWizard(models.TransientModel):
    """The reason is kept on the request and in its audit trail."""

    _name = "esign.cancel.wizard"
    _description = "Cancel a signing request"

    request_id = fields.Many2one("esign.request", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Cancel the request with the reason given."""
        self.ensure_one()
        request = self.request_id
        request.action_cancel(reason=request._given_reason(self.reason))
        return {"type": "ir.actions.act_window_close"}
