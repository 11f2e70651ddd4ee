"""Text messages of the outbox: our generic gateway, or whatever provider Odoo is set up with."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import otp_policy
from ..tools.errors import GatewayError
from ..tools.gateways import phone
from ..tools.gateways.base import Receipt, Sms, masked_words
from ..tools.gateways.sms_http import SmsHttpGateway

_logger = logging.getLogger(__name__)

# Answers of Odoo's providers after which the same again cannot succeed.
FINAL_STATES = {
    "wrong_number_format",
    "sms_number_missing",
    "country_not_supported",
    "incompatible_content",
    "twilio_from_to",
}
# "server_error" stands for no answer as well as for a bad one.
UNKNOWN_STATES = {"server_error", None}


class EsignMessage(models.Model):
    """SMS. Limits first: a costly number or a flood is refused before any provider hears of it."""

    _inherit = "esign.message"

    def _send_sms(self, payload):
        """Send one text message.

        :return: the provider's ``Receipt``
        :raises GatewayError: not allowed, not accepted, or nobody knows
        """
        self._check_daily_limit()
        number = self._sms_number(self.company_id, payload["to"])
        if self.company_id.sudo().esign_sms_provider == "http":
            return self._send_sms_http(number, payload["sms"])
        return self._send_sms_odoo(number, payload["sms"])

    # --- limits -----------------------------------------------------------------------------------

    def _check_daily_limit(self):
        """Refuse when the company's day is full; the last 200 messages are kept for codes."""
        since = fields.Datetime.now() - timedelta(days=1)
        sent = self.sudo().search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("channel", "=", "sms"),
                ("claimed_at", ">", since),
                ("id", "!=", self.id),
            ]
        )
        if not otp_policy.may_send_sms(sent, is_code=self.purpose == "code"):
            raise GatewayError("daily_limit")

    @api.model
    def _sms_number(self, company, number):
        """Return ``number`` in E.164 if a message may go there. Also for checks before sending.

        The number was entered by one of us, never by the signer; the administrator may narrow the countries.

        :raises GatewayError: no number, a costly one, or one of a country that is not allowed
        """
        company_sudo = company.sudo()
        allowed = company_sudo.esign_sms_country_ids
        regions = (allowed | company_sudo.country_id).mapped("code") if allowed else None
        return phone.sms_number(number or "", company_sudo.country_id.code or "", regions)

    # --- our gateway ------------------------------------------------------------------------------

    def _send_sms_http(self, number, text):
        company = self.company_id.sudo()
        if not company.esign_sms_url:
            raise GatewayError("not_configured")
        gateway = SmsHttpGateway(
            company.esign_sms_url,
            company._esign_sms_secret_sudo(),
            allow_private=company.esign_allow_private_gateway,
        )
        callback = f"{company._esign_public_url()}/esign/callback/sms/{self.key}"
        sender = company.esign_sms_sender or ""
        return gateway.send(Sms(number, text, self.key, callback, sender))

    # --- Odoo's providers -------------------------------------------------------------------------

    def _send_sms_odoo(self, number, text):
        """Send by the API class that Odoo chose for the company (IAP, Twilio, …)."""
        company = self.company_id.sudo()
        self._ensure_tracker_sudo()
        api_class = company._get_sms_api_class()
        batch = [{"content": text, "numbers": [{"number": number, "uuid": self.key}]}]
        reports = f"{company._esign_public_url()}/sms/status"
        try:
            sms_api = api_class(self.env)
            sms_api._set_company(company)
            results = sms_api._send_sms_batch(batch, delivery_reports_url=reports)
        except (UserError, AccessError, OSError) as error:
            _logger.info("SMS of message %s: %s", self.id, type(error).__name__)
            words = masked_words(str(error), text, number)
            raise GatewayError("refused", words=words, is_outcome_unknown=True) from error
        return self._read_sms_result(sms_api, results)

    def _read_sms_result(self, sms_api, results):
        result = next((each for each in results or [] if each.get("uuid") == self.key), {})
        state = result.get("state")
        if state == "sent" or state in self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS:
            return Receipt(result.get("sms_twilio_sid") or self.key)
        messages = sms_api._get_sms_api_error_messages()
        words = result.get("failure_reason") or messages.get(state) or state or ""
        raise GatewayError(
            "refused",
            words=masked_words(str(words).partition("<")[0]),
            is_permanent=state in FINAL_STATES,
            is_outcome_unknown=state in UNKNOWN_STATES,
        )

    def _ensure_tracker_sudo(self):
        """Have Odoo's delivery reports find this message; trackers are for the system alone: sudo."""
        trackers_sudo = self.env["sms.tracker"].sudo()
        if not trackers_sudo.search_count([("sms_uuid", "=", self.key)], limit=1):
            trackers_sudo.create({"sms_uuid": self.key, "esign_message_id": self.id})
