"""What an act comes to: exact to the smallest coin, however the numbers were stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

HUNDRED = Decimal(100)
WIDE = Context(prec=400)  # whatever a form's field holds before it is refused
PRICE_PLACES = 8
_TYPED = 6  # a price with more decimal places was not typed: it is a share of something else


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
    """Return the sums of an act, rounded as Odoo's accounting does: once, at the end, unless it is told otherwise.

    :param lines: quantity, price and tax rate in per cent of each line
    :param by_line: round amount and tax of each line, and add up what was rounded
    """
    bases: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    for quantity, price, percent in lines:
        rate, amount = exact(percent).normalize(), exact(quantity) * exact(price)
        amount = rounded(amount, places) if by_line else amount
        tax = amount * rate / HUNDRED
        bases[rate] = bases.get(rate, Decimal(0)) + amount
        taxes[rate] = taxes.get(rate, Decimal(0)) + (rounded(tax, places) if by_line else tax)
    found = (
        Tax(rate, rounded(bases[rate], places), rounded(taxes[rate], places))
        for rate in sorted(bases)
    )
    return Totals(rounded(sum(bases.values(), Decimal(0)), places), tuple(found))


def prices(
    lines: Sequence[tuple[Decimal, Decimal, float]],
    wanted: tuple[Decimal, Decimal],
    places: int,
    *,
    by_line: bool = False,
) -> list[Decimal]:
    """Return the prices, with as few decimal places as will do, at which an act comes to what it was made from.

    :param lines: quantity, unrounded amount and tax rate in per cent of each line
    :param wanted: what amounts and taxes come to there; with no prices do they: the most exact ones
    """
    found: list[Decimal] = []
    for price_places in range(places, PRICE_PLACES + 1):
        found = [_price(quantity, net, price_places) for quantity, net, _rate in lines]
        priced = [
            (quantity, price, rate)
            for (quantity, _net, rate), price in zip(lines, found, strict=True)
        ]
        sums = totals(priced, places, by_line=by_line)
        is_same = all(
            line_amount(quantity, price, places) == rounded(net, places)
            for (quantity, net, _rate), price in zip(lines, found, strict=True)
        )
        if is_same and (sums.net, sums.tax) == wanted:
            break
    return found


def _price(quantity: Decimal, net: Decimal, places: int) -> Decimal:
    """Return the price as it was typed if it shows, else rounded."""
    price = rounded(net / quantity, PRICE_PLACES)
    decimals = -int(price.normalize().as_tuple().exponent)
    return price if decimals <= _TYPED else rounded(price, places)
