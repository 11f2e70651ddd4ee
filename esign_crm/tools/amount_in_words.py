"""An amount of money in words, as papers state it beside the figures.

The units stand in words and their parts in figures ("one thousand euros and 05 cents"). Parts are
always written, so that nothing can be added behind.
"""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

from .currency_names import FEMININE, NAMES
from .languages import ENGLISH, LANGUAGES, match, short

AND = {"en": " and ", "de": " und ", "fr": " et ", "it": " e ", "pl": " i ", "ru": " "}
MILLION = 1_000_000


def amount_in_words(amount: Decimal, currency: str, language: str, places: int = 2) -> str:
    """Return an amount from zero up in words, beginning with a capital letter.

    :param currency: its code; stands for itself where it has no name here
    :param language: a code such as ``pl_PL``; one that the product does not speak is written in English
    :param places: decimal places of the currency
    """
    code = short(match(language, LANGUAGES) or ENGLISH)
    step = Decimal(1).scaleb(-places)
    whole, part = divmod(amount.quantize(step, rounding=ROUND_HALF_UP), 1)
    names = NAMES[code].get(currency)
    if not names or places not in (0, 2):
        fraction = f" {str(part)[2:]}/{10**places}" if places else ""
        words = f"{num2words(int(whole), lang=code)}{fraction} {currency}"
    else:
        words = _units(int(whole), code, currency, names[0])
        if places:
            minor = int(part * 100)
            words += f"{AND[code]}{minor:02} {_form(minor, code, names[1])}"
    return words[:1].upper() + words[1:]


def _units(whole: int, code: str, currency: str, forms: tuple[str, ...]) -> str:
    """Return the whole units with the currency's name, as the grammar of the language joins them."""
    words = num2words(whole, lang=code)
    name = _form(whole, code, forms)
    is_feminine = (code, currency) in FEMININE
    if code == "de" and words.endswith("eins"):
        words = words.removesuffix("s")
    if code == "fr" and is_feminine and words.endswith("un"):
        words += "e"
    if code == "it" and whole == 1:
        words = "una" if is_feminine else "un"
    if code == "pl" and whole == 1 and currency == "EUR":
        words = "jedno"
    if whole and whole % MILLION == 0:
        return f"{words}{_of(code, name)}{name}"
    return f"{words} {name}"


def _of(code: str, name: str) -> str:
    """Return what stands between full millions and the currency: "un million d'euros"."""
    if code == "fr":
        return " d'" if name[0] in "aeiou" else " de "
    return " di " if code == "it" else " "


def _form(number: int, code: str, forms: tuple[str, ...]) -> str:
    """Return the form of a noun that goes with a number."""
    if code in ("pl", "ru"):
        return forms[_slavic(number, code)]
    is_one = number in (0, 1) if code == "fr" else number == 1
    return forms[0 if is_one else 1]


def _slavic(number: int, code: str) -> int:
    """Return 0 (one), 1 (few) or 2 (many)."""
    if (number == 1) if code == "pl" else (number % 10 == 1 and number % 100 != 11):
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2
