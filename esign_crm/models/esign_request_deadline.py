"""The deadline: a notice before it, the end at it, and more time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import reminder_schedule

PUT_OFF_HOURS = 1


class EsignRequest(models.Model):
    """``deadline_notice_at`` is when the sender is told that the deadline comes near; emptied once he was."""

    _inherit = "esign.request"

    deadline_notice_at = fields.Datetime(readonly=True, copy=False)

    _deadline_notice_idx = models.Index("(deadline_notice_at) WHERE deadline_notice_at IS NOT NULL")
    _deadline_idx = models.Index("(deadline_at) WHERE state = 'sent' AND deadline_at IS NOT NULL")

    def action_extend(self, deadline_at, reason=None):
        """Give more time: to a request whose deadline comes near, or has passed.

        Links that were live go on working; whoever's turn it is gets a new message. Called by the wizard and over RPC.

        :param datetime deadline_at: naive UTC, also as text
        :raises UserError: no deadline to extend, or the new one is not later
        """
        moment = fields.Datetime.to_datetime(deadline_at)
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            request._check_extension(moment)
            request._extend(moment, str(reason or "").strip())
        return True

    def _check_extension(self, moment):
        """Refuse what is no extension."""
        if self.state not in ("sent", "expired") or not self.deadline_at:
            raise UserError(
                self.env._("%(number)s has no deadline that could be extended.", number=self.name)
            )
        if not moment or moment <= fields.Datetime.now():
            raise UserError(self.env._("The new deadline lies in the past."))
        if moment <= self.deadline_at:
            raise UserError(self.env._("The new deadline is not later than the present one."))

    def _extend(self, moment, reason):
        """Set the new deadline; who is in turn hears of it, who had run out of time is asked again."""
        waited = self.signer_ids.filtered(lambda signer: signer._is_in_turn())
        details = {
            "by": self.env.user.name,
            "reason": reason,
            "deadline_old": str(self.deadline_at),
            "deadline_new": str(moment),
        }
        if self.state == "expired":
            self._move("sent", deadline_at=moment)
            self.signer_ids.filtered(lambda signer: signer.state == "expired")._move("waiting")
        else:
            self._set_system_sudo(deadline_at=moment)
        self._plan_deadline_notice()
        self.env["esign.event"]._append(self, "extended", details)
        for signer in waited:
            signer._send_link("sign", "extended_notice")
        self._advance(purpose="extended_notice")

    # --- the notice before it --------------------------------------------------------------------------------------

    def _on_event(self, event):
        """Plan the notice when the request is sent, and drop it when the request is closed."""
        result = super()._on_event(event)
        if event.kind == "sent":
            self._plan_deadline_notice()
        elif self.state != "sent" and self.deadline_notice_at:
            self._set_system_sudo(deadline_notice_at=False)
        return result

    def _plan_deadline_notice(self):
        """Store when the sender is told; not at all when the deadline is nearer than that already."""
        days = self.sudo().company_id.esign_deadline_notice_days
        moment = reminder_schedule.deadline_notice(
            self.deadline_at or None, days, fields.Datetime.now()
        )
        self._set_system_sudo(deadline_notice_at=moment or False)

    @api.model
    def _cron_deadline_notice(self):
        """Tell senders of deadlines that come near; run by a cron."""
        self._take_due("deadline_notice_at", "_tell_of_deadline", "_put_off_deadline_notice")

    def _tell_of_deadline(self):
        """Tell the sender of this locked request, once, by mail and by an activity."""
        self._set_system_sudo(deadline_notice_at=False)
        if self.deadline_at <= fields.Datetime.now():
            return  # the notice that it is over comes instead
        self._tell_responsible("deadline_notice")
        names = self.waiting_for or ""
        self._ask_sender(lambda env: env._("The deadline comes near: %(names)s", names=names))

    def _put_off_deadline_notice(self, _words):
        """Try again in an hour what failed; the server's log says why."""
        self._lock_row()
        self._set_system_sudo(
            deadline_notice_at=fields.Datetime.now() + timedelta(hours=PUT_OFF_HOURS)
        )

    # --- the end ---------------------------------------------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """End the requests whose deadline has passed, each in a transaction of its own; run by a cron."""
        self._take_due("deadline_at", "_expire", "_keep_open")

    def _expire(self):
        """End this locked request, whose deadline has passed, and tell the sender."""
        self._close("expired")
        self.env["esign.event"]._append(self, "expired", {"deadline": str(self.deadline_at)})
        self._tell_responsible("expired_notice")

    def _keep_open(self, words):
        """Show what failed; the cron's next run tries again, and nobody can sign in between."""
        self._ask_sender(lambda env: env._("The request could not be ended at its deadline"), words)

    def _tell_responsible(self, purpose):
        """Queue a notice to who sees to this request; nothing when nobody is left."""
        user = self._responsible_sudo()
        if user:
            self.env["esign.message"]._queue(self, purpose, user=user, link_url=self._odoo_url())

    def _odoo_url(self):
        """Return where a colleague opens this request: Odoo's own address, not the signers'."""
        return f"{self.get_base_url()}/odoo/e-signature/{self.id}"
