"""One-time codes: sent at once, never queued, never stored."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.errors import GatewayError
from .transactions import own_environment, run_alone

_logger = logging.getLogger(__name__)


class EsignMessage(models.Model):
    """A code lives for five minutes: it is handed over while the signer waits, or not at all."""

    _inherit = "esign.message"

    @api.model
    def _send_code(self, signer, code):
        """Send ``code`` to ``signer`` by the channel of his link, within about ten seconds.

        Three transactions of its own: the row is there before the provider may report on it, the
        provider is called, the outcome is written. The caller must hold no lock on the request or
        the signer, and its own transaction is left alone.

        :return: ``(is_sent, provider's reference, words why not)``
        """
        signer_id = signer.id
        message_id = run_alone(self.env, lambda env: env["esign.message"]._open_code(signer_id))
        outcome = self._hand_over_code(message_id, code)
        run_alone(
            self.env,
            lambda env: env["esign.message"].sudo().browse(message_id)._settle_code(*outcome),
        )
        return outcome

    @api.model
    def _hand_over_code(self, message_id, code):
        """Call the provider in a transaction of its own; whatever happens there, no code counts as sent."""
        try:
            with own_environment(self.env) as env:
                return env["esign.message"].sudo().browse(message_id)._try_code(code)
        except Exception:
            _logger.exception("code of message %s could not be handed over", message_id)
            return False, "", self.env._("An error in the server prevented it.")

    @api.model
    def _open_code(self, signer_id):
        """Create the row of a code that is about to be sent; return its id."""
        signer = self.env["esign.signer"].sudo().browse(signer_id)
        now = fields.Datetime.now()
        recipient = self._code_recipient(signer)
        values = self._base_values(signer.request_id, "code", signer, None, recipient)
        values |= {"told_state": "queued", "attempts": 1, "claimed_at": now}
        message = self.sudo().create(values)
        message._set_state("sending")
        if message.channel == "sms" and not message._is_keyed():
            message._ensure_tracker_sudo()
        return message.id

    def _try_code(self, code):
        """Hand the code over; an unknown outcome counts as not sent (fail closed)."""
        recipient = self._code_recipient(self.signer_id)
        payload = self._compose_code(self.request_id, recipient, code)
        try:
            receipt = self._hand_over(payload)
        except GatewayError as error:
            return False, "", self._delivery_words(error)
        except UserError as error:
            return False, "", str(error)
        return True, receipt.reference, ""

    def _settle_code(self, is_sent, reference, words):
        """Record what became of the code; a delivery report may have been faster."""
        if self.state != "sending":
            return
        if is_sent:
            now = fields.Datetime.now()
            self._set_state("sent", sent_at=now, provider_reference=reference, error=False)
        else:
            self._set_state("failed", error=words)
