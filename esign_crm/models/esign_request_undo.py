"""Taking back what was sent by mistake, as long as nothing has left."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .form_action import form_action

UNDO_SECONDS = 60
FLAG = "esign_may_undo"  # put into the context by the buttons on the screen; over RPC messages leave at once


class EsignRequest(models.Model):
    """The first messages of what is sent from the screen wait a minute in the outbox."""

    _inherit = "esign.request"

    undo_until = fields.Datetime(string="Leaves at", readonly=True, copy=False)
    undo_seconds = fields.Integer(string="Leaves in (seconds)", compute="_compute_undo_seconds")

    @api.depends("undo_until", "state")
    def _compute_undo_seconds(self):
        now = fields.Datetime.now()
        for request in self:
            is_open = request.state == "sent" and request.undo_until and request.undo_until > now
            request.undo_seconds = (request.undo_until - now).total_seconds() if is_open else False

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_undo_send(self):
        """Take back what was sent a moment ago and open it as a new draft; nobody hears of it.

        :raises UserError: a message has left, or may have
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_or_refuse()
        if not self.undo_seconds or not self._is_all_held():
            raise UserError(
                self.env._(
                    "%(number)s cannot be undone any more: a message has left. Cancel it instead.",
                    number=self.name,
                )
            )
        draft = self._as_new_draft(user_id=self.user_id.id or self.env.uid)
        words = self.env._(
            "Undone before anything had left; %(number)s is the new draft.", number=draft.name
        )
        self._close("cancelled", cancel_reason=words, undo_until=False)
        self.env["esign.event"]._append(
            self, "cancelled", {"by": self.env.user.name, "reason": words, "undone": True}
        )
        return form_action(draft)

    def action_send_now(self):
        """End the waiting: the first messages leave at once."""
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            if not request.undo_seconds:
                continue  # they have left by themselves in the meantime
            request._set_system_sudo(undo_until=False)
            self.env["esign.message"]._hasten(request)
            self.env["esign.rule.run"]._hasten(request)
        return True

    # --- the outbox ------------------------------------------------------------------------------------------------

    def _hold_for_undo(self):
        """Return how many seconds the first messages wait, and note until when; none but from the screen."""
        if not self.env.context.get(FLAG):
            return 0
        until = fields.Datetime.now() + timedelta(seconds=UNDO_SECONDS)
        self._set_system_sudo(undo_until=until)
        return UNDO_SECONDS

    def _is_all_held(self):
        """Lock the request's messages and tell whether no try was made to send any.

        A row that a sender holds at this moment is skipped and counts as having left. One that was sent since this
        transaction began makes PostgreSQL refuse, upon which Odoo repeats the call.
        """
        self.env["esign.message"].flush_model()
        self.env.cr.execute(
            """
            SELECT state, attempts FROM esign_message WHERE request_id = %s
            FOR UPDATE SKIP LOCKED
            """,
            (self.id,),
        )
        rows = self.env.cr.fetchall()
        count = self.env["esign.message"].sudo().search_count([("request_id", "=", self.id)])
        return len(rows) == count and all(row == ("queued", 0) for row in rows)
