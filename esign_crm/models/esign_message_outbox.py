"""Sending what is queued: claims, tries, outcomes, back-off, dead letters."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.errors import GatewayError
from .esign_message import BESIDE_DELIVERY, TOLD
from .esign_request_due import LOOK
from .transactions import own_environment, run_alone

_logger = logging.getLogger(__name__)

BACKOFF_MINUTES = (1, 5, 15, 60, 240, 480, 720)
MAX_ATTEMPTS = len(BACKOFF_MINUTES) + 1
EVENTS = {"sent": "message_sent", "failed": "message_failed", "bounced": "message_bounced"}
UNKNOWN = GatewayError("hung_up", is_outcome_unknown=True)


class EsignMessage(models.Model):
    """The transactional outbox: see :class:`EsignQueueMixin`."""

    _inherit = "esign.message"

    # --- the cron ---------------------------------------------------------------------------------

    @api.model
    def _cron_send(self, number):
        """Send what is due. Run by the cron of this ``number``."""
        self._tell_leftovers()
        self._draw_first_pages(self._work_off(number))

    # --- claiming ---------------------------------------------------------------------------------

    def _begin_try(self, now):
        """Move a locked row to *sending*, or end it when another try is out of the question."""
        was_cut_off = self.state == "sending"
        reason = self._reason_to_stop(was_cut_off, now)
        if reason:
            self._set_state("failed", error=self._delivery_words(reason))
            return self.id, 0
        attempts = self.attempts + 1
        values = {"attempts": attempts, "claimed_at": now}
        if was_cut_off:
            values["is_perhaps_twice"] = self.is_perhaps_twice or not self._is_keyed()
            self._write_sudo(values)
        else:
            self._set_state("sending", **values)
        return self.id, attempts

    def _reason_to_stop(self, was_cut_off, now):
        """Return the error that ends this message without another try, or ``None``."""
        if was_cut_off and (self.purpose == "code" or not self._may_repeat_unknown()):
            return UNKNOWN
        if self.attempts >= MAX_ATTEMPTS:
            return UNKNOWN
        if self.expires_at and self.expires_at <= now:
            return GatewayError("expired", is_permanent=True)
        return None

    def _may_repeat_unknown(self):
        """Tell whether a try without an answer may be followed by another one.

        A provider that knows our key sends nothing twice; without keys one repetition is allowed.
        """
        return self._is_keyed() or not self.is_perhaps_twice

    def _is_keyed(self):
        """Tell whether the provider recognises a repetition by its key."""
        return self.channel == "sms" and self.company_id.sudo().esign_sms_provider == "http"

    # --- one try ----------------------------------------------------------------------------------

    @api.model
    def _work(self, message_id, attempts):
        """Send one claimed message in a transaction that holds its row's lock, and record the outcome."""
        try:
            with own_environment(self.env) as env:
                message = env["esign.message"]._lock_claimed(message_id, attempts)
                if not message:
                    return
                message._try()
        except Exception:
            _logger.exception("message %s could not be handed over", message_id)
            run_alone(
                self.env,
                lambda env: env["esign.message"]._lock_claimed(message_id, attempts)._fall_over(),
            )
        run_alone(self.env, lambda env: env["esign.message"].browse(message_id)._tell())

    def _try(self):
        """Hand the message over and record what the provider says."""
        if not self._is_still_wanted():
            self._set_state("cancelled")
            return
        try:
            receipt = self._hand_over(self._read_payload_sudo())
        except GatewayError as error:
            self._record_refusal(error)
            return
        except UserError as error:  # nothing has left: a setting or the sealed file is not in order
            self._record_refusal(GatewayError("not_ready", words=str(error)))
            return
        self._set_state(
            "sent",
            sent_at=fields.Datetime.now(),
            provider_reference=receipt.reference,
            error=False,
        )

    def _hand_over(self, payload):
        """Send by the message's channel.

        :return: the provider's ``Receipt``
        :raises GatewayError: not accepted, or nobody knows
        """
        if self.channel == "email":
            return self._send_mail(payload)
        return self._send_sms(payload)

    def _record_refusal(self, error):
        """Queue another try, or give up."""
        words = self._delivery_words(error)
        is_last = error.is_permanent or self.attempts >= MAX_ATTEMPTS
        if is_last or (error.is_outcome_unknown and not self._may_repeat_unknown()):
            self._set_state("failed", error=words)
            return
        due = fields.Datetime.now() + timedelta(minutes=BACKOFF_MINUTES[self.attempts - 1])
        is_doubtful = error.is_outcome_unknown and not self._is_keyed()
        self._set_state(
            "queued",
            error=words,
            next_try_at=due,
            is_perhaps_twice=self.is_perhaps_twice or is_doubtful,
        )
        self._wake(due)

    def _fall_over(self):
        """Record that the try ended in an error of our own; how far it came is unknown."""
        if self:
            self._record_refusal(GatewayError("internal", is_outcome_unknown=True))

    # --- telling the people -----------------------------------------------------------------------

    @api.model
    def _tell_leftovers(self):
        """Tell what a killed worker, a delivery report or a returned mail left untold."""
        self.env.cr.execute(
            """
            SELECT id FROM esign_message
            WHERE told_state IS DISTINCT FROM state AND state IN %s
            ORDER BY id LIMIT 200
            """,
            [TOLD],
        )
        for (message_id,) in self.env.cr.fetchall():
            run_alone(
                self.env, lambda env, each=message_id: env["esign.message"].browse(each)._tell()
            )

    def _tell(self):
        """Put the outcome into the audit trail, once; what failed becomes an activity of the sender.

        To be run in a READ COMMITTED transaction of its own: it waits for the request's row first.
        """
        message = self.sudo()
        self.env.cr.execute(
            "SELECT id FROM esign_request WHERE id = %s FOR UPDATE", [message.request_id.id]
        )
        message.invalidate_recordset()
        if message.state not in TOLD or message.told_state == message.state:
            return
        self.env["esign.event"]._append(
            message.request_id, EVENTS[message.state], message._event_details()
        )
        if message.state != "sent":
            message._schedule_activity()
        message._write_sudo({"told_state": message.state})

    def _event_details(self):
        """Return what the audit trail keeps: plain values, the address masked."""
        details = {
            "message": self.id,
            "purpose": self.purpose,
            "channel": self.channel,
            "to": self.address_masked or "",
        }
        if self.signer_id and not self.user_id:
            details |= {"signer": self.signer_id.id, "name": self.signer_id.name}
        if self.state != "sent":
            details["words"] = self.error or ""
        if self.is_perhaps_twice:
            details["perhaps_twice"] = True
        return details

    def _schedule_activity(self):
        """Ask the request's sender to see to a message that did not arrive."""
        user = self.request_id._responsible_sudo()
        if self.purpose in BESIDE_DELIVERY:
            return  # a wrong address is often the reason for a change; for a copy the signer asks again
        if (
            not user or user == self.user_id
        ):  # a notice to the sender himself cannot be cured by him
            return
        env = self.with_context(lang=user.lang).env
        note = env._(
            "“%(purpose)s” to %(name)s (%(address)s) did not arrive: %(words)s",
            purpose=dict(self.with_env(env)._fields["purpose"]._description_selection(env))[
                self.purpose
            ],
            name=self.signer_id.name or "",
            address=self.address_masked or "",
            words=self.error or "",
        )
        self.request_id.activity_schedule(
            LOOK,
            summary=env._("A message did not arrive"),
            note=Markup("<p>%s</p>") % note,
            user_id=user.id,
        )
