"""Rules that wait for days to pass."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRuleClock(RuleCommon):
    """Once for each turn, and only while it lasts."""

    def setUp(self):
        """Send a request whose director was invited three days ago."""
        super().setUp()
        self.request = self.make_request()
        self.director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        self._invite(days=3)

    def _invite(self, days):
        self.director._set_system_sudo(
            invited_at=fields.Datetime.now() - timedelta(days=days, hours=1)
        )

    def runs(self, rule):
        """Return the rule's runs on this request: a used database has others that wait."""
        return rule.run_ids.filtered(lambda run: run.request_id == self.request)

    def clock(self):
        """Let the clock's cron look."""
        self.env.flush_all()
        self.env["esign.rule"]._cron_clock()
        self.env.invalidate_all()

    def test_turn_sets_a_rule_off_once_when_its_days_are_over(self):
        for trigger in ("not_opened", "own_idle"):
            rule = self.rule(trigger=trigger, days=4, action="note", note="Late")
            self.clock()
            self.assertFalse(self.runs(rule))
            rule.days = 3
            self.clock()
            self.clock()
            self.assertEqual(len(self.runs(rule)), 1)
            self.run_rules()
            self.clock()
            self.assertEqual(self.runs(rule).mapped("state"), ["done"], self.runs(rule).words)

    def test_new_turn_sets_it_off_again(self):
        rule = self.rule(trigger="own_idle", days=2, action="note", note="Late")
        self.clock()
        self._invite(days=2)
        self.clock()
        self.assertEqual(len(self.runs(rule)), 2)

    def test_signer_who_has_looked_sets_off_only_the_rule_about_signing(self):
        not_opened = self.rule(trigger="not_opened", days=2, action="note", note="Late")
        idle = self.rule(trigger="own_idle", days=2, action="note", note="Late")
        self.director._move("opened", opened_at=fields.Datetime.now())
        self.clock()
        self.assertEqual((len(self.runs(not_opened)), len(self.runs(idle))), (0, 1))

    def test_rule_about_the_other_side_is_not_set_off(self):
        rule = self.rule(trigger="not_opened", days=2, side="client", action="note", note="Late")
        self.clock()
        self.assertFalse(self.runs(rule))
        rule.side = "own"
        self.clock()
        self.assertEqual(len(self.runs(rule)), 1)

    def test_client_alone_does_not_make_our_side_idle(self):
        rule = self.rule(trigger="own_idle", days=2, action="note", note="Late")
        self.director._move("opened", opened_at=fields.Datetime.now())
        self.director._move("confirmed")
        self.director._move("signed", signed_at=fields.Datetime.now())
        client = self.request.signer_ids - self.director
        client._move("invited", invited_at=fields.Datetime.now() - timedelta(days=9))
        self.clock()
        self.assertFalse(self.runs(rule))

    def test_turn_that_ended_before_the_run_is_left_alone(self):
        rule = self.rule(trigger="own_idle", days=2, action="note", note="Late")
        self.clock()
        self.request.with_user(self.rep).action_cancel()
        self.run_rules()
        self.assertEqual(self.runs(rule).state, "skipped")
        self.assertIn("no longer waited for", self.runs(rule).words)

    def test_closed_request_sets_nothing_off(self):
        rule = self.rule(trigger="own_idle", days=2, action="note", note="Late")
        self.request.with_user(self.rep).action_cancel()
        self.clock()
        self.assertFalse(self.runs(rule))
