"""Where a copy by mail stands, and how often an address may be typed."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools.mail_copy_policy import COPIES_PER_DAY, seconds_to_wait, word

NOW = datetime(2026, 6, 1, 8, 0)


class TestToolsMailCopyPolicy(BaseCase):
    """Three addresses a day; one that worked."""

    def test_third_address_is_taken_and_the_next_one_a_day_after_the_first(self):
        earlier = [NOW - timedelta(hours=23, seconds=-each) for each in range(COPIES_PER_DAY)]
        self.assertEqual(COPIES_PER_DAY, 3)
        self.assertEqual(seconds_to_wait(NOW, earlier[1:]), 0)
        self.assertEqual(seconds_to_wait(NOW, reversed(earlier)), 3600)

    def test_message_tells_what_became_of_it(self):
        self.assertEqual(word(has_address=False, message_state=None), "offered")
        self.assertEqual(word(has_address=True, message_state="bounced"), "asked")
        for state in ("queued", "sending", "sent", "delivered"):
            self.assertEqual(word(has_address=False, message_state=state), "sent")
        for state in ("failed", "bounced", "cancelled"):
            self.assertEqual(word(has_address=False, message_state=state), "failed")
