"""Fit lines of text into a space: smaller letters first, then more lines."""

from dataclasses import dataclass

from ..errors import TextError
from . import fonts
from .fonts import Run

Letters = list[tuple[str, float]]  # with their widths at size 1
STEP = 0.25  # points
LEADING = 1.18  # from line to line, in letter sizes
_SAMPLE = "The works were done in full and in time, 24.11.2026"


@dataclass(frozen=True)
class Fitted:
    """Lines of runs and the size at which they fit."""

    lines: tuple[tuple[Run, ...], ...]
    size: float

    @property
    def height(self) -> float:
        """The height that the lines take, in points."""
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True)
class Space:
    """Where text has to fit, in points, and the sizes it may have."""

    width: float
    height: float
    size_max: float
    size_min: float


def fit_line(text: str, space: Space, family: str = fonts.SANS) -> Fitted:
    """Return the text as one line, as large as the space allows.

    :raise TextError: ``does_not_fit`` at the smallest size, or ``missing_glyph``
    """
    runs = tuple(fonts.split_runs(text, family))
    natural = fonts.width(list(runs), 1.0) + sum(fonts.OVERHANG[family])
    size = min(space.size_max, space.height / LEADING)
    if natural:
        size = min(size, space.width / natural)
    if size < space.size_min:
        raise TextError("does_not_fit")
    return Fitted((runs,), size)


def fit_lines(text: str, space: Space, family: str = fonts.SANS) -> Fitted:
    """Return the text in lines broken at words, as large as the space allows.

    :raise TextError: ``does_not_fit`` at the smallest size, or ``missing_glyph``
    """
    paragraphs = [_measured(each, family) for each in text.splitlines() or [""]]
    size = min(space.size_max, space.height / LEADING)
    while size >= space.size_min:
        most = space.width / size - sum(fonts.OVERHANG[family])
        lines = [line for each in paragraphs for line in _wrap(each, most)]
        if len(lines) * size * LEADING <= space.height + 0.01:
            return Fitted(tuple(tuple(fonts.split_runs(line, family)) for line in lines), size)
        size -= STEP
    raise TextError("does_not_fit")


def room(space: Space, *, is_multiline: bool, family: str = fonts.SANS) -> int:
    """Return about how many letters fit at the smallest size, for a word beside the box."""
    letter = fonts.width(fonts.split_runs(_SAMPLE, family), space.size_min) / len(_SAMPLE)
    lines = int(space.height / (space.size_min * LEADING)) if is_multiline else 1
    return max(lines, 1) * int(space.width / letter)


def longest(text: str, space: Space, *, is_multiline: bool, family: str = fonts.SANS) -> int:
    """Return how many characters of this very text fit at the smallest size, from its beginning."""
    fit = fit_lines if is_multiline else fit_line
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        try:
            fit(text[:middle], space, family)
            low = middle
        except TextError:
            high = middle - 1
    return low


def fit_or_cut(text: str, space: Space) -> Fitted | None:
    """Return the text in lines, cut off with three dots where it does not fit; None for no room.

    :raise TextError: ``missing_glyph``
    """
    fits = _fits(text, space)
    if fits:
        return fits
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        tried = _fits(f"{text[:middle].rstrip()}…", space)
        fits, low, high = (tried, middle, high) if tried else (fits, low, middle - 1)
    return fits


def _fits(text: str, space: Space, family: str = fonts.SANS) -> Fitted | None:
    try:
        return fit_lines(text, space, family)
    except TextError as error:
        if error.code != "does_not_fit":
            raise
        return None


def fit_name(text: str, space: Space, family: str) -> Fitted:
    """Return a name in one line or, where the space is narrow, in as many as let it be larger.

    :raise TextError: ``does_not_fit`` at the smallest size, or ``missing_glyph``
    """
    several = _fits(text, space, family)
    try:
        line = fit_line(text, space, family)
    except TextError:
        if several is None:
            raise
        return several
    return several if several and several.size > 2 * line.size else line


def _measured(paragraph: str, family: str) -> list[Letters]:
    """Return a paragraph's words, each letter with its width at size 1; widths simply add up."""
    runs = fonts.split_runs(paragraph, family)
    letters = [(each, fonts.width([(font, each)], 1.0)) for font, part in runs for each in part]
    words: list[Letters] = [[]]
    for letter in letters:
        if letter[0] == " ":
            words.append([])
        else:
            words[-1].append(letter)
    return words


def _wrap(words: list[Letters], most: float) -> list[str]:
    """Return lines no wider than `most` letter sizes."""
    space = fonts.width([(fonts.SANS, " ")], 1.0)
    lines, used = [""], 0.0
    for word in words:
        first, *others = _pieces(word, most)
        if lines[-1] and used + space + first[1] > most:
            lines.append("")
        used = used + space + first[1] if lines[-1] else first[1]
        lines[-1] += f" {first[0]}" if lines[-1] else first[0]
        for text, width in others:
            lines.append(text)
            used = width
    return lines


def _pieces(word: Letters, most: float) -> list[tuple[str, float]]:
    """Return a word in pieces that are no wider than a line, with their widths."""
    pieces, text, used = [], "", 0.0
    for letter, width in word:
        if text and used + width > most:
            pieces.append((text, used))
            text, used = "", 0.0
        text += letter
        used += width
    return [*pieces, (text, used)]
