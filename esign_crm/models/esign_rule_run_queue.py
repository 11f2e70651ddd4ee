"""Working off what rules have to do: claims, tries, outcomes, back-off."""

import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..tools import rule_policy
from . import esign_rule_chain
from .esign_rule_words import RuleError, RuleSkip, error_words, skip_words
from .transactions import run_alone

_logger = logging.getLogger(__name__)

PATIENCE = 24  # a deal that somebody else saves all the time has moments in between


class EsignRuleRun(models.Model):
    """Three transactions for each run: claim; act and say so; or say what went wrong.

    The effect and the word *done* are one transaction, so that a killed worker leaves either both or none: see
    :class:`EsignQueueMixin`.
    """

    _inherit = "esign.rule.run"

    @api.model
    def _cron_run(self, number):
        """Work off what is due. Run by the cron of this ``number``."""
        self._work_off(number)

    # --- claiming --------------------------------------------------------------------------------------------------

    @api.model
    def _queue_condition(self, now):
        """Let runs of one request follow each other in the order of what happened, so that the deal does too."""
        return SQL(
            """NOT EXISTS (SELECT FROM esign_rule_run earlier
                           WHERE earlier.request_id = queue.request_id AND earlier.id < queue.id
                             AND (earlier.state = 'running'
                                  OR earlier.state = 'queued' AND earlier.next_try_at <= %s))""",
            now,
        )

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
    def _lock_claimed(self, row_id, attempts):
        """Speak the language of who reads of it."""
        run_sudo = super()._lock_claimed(row_id, attempts)
        reader = run_sudo.rule_id.user_id or run_sudo.request_id.user_id
        return run_sudo.with_context(lang=reader.lang)

    # --- one try ---------------------------------------------------------------------------------------------------

    @api.model
    def _work(self, run_id, attempts):
        """Act in a transaction of its own; what goes wrong undoes it, and is recorded in another one."""
        try:
            run_alone(
                self.env,
                lambda env: env["esign.rule.run"]._lock_claimed(run_id, attempts)._perform(),
                is_repeatable_read=True,
                tries=PATIENCE,
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
        self._hold_deal()
        with esign_rule_chain.running(self.env.cr, self.id):
            try:
                self._act()
                state, words = "done", False
            except RuleSkip as skip:
                state, words = "skipped", skip_words(self.env, skip.code)
            self.env.flush_all()
        self._set_state(state, words=words)

    def _hold_deal(self):
        """Lock the deal before anything is done: whoever saves it all the time waits then, instead of us failing late.

        :raises LockNotAvailable: somebody is at it; the caller tries again
        """
        lead_id = self.request_id.lead_id.id
        if lead_id:
            # as an update locks it: new requests of the deal, which only refer to it, are in nobody's way
            self.env.cr.execute(
                "SELECT id FROM crm_lead WHERE id = %s FOR NO KEY UPDATE NOWAIT",
                [lead_id],
                log_exceptions=False,  # the caller's next try is no news
            )

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
        # met when it happened: what other rules have made of the deal since does not count
        is_met = self.wanted == rule._wanted().fingerprint()
        return "" if is_met else rule._mismatch(request, self.side)

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
        self._try_to_tell(lambda: self._tell_of_failure(words))

    def _tell_of_failure(self, words):
        """Put an activity on the request for the rule's owner, or for the sender where the owner may not read it."""
        people = self.rule_id.user_id | self.request_id.user_id
        user = people.filtered(
            lambda each: (
                each.active
                and each._is_internal()
                and self.request_id.with_user(each).has_access("read")
            )
        )[:1]
        if not user:
            return
        env = self.with_context(lang=user.lang).env
        self.request_id.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=env._("A rule failed"),
            note=Markup("<p>%s</p>") % f"{self.rule_name}: {words}",
            user_id=user.id,
        )
