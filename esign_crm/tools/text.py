"""Texts that people type: cleaned before they are stored, made alike before they are compared."""

import re
import unicodedata

from .errors import TextError

# Letters that Unicode does not decompose into a base letter and a mark.
_PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")  # Unicode categories
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def clean_name(text: str, max_length: int) -> str:
    """Return a one-line text without control and direction characters and doubled blanks.

    :raise TextError: ``too_long``; never cuts a name
    """
    return _within(" ".join(_visible(text.replace("\n", " ")).split()), max_length)


def clean_lines(text: str, max_length: int) -> str:
    """Return a text of several lines, each cleaned as by `clean_name`, at most one empty in a row."""
    lines = [" ".join(_visible(line).split()) for line in text.splitlines()]
    return _within(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), max_length)


def comparable_name(text: str) -> str:
    """Return what two spellings of one person's name share: letters only, in any order of words."""
    folded = unicodedata.normalize("NFKD", _visible(text).casefold()).translate(_PLAIN_LETTERS)
    letters = "".join(each for each in folded if not unicodedata.combining(each))
    return " ".join(sorted(re.findall(r"[^\W_]+", letters)))


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two typed names are spellings of the same one."""
    return comparable_name(one) == comparable_name(other) != ""


def has_mixed_scripts(text: str) -> bool:
    """Tell whether a word mixes Latin, Cyrillic or Greek letters: a look-alike of another name."""
    return any(len(_scripts_of(word)) > 1 for word in text.split())


def _scripts_of(word: str) -> set[str]:
    names = (unicodedata.name(each, "") for each in word if each.isalpha())
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


def _visible(text: str) -> str:
    """Drop what is not seen: controls (blanks kept), bidirectional and zero-width characters."""
    composed = unicodedata.normalize("NFC", text)
    blanked = re.sub(r"\s", " ", composed)
    return "".join(each for each in blanked if unicodedata.category(each) not in _INVISIBLE)


def _within(text: str, max_length: int) -> str:
    if len(text) > max_length:
        raise TextError("too_long", max_length=max_length)
    return text
