"""How often somebody else may be named in a day, and how he is reached."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools.delegation_policy import ASKED_PER_DAY, channel_of, recent, seconds_to_wait

NOW = datetime(2026, 6, 1, 8, 0)


class TestToolsDelegationPolicy(BaseCase):
    """Five times, in whatever 24 hours."""

    def test_fifth_is_asked_and_the_next_one_when_the_first_is_a_day_old(self):
        earlier = [NOW - timedelta(hours=23, seconds=-each) for each in range(ASKED_PER_DAY)]
        self.assertEqual(ASKED_PER_DAY, 5)
        self.assertEqual(seconds_to_wait(NOW, earlier[1:]), 0)
        self.assertEqual(seconds_to_wait(NOW, reversed(earlier)), 3600)
        self.assertEqual(seconds_to_wait(NOW + timedelta(hours=1), earlier), 0)

    def test_what_is_a_day_old_is_forgotten(self):
        kept = NOW - timedelta(hours=23)
        self.assertEqual(recent(NOW, [NOW - timedelta(days=1), kept]), [kept])

    def test_address_tells_the_channel(self):
        self.assertEqual(channel_of("berta@client.example.com"), "email")
        self.assertEqual(channel_of("+33 6 12 34 56 78"), "sms")
