"""One call of a webhook endpoint: an outbox of its own."""

import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.errors import GatewayError
from ..tools.gateways import webhook
from .guards import passes_door, through_door
from .transactions import own_environment, run_alone

_logger = logging.getLogger(__name__)

STATES = [
    ("queued", "Waiting to be sent"),
    ("sending", "Being sent"),
    ("done", "Delivered"),
    ("failed", "Not delivered"),
]
MOVES = {
    "queued": {"sending", "failed"},
    "sending": {"queued", "done", "failed"},
    "failed": {"queued"},
}
BACKOFF_MINUTES = (1, 5, 15, 60, 240)
MAX_ATTEMPTS = len(BACKOFF_MINUTES) + 1
STALE_SECONDS = 60  # longer than a call may take
CRONS = ("esign_crm.esign_webhook_call_cron_1", "esign_crm.esign_webhook_call_cron_2")


class EsignWebhookCall(models.Model):
    """Written in the transaction of its cause, sent after the commit, repeated with the same body and delivery id.

    A row in state *sending* is in the hands of one worker, which holds its lock while it talks to the receiver.
    """

    _name = "esign.webhook.call"
    _description = "Webhook call"
    _order = "id desc"
    _rec_name = "delivery"

    endpoint_id = fields.Many2one("esign.endpoint", required=True, ondelete="restrict", index=True)
    request_id = fields.Many2one("esign.request", ondelete="restrict", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", string="Told of a failure", ondelete="set null")
    trigger = fields.Char(string="Event", required=True)
    delivery = fields.Char(string="Delivery id", required=True)
    payload = fields.Text(string="Body", required=True)
    state = fields.Selection(STATES, required=True, default="queued")
    attempts = fields.Integer(default=0)
    next_try_at = fields.Datetime(string="Next try")
    claimed_at = fields.Datetime(string="Last try")
    done_at = fields.Datetime(string="Delivered")
    error = fields.Char(string="What went wrong")
    attempt_ids = fields.One2many("esign.webhook.attempt", "call_id", string="Tries")

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
        """Try failed calls again, now. For managers and administrators.

        :raises UserError: a call did not fail
        """
        self.check_access("read")
        if not self.env.user.has_group("esign_crm.group_manager"):
            raise AccessError(self.env._("Only managers repeat a call."))
        for call in self:
            call._set_state("queued", attempts=0, error=False, next_try_at=fields.Datetime.now())
        self._wake()
        return True

    # --- sending ---------------------------------------------------------------------------------------------------

    @api.model
    def _wake(self, at=None):
        """Have the sending crons run after the commit, or at ``at``."""
        for xmlid in CRONS:
            cron = self.env.ref(xmlid, raise_if_not_found=False)
            if cron:
                cron.sudo()._trigger(at)

    @api.model
    def _cron_send(self, _number):
        """Send what is due, one call after the other; several crons do this at once without meeting."""
        while (claim := run_alone(self.env, lambda env: env[self._name]._claim())) is not None:
            if claim[1]:
                self._deliver(*claim)
            if self.env.context.get("ir_cron_progress_id"):
                self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _claim(self):
        """Take the next due call; to be run in a READ COMMITTED transaction of its own.

        :return: ``(id, attempts)``, ``(id, 0)`` for one that ended here, ``None`` when nothing is due
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            SELECT id FROM esign_webhook_call
            WHERE (state = 'queued' AND next_try_at <= %(now)s)
               OR (state = 'sending' AND claimed_at <= %(stale)s)
            ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """,
            {"now": now, "stale": now - timedelta(seconds=STALE_SECONDS)},
        )
        row = self.env.cr.fetchone()
        return self.browse(row[0])._begin_try(now) if row else None

    def _begin_try(self, now):
        """Move a locked row to *sending*, or end one that was cut off too often."""
        attempts = self.attempts + 1
        if attempts > MAX_ATTEMPTS:
            self._give_up(self.env._("The calls ended without an answer."))
            return self.id, 0
        if self.state == "sending":  # a worker was killed at it: the receiver knows the delivery id
            through_door(self.sudo()).write({"attempts": attempts, "claimed_at": now})
        else:
            self._set_state("sending", attempts=attempts, claimed_at=now)
        return self.id, attempts

    def _deliver(self, call_id, attempts):
        """Call in a transaction that holds the row's lock, and record the outcome."""
        try:
            with own_environment(self.env) as env:
                call = env[self._name]._lock_claimed(call_id, attempts)
                if call:
                    call._try()
        except Exception:
            _logger.exception("webhook call %s failed", call_id)
            run_alone(
                self.env,
                lambda env: env[self._name]._lock_claimed(call_id, attempts)._fall_over(),
            )

    @api.model
    def _lock_claimed(self, call_id, attempts):
        """Return the call with its row locked, if the claim of this number still stands."""
        self.env.cr.execute(
            "SELECT id FROM esign_webhook_call WHERE id = %s AND state = 'sending' AND attempts = %s"
            " FOR UPDATE SKIP LOCKED",
            [call_id, attempts],
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _try(self):
        """Call once and record what came of it."""
        endpoint_sudo = self.sudo().endpoint_id
        now, started = fields.Datetime.now(), time.monotonic()
        try:
            status, words = webhook.call(
                endpoint_sudo.url,
                endpoint_sudo._secret_sudo(),
                self.delivery,
                self.payload.encode(),
                timestamp=int(time.time()),
                allow_private=endpoint_sudo.allow_private,
            )
        except GatewayError as error:
            words = self._error_words(error)
            self._record(now, started, error.params.get("status", 0), error=words)
            self._refused(error, words)
            return
        self._record(now, started, status, answer=words)
        self._set_state("done", done_at=now, next_try_at=False, error=False)

    def _record(self, moment, started, status, **words):
        """Keep one try; nobody may write tries by hand, hence the sudo."""
        self.env["esign.webhook.attempt"].sudo().create(
            {
                "call_id": self.id,
                "moment": moment,
                "status": status,
                "duration_ms": int((time.monotonic() - started) * 1000),
                **words,
            }
        )

    def _refused(self, error, words):
        """Queue another try, or give up."""
        if error.is_permanent or self.attempts >= MAX_ATTEMPTS:
            self._give_up(words)
            return
        due = fields.Datetime.now() + timedelta(minutes=BACKOFF_MINUTES[self.attempts - 1])
        self._set_state("queued", error=words, next_try_at=due)
        self._wake(due)

    def _fall_over(self):
        """Record that the try ended in an error of our own."""
        if self:
            self._refused(
                GatewayError("internal"), self.env._("An error in the server prevented it.")
            )

    def _give_up(self, words):
        """End the call as failed and ask its owner to look."""
        self._set_state("failed", error=words, next_try_at=False)
        call_sudo = self.sudo()
        if call_sudo.request_id and call_sudo.user_id:
            call_sudo.request_id.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._(
                    "“%(name)s” could not be called", name=call_sudo.endpoint_id.name
                ),
                user_id=call_sudo.user_id.id,
            )

    def _error_words(self, error):
        """Return why a call did not arrive, in one sentence."""
        sentences = {
            "bad_url": self.env._("The endpoint has no usable web address."),
            "private_address": self.env._("The address leads into a private network, which the endpoint forbids."),
            "unreachable": self.env._("The receiver could not be reached."),
            "timeout": self.env._("The receiver did not answer in time."),
            "hung_up": self.env._("The receiver broke off without an answer."),
            "redirected": self.env._("The receiver answered with a redirection, which is not followed."),
            "refused": self.env._("The receiver refused the call: %(words)s", words=error.words),
        }  # fmt: skip
        return sentences.get(error.code) or str(error)
