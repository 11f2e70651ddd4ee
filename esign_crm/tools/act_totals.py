"""What an act comes to: exact to the smallest coin, however the numbers were stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

HUNDRED = Decimal(100)
WIDE = Context(prec=400)  # whatever a form's field holds before it is refused


@dataclass(frozen=True)
class Tax:
    """The tax of one rate: on what, and how much."""

    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Totals:
    """The sums of an act; taxes by rate, the lowest first."""

    net: Decimal
    taxes: tuple[Tax, ...]

    @property
    def tax(self) -> Decimal:
        """All taxes together."""
        return sum((tax.amount for tax in self.taxes), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self.net + self.tax


def exact(number: float | str | Decimal) -> Decimal:
    """Return the number that was typed, without what binary fractions add to it."""
    return Decimal(str(number))


def rounded(number: Decimal, places: int) -> Decimal:
    """Return the number with so many decimal places, halves away from zero as in accounting."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)


def line_amount(quantity: float, price: float, places: int) -> Decimal:
    """Return what a line comes to without tax."""
    return rounded(exact(quantity) * exact(price), places)


def totals(
    lines: Iterable[tuple[float, float, float]], places: int, *, by_line: bool = False
) -> Totals:
    """Return the sums of an act.

    :param lines: quantity, price and tax rate in per cent of each line
    :param by_line: round the tax of each line, not that of each rate
    """
    bases: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    for quantity, price, percent in lines:
        rate, amount = exact(percent).normalize(), line_amount(quantity, price, places)
        tax = amount * rate / HUNDRED
        bases[rate] = bases.get(rate, Decimal(0)) + amount
        taxes[rate] = taxes.get(rate, Decimal(0)) + (rounded(tax, places) if by_line else tax)
    found = (Tax(rate, bases[rate], rounded(taxes[rate], places)) for rate in sorted(bases))
    return Totals(rounded(sum(bases.values(), Decimal(0)), places), tuple(found))
