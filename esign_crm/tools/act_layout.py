"""How wide the columns of an act are, and which of its lines may run over the end of a page."""

import re
from collections.abc import Iterable

# DejaVu Sans in the size of the act's lines, in millimetres
_FIGURE = 1.93
_PADDING = 2.5
_LETTERS_A_LINE = 40
_KEPT_TOGETHER = 30  # lines of text: about half a page
_THOUSANDS = re.compile(r"(?<![.,\d])(\d{1,3})((?:\d{3})+)(?!\d)")
_THREE = re.compile(r"\d{3}")


def column_width(texts: Iterable[str], least: float) -> float:
    """Return the width in millimetres of a column whose figures must not be broken; ``least`` is what its head needs."""
    longest = max(map(len, texts), default=0)
    return round(max(least, longest * _FIGURE + _PADDING), 1)


def is_tall(text: str) -> bool:
    """Tell whether a description is so long that keeping it on one page would leave too much of another one empty."""
    lines = sum(1 + len(paragraph) // _LETTERS_A_LINE for paragraph in text.split("\n"))
    return lines > _KEPT_TOGETHER


def grouped(text: str) -> str:
    """Return a number that was written without thousands separators with blanks that no line ends at: “58 154,41 zł”."""
    return _THOUSANDS.sub(lambda found: found[1] + _THREE.sub("\u00a0\\g<0>", found[2]), text)
