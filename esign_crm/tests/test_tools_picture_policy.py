"""How many pictures are looked at in an hour."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools.picture_policy import PICTURES_PER_HOUR, recent, seconds_to_wait

NOW = datetime(2026, 6, 1, 8, 0)


class TestToolsPicturePolicy(BaseCase):
    """Sixty, in whatever hour."""

    def test_sixtieth_is_looked_at_and_the_next_one_when_the_first_is_an_hour_old(self):
        earlier = [NOW - timedelta(minutes=50, seconds=-each) for each in range(PICTURES_PER_HOUR)]
        self.assertEqual(PICTURES_PER_HOUR, 60)
        self.assertEqual(seconds_to_wait(NOW, earlier[1:]), 0)
        self.assertEqual(seconds_to_wait(NOW, reversed(earlier)), 600)
        self.assertEqual(seconds_to_wait(NOW + timedelta(seconds=600), earlier), 0)

    def test_what_is_an_hour_old_is_forgotten(self):
        kept = NOW - timedelta(minutes=59)
        self.assertEqual(recent(NOW, [NOW - timedelta(hours=1), kept]), [kept])
