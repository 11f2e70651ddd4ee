"""Working off what rules have to do: claims, tries, outcomes, back-off."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..tools import rule_policy
from . import esign_rule_chain
from .esign_rule_words import RuleError, RuleSkip, error_words, skip_words
from .transactions import run_alone

_logger = logging.getLogger(__name__)

STALE_SECONDS = 30


class EsignRuleRun(models.Model):
    """Three transactions for each run: claim; act and say so; or say what went wrong.

    The effect and the word *done* are one transaction, so that a killed worker leaves either both or none. A row
    in state *running* whose lock is free for 30 s is that of a killed worker: another one takes it up.
    """

    _inherit = "esign.rule.run"

    @api.model
    def _cron_run(self, number):
        """Work off what is due, one run after the other. Run by the cron of this ``number``."""
        while (
            claim := run_alone(self.env, lambda env: env["esign.rule.run"]._claim())
        ) is not None:
            run_id, attempts = claim
            if attempts:
                self._try(run_id, attempts)
            _logger.debug("rules %s: run %s tried", number, run_id)
            if not self._report_progress(1):
                return
        self._report_progress(0)

    @api.model
    def _report_progress(self, done):
        """Tell Odoo's scheduler how far it is; return the seconds left, nothing when it is time to stop."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        due = [("state", "=", "queued"), ("next_try_at", "<=", fields.Datetime.now())]
        remaining = self.search_count(due, limit=100) if done else 0
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    # --- claiming --------------------------------------------------------------------------------------------------

    @api.model
    def _claim(self):
        """Take the next due run; to be run in a READ COMMITTED transaction of its own.

        Runs of one request follow each other in the order of what happened, so that the deal does too.

        :return: ``(id, attempts)``; ``(id, 0)`` for one whose tries are used up; ``None`` when nothing is due
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            SELECT id FROM esign_rule_run run
            WHERE (state = 'queued' AND next_try_at <= %(now)s
                   OR state = 'running' AND claimed_at <= %(stale)s)
              AND NOT EXISTS (SELECT FROM esign_rule_run earlier
                              WHERE earlier.request_id = run.request_id AND earlier.id < run.id
                                AND (earlier.state = 'running'
                                     OR earlier.state = 'queued' AND earlier.next_try_at <= %(now)s))
            ORDER BY next_try_at, id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """,
            {"now": now, "stale": now - timedelta(seconds=STALE_SECONDS)},
        )
        row = self.env.cr.fetchone()
        return self.sudo().browse(row[0])._begin_try(now) if row else None

    def _begin_try(self, now):
        """Move a locked row to *running*, or end it when it was cut off once too often."""
        if self.attempts >= rule_policy.MAX_TRIES:
            self._give_up(self.env._("It was cut off each time it ran."))
            return self.id, 0
        values = {"attempts": self.attempts + 1, "claimed_at": now}
        if self.state == "running":
            self._write_sudo(values)
        else:
            self._set_state("running", **values)
        return self.id, values["attempts"]

    @api.model
    def _lock_claimed(self, run_id, attempts):
        """Return the run with its row locked, if the claim of this number still stands."""
        self.env.cr.execute(
            "SELECT id FROM esign_rule_run WHERE id = %s AND state = 'running' AND attempts = %s"
            " FOR UPDATE SKIP LOCKED",
            [run_id, attempts],
        )
        run_sudo = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        reader = run_sudo.rule_id.user_id or run_sudo.request_id.user_id
        return run_sudo.with_context(lang=reader.lang)

    # --- one try ---------------------------------------------------------------------------------------------------

    def _try(self, run_id, attempts):
        """Act in a transaction of its own; what goes wrong undoes it, and is recorded in another one."""
        try:
            run_alone(
                self.env,
                lambda env: env["esign.rule.run"]._lock_claimed(run_id, attempts)._perform(),
                is_repeatable_read=True,
            )
            return
        except (UserError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY) as error:
            failure = error
        except Exception as error:
            _logger.exception("run %s of a signing rule failed", run_id)
            failure = error
        run_alone(
            self.env,
            lambda env: (
                env["esign.rule.run"]._lock_claimed(run_id, attempts)._record_failure(failure)
            ),
        )

    def _perform(self):
        """Do what the rule says and note it; nothing for a claim that does not stand any more."""
        if not self:
            return
        self.env.cr.execute("SET LOCAL lock_timeout = '10s'")
        with esign_rule_chain.running(self.env.cr, self.id):
            try:
                self._act()
                state, words = "done", False
            except RuleSkip as skip:
                state, words = "skipped", skip_words(self.env, skip.code)
            self.env.flush_all()
        self._set_state(state, words=words)

    def _act(self):
        """Let the rule act as its owner.

        :raises RuleSkip: it is not for this request any more, or there is nothing to do
        """
        rule, request = self.rule_id, self.request_id
        reason = self._why_not(rule, request)
        if reason:
            raise RuleSkip(reason)
        rule._act(request.with_env(rule._owner_env(request)), self)

    def _why_not(self, rule, request):
        """Return the word of why the rule does not apply any more, nothing when it does."""
        if not rule:
            return "deleted"
        if not rule.active:
            return "inactive"
        if rule.trigger != self.trigger:
            return "changed"
        if not rule._still_waits(request, self.occasion):
            return "over"
        return rule._mismatch(request, self.side)

    # --- what goes wrong -------------------------------------------------------------------------------------------

    def _record_failure(self, error):
        """Queue another try, or give up: rights and unfinished rules do not mend by themselves."""
        if not self:
            return
        words = error_words(self.env, error)
        is_final = isinstance(error, (RuleError, AccessError))
        pause = None if is_final else rule_policy.pause_after(self.attempts)
        if pause is None:
            self._give_up(words)
            return
        due = fields.Datetime.now() + pause
        self._set_state("queued", words=words, next_try_at=due)
        self._wake(due)

    def _give_up(self, words):
        """End as *failed*, which the request shows, and ask the owner to look."""
        self._set_state("failed", words=words)
        owner = self.rule_id.user_id
        user = owner if owner.active and owner._is_internal() else self.request_id.user_id
        if not user or not self.request_id.with_user(user).has_access("read"):
            return
        env = self.with_context(lang=user.lang).env
        self.request_id.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=env._("A rule failed"),
            note=Markup("<p>%s</p>") % f"{self.rule_name}: {words}",
            user_id=user.id,
        )
