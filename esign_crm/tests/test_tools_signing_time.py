"""How long a side took: from its first invitation to its last signature."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools.signing_time import Turn, hours

NINE = datetime(2026, 3, 2, 9)


class TestToolsSigningTime(BaseCase):
    """Hours, and the nought that means: not yet."""

    def test_one_signer_counts_from_invitation_to_signature(self):
        self.assertEqual(hours([Turn(NINE, NINE + timedelta(hours=2, minutes=30))]), 2.5)

    def test_several_signers_count_from_the_first_to_the_last(self):
        late = Turn(NINE + timedelta(hours=1), NINE + timedelta(hours=6))
        self.assertEqual(hours([Turn(NINE, NINE + timedelta(hours=2)), late]), 6)

    def test_who_handed_over_begins_the_time(self):
        late = Turn(NINE + timedelta(hours=1), NINE + timedelta(hours=2))
        self.assertEqual(hours([late], [NINE, None]), 2)

    def test_missing_signature_counts_nothing(self):
        self.assertEqual(hours([Turn(NINE, NINE), Turn(NINE, None)]), 0)
        self.assertEqual(hours([Turn(None, None)]), 0)

    def test_nobody_counts_nothing(self):
        self.assertEqual(hours([]), 0)

    def test_instant_signature_is_not_taken_for_none(self):
        self.assertGreater(hours([Turn(NINE, NINE)]), 0)
