"""Sets plain text in lines: measured, wrapped, drawn; what people typed is never markup."""

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from ..errors import TextError
from . import fonts

INK = HexColor("#1b2430")
_LONGEST = 20_000
_BREAKS_AFTER = "/-\u2013\u2014_.,;:@?&=#+"
_CAPITAL_HEIGHT = 0.73  # of DejaVu, in em


@dataclass(frozen=True)
class Style:
    """How a text looks; `size` and `leading` in points."""

    size: float
    leading: float
    colour: Color = INK
    font: str = fonts.SANS

    def but(self, **changes: float | str | Color) -> "Style":
        """Return the same style with some things otherwise."""
        return replace(self, **changes)

    def line(self, text: str) -> "Line":
        """Return `text` as one measured line.

        :raise TextError: ``missing_glyph``
        """
        runs = fonts.split_runs(text, self.font)
        return Line(tuple(runs), fonts.width(runs, self.size))


@dataclass(frozen=True)
class Line:
    """A line's parts with the font of each, and its width in points."""

    runs: tuple[fonts.Run, ...] = ()
    width: float = 0.0

    def __add__(self, other: "Line") -> "Line":
        return Line(self.runs + other.runs, self.width + other.width)

    def merged(self) -> "Line":
        """Return the same line with neighbours of one font as one run."""
        runs: list[fonts.Run] = []
        for font, text in self.runs:
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + text)
            else:
                runs.append((font, text))
        return Line(tuple(runs), self.width)


def wrap(text: str, style: Style, width: float) -> list[Line]:
    """Break `text` into lines of at most `width`; words too long for a line are cut.

    Line breaks are kept, characters that show nothing are dropped.

    :raise TextError: ``missing_glyph``, ``too_long``
    """
    if len(text) > _LONGEST:
        raise TextError("too_long", max_length=_LONGEST)
    return [line for part in text.split("\n") for line in _paragraph(part, style, width)]


def draw_lines(canvas: Canvas, lines: list[Line], style: Style, x: float, y: float) -> float:
    """Draw lines downwards from the top edge `y`; return the bottom edge."""
    canvas.setFillColor(style.colour)
    for line in lines:
        across, base = x, y - (style.leading + _CAPITAL_HEIGHT * style.size) / 2
        for font, text in line.runs:
            canvas.setFont(font, style.size)
            canvas.drawString(across, base, text)
            across += fonts.width([(font, text)], style.size)
        y -= style.leading
    return y


def _paragraph(text: str, style: Style, width: float) -> list[Line]:
    words = fonts.normalise(text).split()
    only = style.line(" ".join(words))
    if only.width <= width:  # as most texts do: no need to look at each word
        return [only]
    space, lines, line = style.line(" "), [], None
    for word in words:
        *whole, rest = _cut(word, style, width)
        joined = line + space + rest if line and not whole else None
        if joined and joined.width <= width:
            line = joined
            continue
        lines += [line] if line else []
        lines += whole
        line = rest
    return [each.merged() for each in [*lines, line or Line()]]


def _cut(word: str, style: Style, width: float) -> list[Line]:
    """Return a word as one line, or as several behind a separator where there is one."""
    pieces = []
    line = style.line(word)
    while line.width > width and len(word) > 1:
        count = _fitting(word, style, width)
        pieces.append(style.line(word[:count]))
        word = word[count:]
        line = style.line(word)
    return [*pieces, line]


def _fitting(word: str, style: Style, width: float) -> int:
    """Return how many characters of `word` go on a line: at least one."""
    low, high = 1, len(word)
    while high - low > 1:
        middle = (low + high) // 2
        fits = style.line(word[:middle]).width <= width
        low, high = (middle, high) if fits else (low, middle)
    good = [place for place in range(low // 2, low) if word[place] in _BREAKS_AFTER]
    return good[-1] + 1 if good else low
