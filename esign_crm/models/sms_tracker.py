"""Delivery reports of Odoo's SMS providers, for our messages."""

from odoo import fields, models

REPORTS = {"sent": "delivered", "bounce": "failed", "exception": "failed", "canceled": "failed"}


class SmsTracker(models.Model):
    """Odoo's trackers follow mail notifications; ours follow a message of the outbox."""

    _inherit = "sms.tracker"

    esign_message_id = fields.Many2one("esign.message", ondelete="cascade", index="btree_not_null")

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        """Pass the report on: whatever the provider, this is where its states have become Odoo's."""
        state = REPORTS.get(notification_status)
        for message_sudo in self.sudo().esign_message_id if state else ():
            words = failure_reason or dict(
                self.env["sms.sms"]._fields["failure_type"]._description_selection(self.env)
            ).get(failure_type, "")
            message_sudo._take_report(state, words)
        return super()._update_sms_notifications(
            notification_status, failure_type=failure_type, failure_reason=failure_reason
        )
