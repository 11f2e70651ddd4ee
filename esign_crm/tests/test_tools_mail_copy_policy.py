"""Where a copy by mail stands, and how often an address may be typed."""

from odoo.tests import BaseCase

from ..tools.mail_copy_policy import COPIES_PER_DAY, word


class TestToolsMailCopyPolicy(BaseCase):
    """Three addresses a day; one that worked."""

    def test_three_addresses_are_taken_in_a_day(self):
        self.assertEqual(COPIES_PER_DAY, 3)

    def test_message_tells_what_became_of_it(self):
        self.assertEqual(word(has_address=False, message_state=None), "offered")
        self.assertEqual(word(has_address=True, message_state="bounced"), "asked")
        for state in ("queued", "sending", "sent", "delivered"):
            self.assertEqual(word(has_address=False, message_state=state), "sent")
        for state in ("failed", "bounced", "cancelled"):
            self.assertEqual(word(has_address=False, message_state=state), "failed")
