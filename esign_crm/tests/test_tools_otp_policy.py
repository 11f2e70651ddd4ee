"""How often codes are sent and tried."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools import otp_policy
from ..tools.otp_policy import Decision

NOW = datetime(2026, 3, 1, 12, 0, 0)


def ago(*seconds):
    """Return the moments so many seconds before now."""
    return [NOW - timedelta(seconds=each) for each in seconds]


class TestSending(BaseCase):
    """Caps of a signer and of an address."""

    def test_first_code_is_sent(self):
        self.assertTrue(otp_policy.may_send(NOW, [], [], False).allowed)

    def test_second_code_waits_a_minute(self):
        self.assertEqual(
            otp_policy.may_send(NOW, ago(59), [], False),
            Decision(False, "code_wait", retry_after=1),
        )
        self.assertTrue(otp_policy.may_send(NOW, ago(60), [], False).allowed)

    def test_sixth_code_of_an_hour_waits_until_the_first_is_an_hour_old(self):
        sends = ago(3000, 2000, 1500, 1000, 500)
        self.assertEqual(
            otp_policy.may_send(NOW, sends, [], False),
            Decision(False, "code_limit", retry_after=600),
        )
        self.assertTrue(otp_policy.may_send(NOW, ago(3600, 4, 3, 2, 70)[:4], [], False).code)
        self.assertTrue(otp_policy.may_send(NOW, ago(3600, 900, 800, 700, 60), [], False).allowed)

    def test_eleventh_code_of_a_day_asks_for_a_lock(self):
        sends = ago(*(3600 * hour for hour in range(1, 11)))
        self.assertEqual(
            otp_policy.may_send(NOW, sends, [], False), Decision(False, "locked", must_lock=True)
        )

    def test_locked_signer_gets_nothing(self):
        self.assertEqual(otp_policy.may_send(NOW, [], [], True), Decision(False, "locked"))

    def test_address_is_limited_by_hour_and_day(self):
        hour = otp_policy.may_send(NOW, [], ago(*range(100, 1100, 100)), False)
        self.assertEqual((hour.code, hour.retry_after), ("code_limit", 2600))
        day = otp_policy.may_send(NOW, [], ago(*range(4000, 4030)), False)
        self.assertEqual((day.code, day.retry_after), ("code_limit", 86400 - 4029))

    def test_order_of_moments_does_not_matter(self):
        self.assertFalse(otp_policy.may_send(NOW, ago(10, 5000), [], False).allowed)

    def test_codes_keep_their_share_of_sms(self):
        self.assertTrue(otp_policy.may_send_sms(299, is_code=False))
        self.assertFalse(otp_policy.may_send_sms(300, is_code=False))
        self.assertTrue(otp_policy.may_send_sms(499, is_code=True))
        self.assertFalse(otp_policy.may_send_sms(500, is_code=True))


class TestTrying(BaseCase):
    """Life and death of one code."""

    def check(self, seconds=10, tries=1, **flags):
        flags = {"is_void": False, "is_used": False, "matches": True} | flags
        return otp_policy.check(NOW, *ago(seconds), tries, **flags)

    def test_code_lives_300_seconds(self):
        self.assertTrue(self.check(299).allowed)
        self.assertTrue(self.check(300).allowed)
        self.assertEqual(self.check(301).code, "code_expired")

    def test_wrong_code_says_how_many_tries_are_left(self):
        answers = [self.check(tries=n, matches=False) for n in range(1, 7)]
        self.assertEqual([each.tries_left for each in answers], [4, 3, 2, 1, 0, 0])
        self.assertEqual([each.code for each in answers], ["code_wrong"] * 5 + ["code_void"])

    def test_right_code_after_five_tries_is_void(self):
        self.assertTrue(self.check(tries=5).allowed)
        self.assertEqual(self.check(tries=6).code, "code_void")

    def test_used_void_or_undelivered_code_is_void(self):
        self.assertEqual(self.check(is_used=True).code, "code_void")
        self.assertEqual(self.check(is_void=True).code, "code_void")
        never = otp_policy.check(NOW, None, 1, False, False, True)
        self.assertEqual(never.code, "code_void")

    def test_code_has_six_digits(self):
        self.assertEqual(otp_policy.new_code(123), "000123")
        self.assertEqual(otp_policy.new_code(999999), "999999")
        with self.assertRaises(ValueError):
            otp_policy.new_code(1000000)

    def test_expires_in_counts_down_to_zero(self):
        self.assertEqual(otp_policy.expires_in(NOW, *ago(0)), 300)
        self.assertEqual(otp_policy.expires_in(NOW, *ago(400)), 0)

    def test_confirmation_ends_after_30_idle_minutes(self):
        self.assertTrue(otp_policy.confirmation_is_live(NOW, *ago(1800)))
        self.assertFalse(otp_policy.confirmation_is_live(NOW, *ago(1801)))
        self.assertFalse(otp_policy.confirmation_is_live(NOW, None))


class TestAddressBucket(BaseCase):
    """Who is counted together."""

    def test_ipv6_neighbours_share_a_bucket(self):
        one = otp_policy.ip_bucket("2001:db8:1:2::1")
        self.assertEqual(one, "2001:db8:1:2::/64")
        self.assertEqual(otp_policy.ip_bucket("2001:db8:1:2:ffff::9"), one)
        self.assertNotEqual(otp_policy.ip_bucket("2001:db8:1:3::1"), one)

    def test_ipv4_stands_alone_in_any_spelling(self):
        self.assertEqual(otp_policy.ip_bucket("192.0.2.7"), "192.0.2.7")
        self.assertEqual(otp_policy.ip_bucket("::ffff:192.0.2.7"), "192.0.2.7")

    def test_scoped_and_broken_addresses_have_a_bucket(self):
        self.assertEqual(otp_policy.ip_bucket("fe80::1%eth0"), "fe80::/64")
        self.assertEqual(otp_policy.ip_bucket(None), "unknown")
        self.assertEqual(otp_policy.ip_bucket("x"), "unknown")
