"""How often one signer was reminded in this turn, and when last."""

from odoo import fields, models

from ..tools.reminder_schedule import Contact


class EsignSigner(models.Model):
    """The counters start anew with each turn; see ``_invite``."""

    _inherit = "esign.signer"

    reminders_sent = fields.Integer(string="Reminders", readonly=True, copy=False)
    reminded_at = fields.Datetime(string="Last reminder", readonly=True, copy=False)

    last_link_at = fields.Datetime(string="Last link", readonly=True, copy=False)

    def _last_contact(self):
        """Return what this signer has heard in this turn, as a plain value."""
        self.ensure_one()
        heard = [self.reminded_at, self.invited_at, self.last_link_at]
        last = max((moment for moment in heard if moment), default=self.request_id.sent_at)
        return Contact(last, self.reminders_sent)

    def _remind(self):
        """Send a new link as a reminder and count it; earlier links go on working."""
        self.ensure_one()
        self._set_system_sudo(
            reminders_sent=self.reminders_sent + 1, reminded_at=fields.Datetime.now()
        )
        self._send_link("reminder", "reminder")
