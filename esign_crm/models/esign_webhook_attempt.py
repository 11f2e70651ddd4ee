"""One try of a webhook call, as it went."""

from odoo import fields, models


class EsignWebhookAttempt(models.Model):
    """Written by the sending process only; no group may write or delete."""

    _name = "esign.webhook.attempt"
    _description = "Try of a webhook call"
    _order = "id desc"
    _rec_name = "moment"

    call_id = fields.Many2one("esign.webhook.call", required=True, ondelete="cascade", index=True)
    moment = fields.Datetime(required=True)
    status = fields.Integer(string="HTTP status", help="0 when there was no answer.")
    duration_ms = fields.Integer(string="Milliseconds")
    answer = fields.Char(help="The beginning of the receiver's answer.")
    error = fields.Char(string="What went wrong")
