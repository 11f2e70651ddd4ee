"""What happens to a request sets rules off, and the request shows what they did."""

import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .esign_message import BESIDE_DELIVERY

_logger = logging.getLogger(__name__)

# kind of event → what rules call it; "signed" may be our side's last signature besides
TRIGGERS = {
    "sent": ["sent"],
    "signed": ["signer_signed"],
    "completed": ["all_signed"],
    "page_shown": ["page_shown"],
    "declined": ["declined"],
    "expired": ["expired"],
    "message_bounced": ["bounced"],
    "message_failed": ["bounced"],
}


class EsignRequest(models.Model):
    """Runs are queued in the transaction of their event, and worked off after it."""

    _inherit = "esign.request"

    rule_run_ids = fields.One2many("esign.rule.run", "request_id", string="Automation")
    rule_failure = fields.Char(string="What a rule could not do", compute="_compute_rule_failure")

    @api.depends("rule_run_ids.state", "rule_run_ids.words")
    def _compute_rule_failure(self):
        for request in self:
            failed = request.rule_run_ids.filtered(lambda run: run.state == "failed")[:1]
            request.rule_failure = f"{failed.rule_name}: {failed.words}" if failed else False

    def _on_event(self, event):
        """Queue the rules that ``event`` sets off. A failure here is logged and undone: it stops no signature."""
        result = super()._on_event(event)
        if event.kind not in TRIGGERS:
            return result
        savepoint = self.env.cr.savepoint()  # writes what is pending, whose failures are not ours
        try:
            with savepoint:
                self._queue_rules(event)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception(
                "rules could not be queued for request %s, entry %s", self.id, event.sequence
            )
        return result

    def _queue_rules(self, event):
        details = event._details()
        triggers, signer_sudo = list(TRIGGERS[event.kind]), self._signer_of_sudo(details)
        if event.kind.startswith("message_") and (
            not signer_sudo or details.get("purpose") in BESIDE_DELIVERY
        ):
            return  # a notice to one of ours, or nothing that keeps the signer from signing
        if (
            event.kind == "signed"
            and signer_sudo.side == "own"
            and self._has_own_side_signed_sudo()
        ):
            triggers.append("own_signed")
        self.env["esign.rule.run"]._queue(
            self,
            triggers,
            f"event:{event.sequence}",
            side=signer_sudo.side,
            origin=self._origin_of_sudo(details),
        )

    def _signer_of_sudo(self, details):
        """Return the signer that an entry is about; whoever acts has no rights to read him, hence the sudo."""
        return self.sudo().signer_ids.filtered(lambda signer: signer.id == details.get("signer"))

    def _has_own_side_signed_sudo(self):
        """Tell whether all of our signers have signed; the signer has no rights to see it, hence the sudo."""
        own = self.sudo().signer_ids._acting().filtered(lambda each: each.side == "own")
        return set(own.mapped("state")) == {"signed"}

    def _origin_of_sudo(self, details):
        """Return the id of the run that had the message sent which an entry is about, hours ago perhaps."""
        message_id = details.get("message")
        return self.env["esign.message"].sudo().browse(message_id or ()).rule_run_id.id
