"""Columns and rows of an act, from plain values."""

from odoo.tests import BaseCase, tagged

from ..tools import act_layout


@tagged("post_install", "-at_install")
class TestToolsActLayout(BaseCase):
    """Widths in millimetres."""

    def test_column_is_as_wide_as_its_head_or_its_longest_figure(self):
        self.assertEqual(act_layout.column_width(["1", "10.50"], 20), 20)
        self.assertEqual(act_layout.column_width([], 20), 20)
        self.assertGreater(act_layout.column_width(["1", "121,927,160,495.35"], 20), 34)

    def test_only_a_very_long_description_may_run_over_the_end_of_a_page(self):
        self.assertFalse(act_layout.is_tall("Works\n" * 20))
        self.assertFalse(act_layout.is_tall("x" * 1000))
        self.assertTrue(act_layout.is_tall("Works\n" * 40))
        self.assertTrue(act_layout.is_tall("x" * 2000))

    def test_thousands_stand_apart_and_decimals_do_not(self):
        for text, words in (
            ("58154,41 zł", "58\u00a0154,41 zł"),
            ("1234567,12345", "1\u00a0234\u00a0567,12345"),
            ("999,99", "999,99"),
            ("-1000", "-1\u00a0000"),
        ):
            self.assertEqual(act_layout.grouped(text), words)
