"""Sending webhook calls: claims, tries, outcomes, and whom to tell of a failure."""

import logging
import time
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import webhook_policy
from ..tools.errors import GatewayError
from ..tools.gateways import webhook
from .guards import through_door
from .transactions import own_environment, run_alone

_logger = logging.getLogger(__name__)


class EsignWebhookCall(models.Model):
    """The outbox: see :class:`EsignQueueMixin`."""

    _inherit = "esign.webhook.call"

    # --- the cron --------------------------------------------------------------------------------------------------

    @api.model
    def _cron_send(self, number):
        """Send what is due. Run by the cron of this ``number``."""
        self._work_off(number)

    # --- claiming --------------------------------------------------------------------------------------------------

    @api.model
    def _queue_condition(self, now):
        """Let one endpoint have one call at a time: a receiver that hangs delays no other one."""
        return SQL(
            """NOT EXISTS (SELECT FROM esign_webhook_call busy
                           WHERE busy.endpoint_id = queue.endpoint_id AND busy.id <> queue.id
                             AND busy.state = 'sending' AND busy.claimed_at > %s)""",
            now - timedelta(seconds=self._queue_stale_seconds),
        )

    def _begin_try(self, now):
        """Move a locked row to *sending*, or end one that may not be called any more."""
        if self.state == "sending":  # a worker was killed at it: the receiver knows the delivery id
            words = self._told().env._("The server stopped during this try: it may have arrived.")
            self._record(self.claimed_at, error=words)
            if self.attempts >= webhook_policy.MAX_ATTEMPTS:
                self._give_up(words)
                return self.id, 0
        if not self._is_still_wanted():
            words = self._told().env._("The endpoint is archived, or not released any more.")
            self._set_state("cancelled", error=words, next_try_at=False)
            return self.id, 0
        values = {"attempts": self.attempts + 1, "claimed_at": now}
        if self.state == "sending":
            through_door(self.sudo()).write(values)
        else:
            self._set_state("sending", **values)
        return self.id, values["attempts"]

    def _is_still_wanted(self):
        """Tell whether the administrator still lets the endpoint be called; a test needs no release."""
        endpoint_sudo = self.sudo().endpoint_id
        return endpoint_sudo.active and (endpoint_sudo.is_released or not self.sudo().request_id)

    # --- one try ---------------------------------------------------------------------------------------------------

    @api.model
    def _work(self, call_id, attempts):
        """Call in a transaction that holds the row's lock, and record the outcome."""
        try:
            with own_environment(self.env) as env:
                call = env[self._name]._lock_claimed(call_id, attempts)
                if call:
                    call._try()
        except Exception:
            _logger.exception("webhook call %s could not be made", call_id)
            run_alone(
                self.env,
                lambda env: env[self._name]._lock_claimed(call_id, attempts)._fall_over(),
            )

    def _try(self):
        """Call once and record what came of it."""
        endpoint_sudo = self.sudo().endpoint_id
        started = time.monotonic()
        try:
            status, answer = webhook.call(
                endpoint_sudo.url,
                endpoint_sudo._secret_sudo(),
                self.delivery,
                self.payload.encode(),
                timestamp=int(time.time()),
                allow_private=endpoint_sudo.allow_private,
            )
        except GatewayError as error:
            self._refused(error, int((time.monotonic() - started) * 1000))
            return
        duration = int((time.monotonic() - started) * 1000)
        self._record(self.claimed_at, status=status, duration_ms=duration, answer=answer)
        now = fields.Datetime.now()
        self._set_state("done", done_at=now, next_try_at=False, error=False)

    def _record(self, moment, **values):
        """Keep one try; nobody may write tries by hand, hence the sudo."""
        self.env["esign.webhook.attempt"].sudo().create(
            {"call_id": self.id, "moment": moment, **values}
        )

    def _refused(self, error, duration=0):
        """Record a try that did not arrive; queue another one, or give up."""
        words = self._told()._error_words(error)
        self._record(
            self.claimed_at,
            status=error.params.get("status", 0),
            duration_ms=duration,
            answer=error.params.get("answer"),
            error=words,
        )
        pause = webhook_policy.pause_after(self.attempts, is_permanent=error.is_permanent)
        if pause is None:
            self._give_up(words)
            return
        due = fields.Datetime.now() + pause
        self._set_state("queued", error=words, next_try_at=due)
        self._wake(due)

    def _fall_over(self):
        """Record that the try ended in an error of our own."""
        if self:
            self._refused(GatewayError("internal"))

    # --- telling the people ----------------------------------------------------------------------------------------

    def _told(self):
        """Return the call in the language of who hears of it."""
        user_sudo = self.sudo().user_id
        return self.with_context(lang=user_sudo.lang or self.env.lang)

    def _give_up(self, words):
        """End the call as failed and ask somebody to look; that failing, the state still says it."""
        self._set_state("failed", error=words, next_try_at=False)
        self._try_to_tell(lambda: self._schedule_activity_sudo(words))

    def _schedule_activity_sudo(self, words):
        """Put an activity on the request; the cron acts for nobody in particular, hence the sudo."""
        call_sudo = self._told().sudo()
        request_sudo, env = call_sudo.request_id, call_sudo.env
        user = self._whom_to_tell_sudo()
        if not request_sudo or not user:
            return
        name = call_sudo.endpoint_id.name
        request_sudo.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=env._("“%(name)s” could not be called", name=name),
            note=Markup("<p>%s</p>") % words,
            user_id=user.id,
        )

    def _whom_to_tell_sudo(self):
        """Return the owner, else an administrator of e-signature, whoever may read the request.

        The cron looks for whoever has the right, hence the sudo.
        """
        call_sudo = self.sudo()
        admins = self.env.ref("esign_crm.group_admin").sudo().all_user_ids
        for user in call_sudo.user_id | admins.sorted("id"):
            may_see = call_sudo.company_id in user.company_ids and user._is_internal()
            if user.active and may_see and call_sudo.request_id.with_user(user).has_access("read"):
                return user
        return call_sudo.user_id.browse()

    def _error_words(self, error):
        """Return why a call did not arrive, in one sentence."""
        sentences = {
            "not_configured": self.env._("The endpoint has no secret to sign calls with."),
            "bad_url": self.env._("The endpoint has no usable web address."),
            "private_address": self.env._("The address leads into a private network, which the endpoint forbids."),
            "unreachable": self.env._("The receiver could not be reached: %(words)s", words=error.words)
            if error.words
            else self.env._("The receiver could not be reached."),
            "timeout": self.env._("The receiver did not answer in time."),
            "hung_up": self.env._("The receiver broke off without an answer."),
            "redirected": self.env._("The receiver answered with a redirection, which is not followed."),
            "refused": self.env._("The receiver refused the call: %(words)s", words=error.words),
            "internal": self.env._("An error in the server prevented it; its log says more."),
        }  # fmt: skip
        return sentences.get(error.code) or str(error)
