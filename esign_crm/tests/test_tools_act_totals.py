"""Sums of acts, exact to the coin."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools.act_totals import line_amount, prices, rounded, totals


@tagged("post_install", "-at_install")
class TestActTotals(BaseCase):
    """Numbers are what was typed, whatever their binary form."""

    def test_binary_fractions_do_not_lose_a_cent(self):
        self.assertEqual(line_amount(1, 1.005, 2), Decimal("1.01"))
        self.assertEqual(line_amount(3, 0.335, 2), Decimal("1.01"))
        self.assertEqual(line_amount(-1, 1.005, 2), Decimal("-1.01"))

    def test_currency_without_coins_is_rounded_to_units(self):
        self.assertEqual(str(line_amount(1.5, 333, 0)), "500")
        self.assertEqual(rounded(Decimal("0.0005"), 3), Decimal("0.001"))

    def test_taxes_are_summed_by_rate(self):
        found = totals([(1, 100, 20), (2, 50, 20), (1, 10, 5.5), (1, 7, 0)], 2)
        self.assertEqual(found.net, Decimal("217.00"))
        self.assertEqual(
            [(tax.rate, tax.base, tax.amount) for tax in found.taxes],
            [
                (Decimal(0), Decimal("7.00"), Decimal("0.00")),
                (Decimal("5.5"), Decimal("10.00"), Decimal("0.55")),
                (Decimal(20), Decimal("200.00"), Decimal("40.00")),
            ],
        )
        self.assertEqual(found.total, Decimal("257.55"))

    def test_tax_may_be_rounded_by_line_or_by_rate(self):
        lines = [(1, 0.22, 20)] * 3
        self.assertEqual(totals(lines, 2).tax, Decimal("0.13"))
        self.assertEqual(totals(lines, 2, by_line=True).tax, Decimal("0.12"))

    def test_amounts_are_rounded_once_at_the_end_or_by_line(self):
        lines = [(12.12, 12.12, 23)] * 2  # 146.8944 each
        found = totals(lines, 2)
        self.assertEqual((found.net, found.tax), (Decimal("293.79"), Decimal("67.57")))
        found = totals(lines, 2, by_line=True)
        self.assertEqual((found.net, found.tax), (Decimal("293.78"), Decimal("67.56")))

    def test_price_has_as_few_decimals_as_bring_the_same_sum(self):
        def price(quantity, net, wanted):
            lines = [(Decimal(quantity), Decimal(net), 0)]
            return prices(lines, (Decimal(wanted), Decimal(0)), 2)[0]

        self.assertEqual(price(3, "89.991", "89.99"), Decimal("29.997"))
        self.assertEqual(price(30001, "1400.74669", "1400.75"), Decimal("0.04669"))
        self.assertEqual(price(1, "81.30081301", "81.30"), Decimal("81.30"))
        self.assertEqual(price(100, "81.30081301", "81.30"), Decimal("0.813"))
        self.assertEqual(price(3, "-10", "-10"), Decimal("-3.333"))

    def test_price_that_brings_no_such_sum_is_exact(self):
        lines = [(Decimal(7), Decimal(10), 0)]
        self.assertEqual(prices(lines, (Decimal(11), Decimal(0)), 2), [Decimal("1.42857143")])

    def test_no_lines_come_to_nothing(self):
        self.assertEqual(totals([], 2).total, 0)
