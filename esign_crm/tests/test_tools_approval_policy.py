"""When approval is needed, and what has one digest."""

from odoo.tests import BaseCase, tagged

from ..tools.approval_policy import digest, is_needed


@tagged("post_install", "-at_install")
class TestToolsApprovalPolicy(BaseCase):
    """Plain values."""

    def test_approval_is_needed_above_the_limit_only(self):
        for amount, limit, expected in (
            (9_999.99, 10_000, False),
            (10_000, 10_000, False),
            (10_000.01, 10_000, True),
            (0, 10_000, False),
        ):
            self.assertEqual(is_needed(amount, limit), expected, amount)

    def test_limit_of_zero_means_every_document(self):
        for amount in (0, 1, None):
            self.assertTrue(is_needed(amount, 0))

    def test_unknown_amount_needs_approval(self):
        self.assertTrue(is_needed(None, 10_000))

    def test_order_of_people_does_not_count(self):
        one, two = {"role": "a", "email": "a@x"}, {"role": "b", "email": "b@x"}
        self.assertEqual(digest({"people": [one, two]}), digest({"people": [two, one]}))

    def test_every_value_counts(self):
        facts = {"title": "Act", "amount": "1.00", "people": [{"role": "a", "email": "a@x"}]}
        known = {digest(facts)}
        for change in (
            {"title": "act"},
            {"amount": None},
            {"people": [{"role": "a", "email": "b@x"}]},
            {"people": []},
            {"deadline": ""},
        ):
            known.add(digest(facts | change))
        self.assertEqual(len(known), 6)

    def test_digest_is_that_of_canonical_json(self):
        self.assertEqual(
            digest({"title": "Акт", "amount": None}),
            "2dbf13eaa7dfdd4925a4d033d5b79cc1e96a35258db31e3d4ab79e9e9a6118e3",
        )
