"""Decisions of rules from plain values."""

from datetime import timedelta

from odoo.tests import BaseCase, tagged

from ..tools import rule_policy
from ..tools.rule_policy import Facts, Place, Wanted


@tagged("post_install", "-at_install")
class TestRulePolicy(BaseCase):
    """Whom a rule is for, which way a deal goes, what stops a chain, when to try again."""

    FACTS = Facts(company_id=1, side="own", team_id=2, has_deal=True, stage_id=3, amount=500.0)

    def test_empty_conditions_are_met_by_everything(self):
        self.assertEqual(rule_policy.mismatch(Wanted(), self.FACTS), "")
        self.assertEqual(rule_policy.mismatch(Wanted(), Facts(company_id=1)), "")

    def test_met_conditions_are_met_together(self):
        wanted = Wanted(1, frozenset({2, 9}), frozenset({3}), 500.0, 500.0, "own")
        self.assertEqual(rule_policy.mismatch(wanted, self.FACTS), "")

    def test_each_condition_that_is_not_met_is_named(self):
        for word, wanted in {
            "company": Wanted(company_id=9),
            "side": Wanted(side="client"),
            "template": Wanted(template_ids=frozenset({9})),
            "team": Wanted(team_ids=frozenset({9})),
            "stage": Wanted(stage_ids=frozenset({9})),
        }.items():
            self.assertEqual(rule_policy.mismatch(wanted, self.FACTS), word)
        for wanted in (Wanted(amount_from=500.01), Wanted(amount_to=499.99)):
            self.assertEqual(rule_policy.mismatch(wanted, self.FACTS), "amount")

    def test_conditions_on_the_deal_are_not_met_without_one(self):
        for wanted in (
            Wanted(stage_ids=frozenset({3})),
            Wanted(amount_from=1),
            Wanted(amount_to=1),
        ):
            self.assertEqual(rule_policy.mismatch(wanted, Facts(company_id=1)), "no_deal")

    def test_deal_moves_forward_only(self):
        new, won = Place(1, 1), Place(4, 70, is_won=True)
        self.assertEqual(rule_policy.why_not_move(new, won, 0), "")
        self.assertEqual(rule_policy.why_not_move(None, new, 0), "")
        self.assertEqual(rule_policy.why_not_move(won, new, 0), "back")
        self.assertEqual(rule_policy.why_not_move(new, new, 0), "there_already")
        self.assertEqual(rule_policy.why_not_move(new, Place(9, 1), 0), "back")

    def test_deal_does_not_move_to_a_stage_of_other_teams(self):
        target = Place(2, 5, team_ids=frozenset({7}))
        self.assertEqual(rule_policy.why_not_move(Place(1, 1), target, 8), "foreign_stage")
        self.assertEqual(rule_policy.why_not_move(Place(1, 1), target, 7), "")

    def test_chain_stops_at_a_rule_that_ran_in_it_and_at_its_depth(self):
        self.assertEqual(rule_policy.why_not_in_chain(1, []), "")
        self.assertEqual(rule_policy.why_not_in_chain(3, [1, 2]), "")
        self.assertEqual(rule_policy.why_not_in_chain(1, [1, 2]), "loop")
        self.assertEqual(rule_policy.why_not_in_chain(4, [1, 2, 3]), "depth")

    def test_pauses_grow_until_the_last_try(self):
        pauses = [rule_policy.pause_after(tries) for tries in range(1, 6)]
        minutes = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
        self.assertEqual(pauses, [*minutes, None])
