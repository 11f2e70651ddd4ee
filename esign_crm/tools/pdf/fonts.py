"""The addon's own fonts and which of them draws which character.

reportlab draws a box for a character that a font does not have, and says nothing. So every text
goes through `split_runs`, which finds a font for each character or raises.
"""

import functools
import unicodedata
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ..errors import TextError

SANS, BOLD, HAND, FLOWING = "EsignSans", "EsignSans-Bold", "EsignHand", "EsignHandFlowing"
FILES = {
    SANS: "DejaVuSans.ttf",
    BOLD: "DejaVuSans-Bold.ttf",
    HAND: "EsignHand.ttf",
    FLOWING: "EsignHandFlowing.ttf",
}
FALLBACKS = {SANS: (SANS,), BOLD: (BOLD, SANS), HAND: (HAND, SANS), FLOWING: (FLOWING, SANS)}
WHOLE = (SANS, BOLD)  # of whose ASCII no character has to be looked up
# By the word that signatures have for each. What was signed without one is in the first.
HANDS = {"simple": HAND, "flowing": FLOWING}
# How far letters reach out of their own width to the left and right, in letter sizes. The hands'
# do so on purpose; a signature must stay inside its box all the same.
OVERHANG = {
    SANS: (0.0, 0.0),
    BOLD: (0.0, 0.0),
    HAND: (0.12, 0.25),
    FLOWING: (0.35, 0.42),
}
FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"

# Streams as they are, in all that this process draws: base 85 makes them a quarter larger and takes longer than drawing.
rl_config.useA85 = 0

Run = tuple[str, str]
# Scripts that must be shaped or run from right to left, which reportlab does not do: their
# letters would stand apart and in the wrong order. Unicode's directions R, AL and AN.
_UNSUPPORTED_DIRECTIONS = {"R", "AL", "AN"}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def register() -> None:
    """Make the fonts known to reportlab; cheap when they are."""
    for name in FILES.keys() - pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / FILES[name])))


def normalise(text: str) -> str:
    """Return the text with composed letters and plain spaces, without invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    spaced = "".join(" " if character.isspace() else character for character in text)
    composed = unicodedata.normalize("NFC", spaced)
    return "".join(each for each in composed if unicodedata.category(each) not in _INVISIBLE)


def printable(text: str, instead: str = "?") -> str:
    """Return the text with `instead` for what no font has: for words of others that came too late to be refused."""
    register()
    return "".join(each if _font_of(each, SANS) else instead for each in normalise(text))


def missing_characters(text: str) -> str:
    """Return the characters of a text that no font has, each once."""
    register()
    return "".join(each for each in dict.fromkeys(normalise(text)) if not _font_of(each, SANS))


def better_hand(text: str, hand: str) -> tuple[str, str] | None:
    """Return the letters that this hand lacks and the word for another one that has the whole text; None for no such.

    What no hand has is written by another font in all of them.

    :param hand: a key of `HANDS`
    """
    lacking = {each: _lacking(text, each) for each in HANDS}
    others = (each for each in HANDS if not lacking[each] and lacking[hand])
    return next(((lacking[hand], other) for other in others), None)


def _lacking(text: str, hand: str) -> str:
    register()
    known = pdfmetrics.getFont(HANDS[hand]).face.charToGlyph
    return "".join(each for each in dict.fromkeys(normalise(text)) if ord(each) not in known)


def split_runs(text: str, family: str = SANS) -> list[Run]:
    """Return `(font, text)` runs that draw one line of text.

    :param family: a key of `FALLBACKS`; another font steps in for letters that it lacks
    :raise TextError: ``missing_glyph`` with the characters that no font has
    """
    register()
    if family in WHOLE and text.isascii() and text.isprintable():
        return [(FALLBACKS[family][0], text)] if text else []
    runs: list[Run] = []
    missing = []
    for character in normalise(text):
        font = _font_of(character, family)
        if font is None:
            missing.append(character)
        elif runs and runs[-1][0] == font:
            runs[-1] = (font, runs[-1][1] + character)
        else:
            runs.append((font, character))
    if missing:
        raise TextError("missing_glyph", characters="".join(dict.fromkeys(missing)))
    return runs


@functools.cache  # at most each character in each family
def _font_of(character: str, family: str) -> str | None:
    if unicodedata.bidirectional(character) in _UNSUPPORTED_DIRECTIONS:
        return None
    for font in FALLBACKS[family]:
        if ord(character) in pdfmetrics.getFont(font).face.charToGlyph:
            return font
    return None


def width(runs: list[Run], size: float) -> float:
    """Return how wide the runs are at this size, in points."""
    return sum(pdfmetrics.stringWidth(text, font, size) for font, text in runs)
