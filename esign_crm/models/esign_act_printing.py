"""Long acts that wait to be printed: one row for each printing, gone when it is over."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.errors import EsignError
from ..tools.pdf import paper
from .esign_errors import error_words
from .guards import passes_door, through_door
from .transactions import own_environment, run_alone

_logger = logging.getLogger(__name__)

STATES = [("queued", "Waiting to be printed"), ("printing", "Being printed")]
PAUSES = (timedelta(minutes=1), timedelta(minutes=5))  # after errors of our own
MAX_TRIES = len(PAUSES) + 1


class EsignActPrinting(models.Model):
    """One printing of one act as it was when it was asked for: see :class:`EsignQueueMixin`.

    The row is a table of its own because a worker holds its lock for as long as it prints, and the act must stay
    free for whoever works on it. What came of it is kept with the act. No group has any right on it.
    """

    _name = "esign.act.printing"
    _inherit = "esign.queue.mixin"
    _description = "Printing of a long act"
    _order = "id"
    _queue_busy = "printing"
    _queue_crons = ("esign_crm.esign_act_cron_print", "esign_crm.esign_act_cron_print_2")

    act_id = fields.Many2one("esign.act", required=True, ondelete="cascade", index=True)
    html = fields.Text(string="What is printed", required=True)
    digest = fields.Char(string="SHA-256 of it", required=True)
    state = fields.Selection(STATES, required=True, default="queued")
    attempts = fields.Integer(string="Tries", default=0)
    next_try_at = fields.Datetime(string="Next try", required=True)
    claimed_at = fields.Datetime(string="Last try")

    _due_idx = models.Index("(next_try_at, id)")

    # --- CRUD ------------------------------------------------------------------------------------------------------

    def write(self, vals):
        """Refuse: only the printing process writes."""
        if not passes_door(self):
            raise AccessError(self.env._("Only the printing process itself writes this."))
        return super().write(vals)

    def _set_state(self, state, **values):
        """Move to ``state``; the only writer. From each of the two the other follows, or the row's end."""
        through_door(self.sudo()).write(values | {"state": state})

    # --- queueing --------------------------------------------------------------------------------------------------

    @api.model
    def _queue(self, act, html, digest):
        """Have ``html`` printed after the commit; for :meth:`EsignAct._prepare_paper`, whose caller has no rights here."""
        now = fields.Datetime.now()
        row = {"act_id": act.id, "html": html, "digest": digest, "next_try_at": now}
        self.sudo().create(row)
        self._wake()

    @api.model
    def _release_lost(self):
        """Let acts that wait without a row be printed by the next preview; called by each update of the addon."""
        acts = self.env["esign.act"].search([("print_state", "=", "queued")])
        (acts - self.search([("act_id", "in", acts.ids)]).act_id)._forget_paper()

    def _begin_try(self, now):
        """Move a locked row to *printing*, or end one that nobody waits for or that was cut off each time."""
        row_id = self.id
        if not self.act_id._waits_for_paper(self.digest):
            self.unlink()
            return row_id, 0
        if self.attempts >= MAX_TRIES:
            self._end_in_failure(self._told().env._("It was cut off each time it was printed."))
            return row_id, 0
        self._set_state("printing", attempts=self.attempts + 1, claimed_at=now)
        # should this worker be killed, another one looks as soon as the claim is old enough
        self._wake(now + timedelta(seconds=self._queue_stale_seconds + 1))
        return row_id, self.attempts

    # --- one try ---------------------------------------------------------------------------------------------------

    @api.model
    def _work(self, row_id, attempts):
        """Print in a transaction that holds the row's lock, and keep the outcome with the act."""
        try:
            with own_environment(self.env) as env:
                env[self._name]._lock_claimed(row_id, attempts)._print()
        except Exception:
            _logger.exception("printing %s of an act failed", row_id)
            run_alone(
                self.env,
                lambda env: env[self._name]._lock_claimed(row_id, attempts)._fall_over(),
            )

    def _print(self):
        """Print once; nothing for a claim that does not stand any more."""
        if not self:
            return
        try:
            printed = paper.print_in_jail(self.html)
        except EsignError as error:
            act = self._told().act_id
            self._end_in_failure(error_words(act.env, error, name=act.display_name))
            return
        if act := self._hold_act():
            act._keep_paper(printed)
            _logger.info("act %s: printed, %s pages", act.id, printed.page_count)
            act._notify_maker("success", act.env._("%(act)s is printed.", act=act.display_name))
        self.unlink()

    def _fall_over(self):
        """Queue another try after an error of our own, or give up."""
        if not self:
            return
        if self.attempts < MAX_TRIES:
            due = fields.Datetime.now() + PAUSES[self.attempts - 1]
            self._set_state("queued", next_try_at=due)
            self._wake(due)
            return
        self._end_in_failure(
            self._told().env._("An error in the server prevented it; its log says more.")
        )

    # --- the end ---------------------------------------------------------------------------------------------------

    def _told(self):
        """Return the row in the language of the act's maker."""
        return self.with_context(lang=self.act_id.user_id.lang or self.env.lang)

    def _hold_act(self):
        """Return the act, locked, while it still waits for this very paper; else nothing.

        Whoever is changing it at this moment is waited for, so that nothing outdated is taken for ready.
        """
        self.env.cr.execute(
            "SELECT id FROM esign_act WHERE id = %s FOR NO KEY UPDATE", [self.act_id.id]
        )
        self.act_id.invalidate_recordset()
        act = self._told().act_id
        return act if act._waits_for_paper(self.digest) else act.browse()

    def _end_in_failure(self, words):
        """Say on the act why it could not be printed, and ask its maker to look."""
        if act := self._hold_act():
            act._set_system_sudo(print_state="failed", print_error=words)
            act._notify_maker("danger", words)
            self._try_to_tell(lambda: self._schedule_activity_sudo(act, words))
        self.unlink()

    def _schedule_activity_sudo(self, act, words):
        """Put an activity on the deal; the cron acts for nobody in particular, hence the sudo."""
        user = act.user_id
        if user.active and act.lead_id.with_user(user).has_access("read"):
            act.lead_id.sudo().activity_schedule(
                "mail.mail_activity_data_warning",
                summary=act.env._("%(act)s could not be printed", act=act.display_name),
                note=Markup("<p>%s</p>") % words,
                user_id=user.id,
            )
