"""When reminders are due: weekends, holidays, clocks that change, limits, deadlines."""

from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.reminder_schedule import (
    Cascade,
    Contact,
    Span,
    WorkingHours,
    deadline_notice,
    end_of_day,
    first_working_moment,
    next_reminder,
)

CASCADE = Cascade(first_days=3, every_days=2, at_most=3)
PARIS = WorkingHours("Europe/Paris")
MONDAY = datetime(2026, 6, 1, 8, 0)  # 10:00 in Paris


@tagged("post_install", "-at_install")
class TestReminderSchedule(BaseCase):
    """All moments are naive UTC; Paris is two hours ahead in summer and one in winter."""

    def next(self, contact=None, now=MONDAY, hours=PARIS, cascade=CASCADE, deadline_at=None):
        return next_reminder(cascade, hours, contact or Contact(MONDAY), now, deadline_at)

    def test_first_comes_after_its_days_at_the_same_time(self):
        self.assertEqual(self.next(), datetime(2026, 6, 4, 8, 0))

    def test_later_ones_follow_their_own_rhythm(self):
        self.assertEqual(self.next(Contact(MONDAY, reminders=1)), datetime(2026, 6, 3, 8, 0))

    def test_weekend_waits_for_monday_morning(self):
        wednesday = MONDAY + timedelta(days=2)  # three days later is Saturday
        self.assertEqual(self.next(Contact(wednesday), wednesday), datetime(2026, 6, 8, 7, 0))

    def test_night_waits_for_the_morning_and_evening_for_the_next_day(self):
        night, evening = datetime(2026, 6, 1, 2, 0), datetime(2026, 6, 1, 16, 0)  # 18:00
        self.assertEqual(self.next(Contact(night)), datetime(2026, 6, 4, 7, 0))
        self.assertEqual(self.next(Contact(evening)), datetime(2026, 6, 5, 7, 0))
        last = evening - timedelta(minutes=1)
        self.assertEqual(self.next(Contact(last)), datetime(2026, 6, 4, 15, 59))

    def test_no_more_than_the_limit(self):
        self.assertTrue(self.next(Contact(MONDAY, reminders=2)))
        self.assertIsNone(self.next(Contact(MONDAY, reminders=3)))
        self.assertIsNone(self.next(cascade=Cascade(3, 2, 0)))

    def test_deadline_that_comes_earlier_leaves_none(self):
        due = datetime(2026, 6, 4, 8, 0)
        self.assertIsNone(self.next(deadline_at=due))
        self.assertEqual(self.next(deadline_at=due + timedelta(minutes=1)), due)

    def test_what_was_missed_comes_at_once_but_in_working_hours(self):
        friday = datetime(2026, 6, 5, 9, 30)
        self.assertEqual(self.next(now=friday), friday)
        saturday = datetime(2026, 6, 6, 9, 30)
        self.assertEqual(self.next(now=saturday), datetime(2026, 6, 8, 7, 0))

    def test_clocks_that_change_keep_the_time_of_the_day(self):
        before_spring = datetime(
            2026, 3, 27, 9, 0
        )  # Friday, 10:00 in Paris; summer time from the 29th
        self.assertEqual(
            self.next(Contact(before_spring), before_spring), datetime(2026, 3, 30, 8, 0)
        )
        before_autumn = datetime(2026, 10, 23, 8, 0)  # Friday, 10:00; winter time from the 25th
        self.assertEqual(
            self.next(Contact(before_autumn), before_autumn), datetime(2026, 10, 26, 9, 0)
        )

    def test_hour_that_the_change_skips_is_passed_over(self):
        nights = WorkingHours("Europe/Paris", (Span(6, 2 * 60, 3 * 60), Span(0, 9 * 60, 10 * 60)))
        saturday = datetime(2026, 3, 28, 12, 0)
        moment = first_working_moment(nights, saturday)
        self.assertLessEqual(moment, datetime(2026, 3, 30, 7, 0))
        self.assertGreaterEqual(moment, datetime(2026, 3, 29, 1, 0))

    def test_lunch_and_closed_days_are_no_working_time(self):
        spans = (Span(3, 8 * 60, 12 * 60), Span(3, 13 * 60, 17 * 60), Span(4, 8 * 60, 12 * 60))
        at_lunch = datetime(2026, 6, 1, 10, 30)  # 12:30 in Paris
        hours = WorkingHours("Europe/Paris", spans)
        self.assertEqual(self.next(Contact(at_lunch), hours=hours), datetime(2026, 6, 4, 11, 0))
        holiday = (datetime(2026, 6, 3, 22, 0), datetime(2026, 6, 4, 22, 0))
        closed = WorkingHours("Europe/Paris", spans, (holiday,))
        self.assertEqual(self.next(Contact(at_lunch), hours=closed), datetime(2026, 6, 5, 6, 0))

    def test_closed_days_that_touch_count_as_one(self):
        days = [datetime(2026, 6, day, 22, 0) for day in (3, 4, 5)]
        closed = WorkingHours("Europe/Paris", closed=((days[1], days[2]), (days[0], days[1])))
        self.assertEqual(self.next(hours=closed), datetime(2026, 6, 8, 7, 0))

    def test_alternating_weeks_are_told_apart(self):
        hours = WorkingHours("UTC", (Span(3, 600, 660, week=0),))
        first = first_working_moment(hours, MONDAY)
        second = first_working_moment(hours, first + timedelta(days=1))
        self.assertEqual(second - first, timedelta(days=14))

    def test_day_that_ends_at_midnight_is_whole(self):
        hours = WorkingHours("UTC", (Span(0, 0, 24 * 60),))
        late = datetime(2026, 6, 1, 23, 59)
        self.assertEqual(first_working_moment(hours, late), late)

    def test_company_that_never_works_reminds_nobody(self):
        self.assertIsNone(self.next(hours=WorkingHours("UTC", ())))

    def test_notice_of_a_deadline_comes_days_before_or_not_at_all(self):
        deadline = MONDAY + timedelta(days=5)
        self.assertEqual(deadline_notice(deadline, 2, MONDAY), MONDAY + timedelta(days=3))
        self.assertIsNone(deadline_notice(deadline, 5, MONDAY))
        self.assertIsNone(deadline_notice(deadline, 0, MONDAY))
        self.assertIsNone(deadline_notice(None, 2, MONDAY))

    def test_day_to_sign_before_ends_where_the_sender_is(self):
        self.assertEqual(
            end_of_day(date(2026, 6, 1), "America/New_York"), datetime(2026, 6, 2, 3, 59, 59)
        )
