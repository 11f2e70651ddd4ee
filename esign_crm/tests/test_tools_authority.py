"""Ends of authorities."""

from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools import authority

TODAY = date(2026, 3, 31)


def _in(days):
    return TODAY + timedelta(days=days)


class TestAuthority(BaseCase):
    """What a date says today, and when to warn."""

    def test_states(self):
        for until, notice_days, expected in (
            (None, 30, "open"),
            (_in(31), 30, "valid"),
            (_in(30), 30, "ending"),
            (_in(0), 30, "ending"),
            (_in(0), 0, "valid"),
            (_in(-1), 30, "expired"),
        ):
            self.assertEqual(authority.state(until, TODAY, notice_days), expected)

    def test_each_warning_is_given_once(self):
        for until, told, expected in (
            (_in(40), "", ""),
            (_in(10), "", "ending"),
            (_in(10), "ending", ""),
            (_in(-1), "ending", "expired"),
            (_in(-1), "", "expired"),
            (_in(-1), "expired", ""),
            (None, "", ""),
        ):
            self.assertEqual(authority.notice(until, TODAY, 30, told), expected)
