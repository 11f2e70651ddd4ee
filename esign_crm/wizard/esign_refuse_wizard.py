"""Asks why the sending of a request is refused."""

from odoo import fields, models


class EsignRefuseWizard(models.TransientModel):
    """The reason is told to whoever asked for approval."""

    _name = "esign.refuse.wizard"
    _description = "Refuse the sending of a request"

    approval_id = fields.Many2one("esign.approval", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Refuse with the reason given."""
        self.ensure_one()
        self.approval_id.action_refuse(reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
