"""Asks until when a request may be signed after all."""

from datetime import timedelta

from odoo import api, fields, models

from ..tools.reminder_schedule import end_of_day


class EsignExtendWizard(models.TransientModel):
    """The new deadline is the end of a day where the sender is; the reason is kept in the audit trail."""

    _name = "esign.extend.wizard"
    _description = "Extend the deadline of a signing request"

    request_id = fields.Many2one("esign.request", required=True, readonly=True)
    request_state = fields.Selection(related="request_id.state", string="State of the request")
    present_deadline_at = fields.Datetime(
        related="request_id.deadline_at", string="Present deadline"
    )
    deadline_on = fields.Date(
        string="Sign before",
        required=True,
        compute="_compute_deadline_on",
        store=True,
        readonly=False,
    )
    reason = fields.Char()

    @api.depends("request_id")
    def _compute_deadline_on(self):
        """Propose a week more than there is, or than today."""
        for wizard in self:
            present = wizard.request_id.deadline_at or fields.Datetime.now()
            start = max(present, fields.Datetime.now())
            local = fields.Datetime.context_timestamp(wizard, start)
            wizard.deadline_on = local.date() + timedelta(days=7)

    def action_confirm(self):
        """Extend the deadline to the end of the chosen day."""
        self.ensure_one()
        moment = end_of_day(self.deadline_on, self.env.user.tz or "UTC")
        self.request_id.action_extend(moment, reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
