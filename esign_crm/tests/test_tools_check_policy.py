"""How many public checks a visitor may make."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools.check_policy import CHECKS_PER_MINUTE, seconds_to_wait

NOW = datetime(2026, 11, 24, 12, 0, 0)


class TestToolsCheckPolicy(BaseCase):
    """Twenty within any sixty seconds."""

    def test_limit_lies_within_the_contract(self):
        self.assertTrue(10 <= CHECKS_PER_MINUTE <= 30)

    def test_one_below_the_limit_goes_on(self):
        earlier = [NOW] * (CHECKS_PER_MINUTE - 1)
        self.assertEqual(seconds_to_wait(NOW, earlier), 0)

    def test_who_has_used_up_the_minute_is_told_when_it_goes_on(self):
        earlier = [NOW - timedelta(seconds=20 + each) for each in range(CHECKS_PER_MINUTE)]
        wait = seconds_to_wait(NOW, earlier)
        self.assertEqual(wait, 60 - 20 - (CHECKS_PER_MINUTE - 1))
        self.assertEqual(seconds_to_wait(NOW + timedelta(seconds=wait), earlier), 0)

    def test_what_is_a_minute_old_counts_no_more(self):
        self.assertEqual(seconds_to_wait(NOW, [NOW - timedelta(seconds=60)] * 100), 0)
