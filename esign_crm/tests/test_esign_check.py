"""Counting public checks: for each visitor alone, without his address."""

from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase

from ..tools.check_policy import CHECKS_PER_MINUTE


class TestEsignCheck(TransactionCase):
    """The counters behind the limit."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()  # transactions of their own share this one, and end with it
        self.env["esign.check"].search([]).unlink()

    def check(self, ip="203.0.113.7", times=1):
        """Make checks from an address; return how many were allowed."""
        self.env.flush_all()
        checks = self.env["esign.check"].with_user(self.env.ref("base.public_user"))
        allowed = [checks._seconds_to_wait(ip) for _ in range(times)].count(0)
        self.env.invalidate_all()  # they were counted beside this environment
        return allowed

    def test_visitor_is_stopped_at_the_limit_and_others_are_not(self):
        self.assertEqual(self.check(times=CHECKS_PER_MINUTE + 5), CHECKS_PER_MINUTE)
        self.assertEqual(self.check("203.0.113.8"), 1)

    def test_addresses_of_one_network_are_one_visitor(self):
        self.assertEqual(self.check("2001:db8:1:2::1", CHECKS_PER_MINUTE), CHECKS_PER_MINUTE)
        self.assertEqual(self.check("2001:db8:1:2:ffff::9"), 0)
        self.assertEqual(self.check("2001:db8:1:3::1"), 1)

    def test_waiting_helps_and_refused_checks_do_not_prolong_it(self):
        self.check(times=CHECKS_PER_MINUTE + 5)
        counted = self.env["esign.check"].search([])
        self.assertEqual(len(counted), CHECKS_PER_MINUTE)
        counted.counted_at = fields.Datetime.now() - timedelta(seconds=60)
        self.assertEqual(self.check(), 1)
        self.assertEqual(self.env["esign.check"].search_count([]), 1, "what is over is dropped")

    def test_address_is_nowhere_to_be_read(self):
        self.check()
        self.assertRegex(self.env["esign.check"].search([]).visitor, "^[0-9a-f]{64}$")

    def test_cleaning_drops_what_counts_no_more(self):
        self.check(times=3)
        self.env["esign.check"].search([], limit=2).counted_at = fields.Datetime.now() - timedelta(
            minutes=1
        )
        self.env["esign.check"]._gc_checks()
        self.assertEqual(self.env["esign.check"].search_count([]), 1)
