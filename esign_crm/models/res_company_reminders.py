"""What a company sets for everything that time drives: reminders, notices of deadlines, the weekly digest."""

from odoo import fields, models

from ..tools.reminder_schedule import DEFAULT_SPANS, Span, WorkingHours


class ResCompany(models.Model):
    """Defaults of new requests, and when the company works."""

    _inherit = "res.company"

    esign_reminder_first_days = fields.Integer(
        string="First reminder after", default=3, help="Days after the invitation."
    )
    esign_reminder_every_days = fields.Integer(
        string="Then every", default=3, help="Days from one reminder to the next."
    )
    esign_reminder_max = fields.Integer(
        string="At most", default=3, help="Reminders to one signer; 0 sends none by itself."
    )
    esign_deadline_notice_days = fields.Integer(
        string="Notice before a deadline",
        default=2,
        help="Days before the deadline that the sender is told who has not signed; 0 tells nothing.",
    )
    esign_digest = fields.Boolean(
        string="Weekly digest",
        default=True,
        help="Each week managers are told by e-mail what is late, was declined or did not arrive.",
    )
    esign_digest_week = fields.Char(readonly=True, copy=False)

    _esign_reminder_range = models.Constraint(
        "CHECK (esign_reminder_first_days BETWEEN 1 AND 365 AND esign_reminder_every_days BETWEEN 1 AND 365)",
        "Reminders come after 1 to 365 days.",
    )
    _esign_reminder_max_range = models.Constraint(
        "CHECK (esign_reminder_max BETWEEN 0 AND 20)", "A signer gets 0 to 20 reminders."
    )
    _esign_deadline_notice_range = models.Constraint(
        "CHECK (esign_deadline_notice_days BETWEEN 0 AND 90)",
        "The notice comes 0 to 90 days before the deadline.",
    )

    def _esign_working_hours(self):
        """Return the company's working hours as plain values; whoever acts may not read calendars, hence the sudo."""
        self.ensure_one()
        calendar_sudo = self.sudo().resource_calendar_id
        zone = calendar_sudo.tz or self.sudo().partner_id.tz or "UTC"
        spans = _spans(calendar_sudo)
        if not spans:
            return WorkingHours(zone, DEFAULT_SPANS)
        return WorkingHours(zone, spans, self._esign_closed_sudo(calendar_sudo))

    def _esign_closed_sudo(self, calendar_sudo):
        """Return the (from, until) of the company's own time off; whoever acts may not read it, hence the sudo."""
        leaves_sudo = self.env["resource.calendar.leaves"].sudo()
        found = leaves_sudo.search(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", (calendar_sudo.id, False)),
                ("company_id", "in", (self.id, False)),
                ("date_to", ">", fields.Datetime.now()),
            ]
        )
        return tuple((leave.date_from, leave.date_to) for leave in found)


def _spans(calendar):
    """Return the working time of a calendar; none for no calendar, or for one without fixed hours."""
    return tuple(
        Span(
            int(each.dayofweek),
            round(each.hour_from * 60),
            round(each.hour_to * 60),
            int(each.week_type) if calendar.two_weeks_calendar and each.week_type else None,
        )
        for each in calendar.attendance_ids
        if each.day_period != "lunch" and not each.display_type
    )
