"""How long a text message is, and how to shorten names until it fits."""

from collections.abc import Mapping, Sequence

# 3GPP TS 23.038, 6.2.1: the default alphabet and its extension table (which costs two places)
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("^{}\\[~]|€")
SHORTENINGS = (60, 30, 20, 12, 8)
READABLE = 20  # names that are cut further say little: then rather the next template
WHOLE = frozenset(("link", "code", "until", "number"))
_LOOKALIKES = dict.fromkeys(map(ord, "“”„«»"), '"') | {
    0x2018: "'",
    0x2019: "'",
    0x201A: "'",
    0x2013: "-",
    0x2014: "-",
    0x2026: "..",
    0x00A0: " ",
    0x202F: " ",
}


def segments(text: str) -> int:
    """Return how many parts the text is sent in (3GPP TS 23.040: 160/153 septets, 70/67 units)."""
    if all(character in GSM_BASIC or character in GSM_EXTENSION for character in text):
        length = sum(2 if character in GSM_EXTENSION else 1 for character in text)
        return _parts(length, 160, 153)
    return _parts(len(text.encode("utf-16-be")) // 2, 70, 67)


def fit(templates: Sequence[str], values: Mapping[str, str], most: int = 2) -> str:
    """Return the first of ``templates`` that, with its names shortened as needed, fits ``most`` parts.

    The last template is used in any case, with names as short as need be. Links, codes, dates and numbers
    (:data:`WHOLE`) are never cut.
    """
    text = ""
    for position, template in enumerate(templates, 1):
        least = 0 if position == len(templates) else READABLE
        for length in (each for each in SHORTENINGS if each >= least):
            text = _plain(template) % {
                name: value if name in WHOLE else _cut(_plain(value), length)
                for name, value in values.items()
            }
            if segments(text) <= most:
                return text
    return text


def _parts(length: int, alone: int, chained: int) -> int:
    return 1 if length <= alone else -(-length // chained)


def _plain(text: str) -> str:
    """Replace typographic marks that would turn the whole message into the long alphabet."""
    return " ".join(text.translate(_LOOKALIKES).split())


def _cut(text: str, length: int) -> str:
    """Return at most so many characters; whole words where that leaves more than half of them."""
    if len(text) <= length:
        return text
    start = text[: length - 2]
    words = text[: length - 1].rpartition(" ")[0].rstrip(" ,;:-")
    return (words if len(words) * 2 > length else start.rstrip()) + ".."
