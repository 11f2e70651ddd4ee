"""What changed between two states of rights."""

from odoo.tests import BaseCase, tagged

from ..tools.rights_changes import Change, Holder, changes, highest


@tagged("post_install", "-at_install")
class TestRightsChanges(BaseCase):
    """Before and after, compared for each person in each company."""

    def test_highest_level_counts(self):
        self.assertEqual(highest({"user", "manager", "team_leader"}), "manager")
        self.assertEqual(highest(set()), "none")

    def test_gain_loss_and_move_are_told_and_nothing_else(self):
        before = {
            (1, 1): Holder("Ann", "user"),
            (2, 1): Holder("Bob", "admin"),
            (3, 1): Holder("Cy", "user"),
        }
        after = {
            (1, 1): Holder("Ann B.", "manager"),
            (3, 1): Holder("Cy", "user"),
            (3, 2): Holder("Cy", "user"),
        }
        self.assertEqual(
            changes(before, after),
            [Change(1, "Ann B.", "user", "manager"), Change(1, "Bob", "admin", "none"), Change(2, "Cy", "none", "user")],
        )  # fmt: skip
