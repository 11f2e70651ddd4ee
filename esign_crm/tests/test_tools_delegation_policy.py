"""How often somebody else may be named in a day, and how he is reached."""

from odoo.tests import BaseCase

from ..tools.delegation_policy import ASKED_PER_DAY, channel_of


class TestToolsDelegationPolicy(BaseCase):
    """Five times, in whatever 24 hours."""

    def test_five_are_asked_in_a_day(self):
        self.assertEqual(ASKED_PER_DAY, 5)

    def test_address_tells_the_channel(self):
        self.assertEqual(channel_of("berta@client.example.com"), "email")
        self.assertEqual(channel_of("+33 6 12 34 56 78"), "sms")
