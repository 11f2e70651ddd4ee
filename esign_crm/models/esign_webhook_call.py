"""One call of a webhook endpoint: a row of an outbox of its own."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .guards import passes_door, through_door

STATES = [
    ("queued", "Waiting to be sent"),
    ("sending", "Being sent"),
    ("done", "Delivered"),
    ("failed", "Not delivered"),
    ("cancelled", "Cancelled"),
]
MOVES = {
    "queued": {"sending", "failed", "cancelled"},
    "sending": {"queued", "done", "failed", "cancelled"},
    "failed": {"queued"},
    "cancelled": {"queued"},
}
CRONS = ("esign_crm.esign_webhook_call_cron_1", "esign_crm.esign_webhook_call_cron_2")


class EsignWebhookCall(models.Model):
    """Written in the transaction of its cause, sent after the commit, repeated with the same body and delivery id.

    A row in state *sending* is in the hands of one worker, which holds its lock while it talks to the receiver.
    """

    _name = "esign.webhook.call"
    _inherit = "esign.queue.mixin"
    _description = "Webhook call"
    _order = "id desc"
    _rec_name = "delivery"
    _queue_crons = CRONS
    _queue_stale_seconds = 60  # longer than a call may take

    endpoint_id = fields.Many2one("esign.endpoint", required=True, ondelete="restrict", index=True)
    request_id = fields.Many2one("esign.request", ondelete="restrict", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", string="Told of a failure", ondelete="set null")
    trigger = fields.Char(string="Event", required=True)
    delivery = fields.Char(string="Delivery id", required=True)
    payload = fields.Text(string="Body", required=True)
    state = fields.Selection(STATES, required=True, default="queued")
    attempts = fields.Integer(string="Tries", default=0)
    next_try_at = fields.Datetime(string="Next try")
    claimed_at = fields.Datetime(string="Last try")
    done_at = fields.Datetime(string="Delivered")
    error = fields.Char(string="What went wrong")
    attempt_ids = fields.One2many("esign.webhook.attempt", "call_id", string="Each try")

    _delivery_unique = models.UniqueIndex("(delivery)")
    _due_idx = models.Index("(next_try_at, id) WHERE state IN ('queued', 'sending')")

    # --- CRUD ------------------------------------------------------------------------------------------------------

    def write(self, vals):
        """Refuse: only the sending process writes."""
        if not passes_door(self):
            raise AccessError(self.env._("Calls are written by the sending process only."))
        return super().write(vals)

    def copy(self, default=None):
        """Refuse: a copy would call again."""
        raise UserError(self.env._("A call cannot be duplicated."))

    def _set_state(self, state, **values):
        """Move to ``state``; the only writer of it. Calls belong to nobody, hence the sudo.

        :raises UserError: the move is not one of the state machine's
        """
        for call in self:
            if state not in MOVES.get(call.state, ()):
                raise UserError(self.env._("Only a call that was not delivered can be repeated."))
        for call in self:
            through_door(call.sudo()).write(values | {"state": state})

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_retry(self):
        """Try calls that were not delivered again, now, with all their tries. For managers and administrators.

        :raises UserError: a call was delivered, or is on its way
        """
        self.check_access("read")
        if not self.env.user.has_group("esign_crm.group_manager"):
            raise AccessError(self.env._("Only managers repeat a call."))
        for call in self:
            call._set_state("queued", attempts=0, error=False, next_try_at=fields.Datetime.now())
        self._wake()
        return True
