"""Reminders: by themselves in working hours, or now."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import reminder_schedule

PAUSE_SECONDS = 60  # between two reminders by hand
PUT_OFF_HOURS = 1
# Entries of the trail after which somebody else, or nobody, is to be reminded, or at another time.
REPLANS = {
    "invited", "signed", "declined", "cancelled", "expired", "extended", "code_locked", "unlocked", "contact_changed", "delegation_accepted",
    "authority_ended",
}  # fmt: skip
PLAN_FIELDS = {"reminder_first_days", "reminder_every_days", "reminder_max"}


class EsignRequest(models.Model):
    """``next_reminder_at`` is the earliest moment at which a signer in turn is reminded; the cron takes it from there.

    It is planned anew with each entry of the audit trail that changes whose turn it is or what was said.
    """

    _inherit = "esign.request"

    reminder_first_days = fields.Integer(
        string="First reminder after", compute="_compute_reminders", store=True, readonly=False,
        precompute=True, compute_sudo=True,
    )  # fmt: skip
    reminder_every_days = fields.Integer(
        string="Then every", compute="_compute_reminders", store=True, readonly=False,
        precompute=True, compute_sudo=True,
    )  # fmt: skip
    reminder_max = fields.Integer(
        string="Reminders at most", compute="_compute_reminders", store=True, readonly=False,
        precompute=True, compute_sudo=True, help="To one signer; 0 sends none by itself.",
    )  # fmt: skip
    next_reminder_at = fields.Datetime(string="Next reminder", readonly=True, copy=False)

    _reminder_idx = models.Index("(next_reminder_at) WHERE next_reminder_at IS NOT NULL")
    _reminder_range = models.Constraint(
        "CHECK (reminder_first_days BETWEEN 1 AND 365 AND reminder_every_days BETWEEN 1 AND 365)",
        "Reminders come after 1 to 365 days.",
    )
    _reminder_max_range = models.Constraint(
        "CHECK (reminder_max BETWEEN 0 AND 20)", "A signer gets 0 to 20 reminders."
    )

    @api.depends("company_id")
    def _compute_reminders(self):
        """Take the company's own numbers; whoever makes a draft may not read settings: sudo."""
        for request in self:
            company = request.company_id
            request.reminder_first_days = company.esign_reminder_first_days or 3
            request.reminder_every_days = company.esign_reminder_every_days or 3
            request.reminder_max = company.esign_reminder_max if company else 3

    def write(self, vals):
        """Plan anew when somebody changes the rhythm."""
        result = super().write(vals)
        if PLAN_FIELDS & vals.keys():
            for request in self.filtered(lambda each: each.state == "sent"):
                request._plan_reminder()
        return result

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_remind(self):
        """Send a new link to each person whose turn it is; counts as a reminder, so that the next one waits its days.

        :raises UserError: it is nobody's turn, signing is locked, or they were reminded within the last minute
        """
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            signers = request.signer_ids.filtered(lambda signer: signer._is_in_turn())
            if request.state != "sent" or not signers:
                raise UserError(
                    self.env._("%(number)s waits for nobody's signature.", number=request.name)
                )
            for signer in request._may_be_reminded(signers):
                signer._remind()
        return True

    def _may_be_reminded(self, signers):
        """Return those of ``signers`` whom a reminder by hand may reach now.

        :raises UserError: none of them; says why
        """
        free = signers.filtered(lambda signer: not signer.is_locked)
        if not free:
            raise UserError(
                self.env._(
                    "%(names)s cannot sign: too many codes were asked for. A manager unlocks them first.",
                    names=", ".join(signers.mapped("name")),
                )
            )
        entitled = free._still_entitled()
        if not entitled:
            raise UserError(
                self.env._(
                    "%(names)s cannot sign: the authority has ended. Enter the new one in the party directory and send a "
                    "duplicate of the request.",
                    names=", ".join(free.mapped("name")),
                )
            )
        since = fields.Datetime.now() - timedelta(seconds=PAUSE_SECONDS)
        rested = entitled.filtered(
            lambda signer: not signer.reminded_at or signer.reminded_at <= since
        )
        if not rested:
            raise UserError(
                self.env._(
                    "%(names)s had a reminder within the last minute: wait a little.",
                    names=", ".join(entitled.mapped("name")),
                )
            )
        return rested

    # --- planning --------------------------------------------------------------------------------------------------

    def _on_event(self, event):
        """Plan anew when somebody's turn began or ended."""
        result = super()._on_event(event)
        if event.kind in REPLANS:
            self._plan_reminder()
        return result

    def _plan_reminder(self):
        """Store when the next reminder is due, or that none is."""
        self.ensure_one()
        moments = [
            moment for moment in self._reminder_moments(fields.Datetime.now()).values() if moment
        ]
        moment = min(moments, default=False)
        if moment != self.next_reminder_at:
            self._set_system_sudo(next_reminder_at=moment)

    def _reminder_moments(self, now):
        """Return {signer: when to remind, ``now`` or later, or nothing} of those whose turn it is and who can sign."""
        request = self.sudo()
        waited = request.signer_ids.filtered(
            lambda signer: signer._is_in_turn() and not signer.is_locked
        )._still_entitled()
        if request.state != "sent" or not waited:
            return {}
        cascade = reminder_schedule.Cascade(
            request.reminder_first_days, request.reminder_every_days, request.reminder_max
        )
        hours = request.company_id._esign_working_hours()
        return {
            signer: reminder_schedule.next_reminder(
                cascade, hours, signer._last_contact(), now, request.deadline_at or None
            )
            for signer in waited
        }

    # --- the cron --------------------------------------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Send the reminders that are due; run by a cron, which may be killed or meet another one.

        Whoever is reminded is planned anew in the same transaction, so that nobody is reminded twice for one moment.
        """
        self._take_due("next_reminder_at", "_remind_due", "_put_off_reminder")

    def _remind_due(self):
        """Remind whoever is due on this locked request, and plan the next; of ended authorities the sender hears instead."""
        now = fields.Datetime.now()
        waited = self.sudo().signer_ids.filtered(lambda signer: signer._is_in_turn())
        for signer in waited - waited._still_entitled():
            signer._tell_authority_ended()
        for signer, moment in self._reminder_moments(now).items():
            if moment and moment <= now:
                signer._remind()
        self._plan_reminder()  # also when nobody was due: it is night, or the plan is an old one

    def _put_off_reminder(self, words):
        """Try again in an hour what failed, and ask the sender to look at it once."""
        self._lock_row()
        later = fields.Datetime.now() + timedelta(hours=PUT_OFF_HOURS)
        self._set_system_sudo(next_reminder_at=later)
        self._ask_sender(lambda env: env._("A reminder could not be sent"), words)
