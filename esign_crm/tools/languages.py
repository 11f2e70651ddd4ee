"""The languages that the product speaks, and which of them a stranger is answered in."""

from collections.abc import Collection, Iterable
from datetime import date
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date

ENGLISH = "en_US"
# Each by the name that its own speakers look for in a list.
NAMES = MappingProxyType(
    {
        ENGLISH: "English",
        "de_DE": "Deutsch",
        "fr_FR": "Français",
        "it_IT": "Italiano",
        "pl_PL": "Polski",
        "ru_RU": "Русский",
    }
)
LANGUAGES = tuple(NAMES)


def choose(asked: str | None, accepted: Iterable[str], known: Collection[str] = LANGUAGES) -> str:
    """Return the code of the language to answer a stranger in.

    :param asked: what an explicit choice names (``fr``, ``fr-CA``, ``fr_FR``); unknown: as if nothing was asked
    :param accepted: tags of ``Accept-Language``, the dearest first
    :param known: codes that can be spoken here
    """
    wanted = [asked, *accepted] if asked else accepted
    return next(filter(None, (match(tag, known) for tag in wanted)), ENGLISH)


def match(tag: str, known: Collection[str]) -> str | None:
    """Return the product's language of a tag whatever country it names, or None."""
    language = tag.strip().lower().replace("-", "_").partition("_")[0]
    return next((code for code in LANGUAGES if short(code) == language and code in known), None)


def html_tag(code: str) -> str:
    """Return the language tag (BCP 47) for the ``lang`` attribute of a page written in ``code``."""
    return code.partition("@")[0].replace("_", "-")


def short(code: str) -> str:
    """Return the language alone, as an address names it: ``fr`` for ``fr_FR``."""
    return code.partition("_")[0]


def country_name(country: str, language: str) -> str | None:
    """Return what a country (two letters) is called in ``language``; None where the Unicode data has no name for it."""
    return Locale.parse(language.partition("@")[0]).territories.get(country.upper())


def day_words(day: date, language: str) -> str:
    """Return a day as papers of ours write it: the month by its name, or where nobody can mistake it in figures.

    In English where the product does not speak ``language``: our fonts may lack its letters.
    """
    known = language if match(language, LANGUAGES) else ENGLISH
    return format_date(day, "medium", locale=known.partition("@")[0])
