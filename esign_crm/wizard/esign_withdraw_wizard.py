"""Asks why a signed document is withdrawn."""

from odoo import fields, models


class EsignWithdrawWizard(models.TransientModel):
    """The reason is kept on the request and in its audit trail, and told to whoever signed."""

    _name = "esign.withdraw.wizard"
    _description = "Withdraw a signed document"

    request_id = fields.Many2one("esign.request", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Withdraw the document with the reason given."""
        self.ensure_one()
        self.request_id.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
