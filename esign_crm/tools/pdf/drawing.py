"""Draw one mark on a canvas that is as large as its box."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ..errors import ImageError, TextError
from . import fonts, pen
from .marks import CheckContent, ImageContent, Mark, NameContent, StrokesContent, TextContent
from .text_fitting import (
    LEADING,
    Fitted,
    Space,
    fit_line,
    fit_lines,
    fit_name,
    fit_or_cut,
    longest,
    room,
)

BLACK, INK, GREY = Color(0, 0, 0), Color(0.05, 0.09, 0.38), Color(0.35, 0.35, 0.35)
TEXT_MIN, NAME_MIN = 5.0, 4.0  # points
CAPTION_MAX, CAPTION_MIN, CAPTION_SHARE = 6.5, 3.5, 0.42  # of the box's height at most
CAPTION_GOOD = 5.0  # points that are read without effort
NAME_MAX = 48.0
PADDING_SHARE, PADDING_MAX = 0.06, 2.0
MAX_PIXELS = 8_000_000  # what `images` makes is smaller


@dataclass(frozen=True)
class Area:
    """A part of a canvas, in points from its bottom left."""

    x: float
    y: float
    width: float
    height: float

    def space(self, size_max: float, size_min: float) -> Space:
        """Return the area as a space for text."""
        return Space(self.width, self.height, size_max, size_min)


def new_canvas(out: BytesIO) -> Canvas:
    """Return a canvas for pages of any size, with the addon's fonts and without date or chance."""
    fonts.register()
    # without its own first font reportlab declares Helvetica, which is not embedded
    return Canvas(out, pageCompression=1, invariant=1, initialFontName=fonts.SANS)


def draw(canvas: Canvas, mark: Mark, width: float, height: float) -> None:
    """Draw a mark from (0, 0) to (width, height).

    :raise TextError: its words do not fit or have no letters in our fonts
    :raise ImageError: its image cannot be drawn
    """
    area = _inner(width, height)
    if mark.caption:
        area = _draw_caption(canvas, mark.caption, area)
    _DRAWERS[type(mark.content)](canvas, mark.content, area)


def _inner(width: float, height: float) -> Area:
    """Return what of a box is drawn into."""
    padding = min(PADDING_MAX, PADDING_SHARE * min(width, height))
    return Area(padding, padding, width - 2 * padding, height - 2 * padding)


def letters_that_fit(content: TextContent, width: float, height: float) -> int:
    """Return how many characters of a text fit into a box at the smallest size; without a text, about how many do."""
    space = _inner(width, height).space(content.size_max, TEXT_MIN)
    if not content.text:
        return room(space, is_multiline=content.multiline)
    return longest(content.text, space, is_multiline=content.multiline)


def is_caption_easy_to_read(caption: str, width: float, height: float) -> bool:
    """Tell whether a caption stands whole and in letters of a good size in a box of this size.

    :raise TextError: ``missing_glyph``
    """
    space = _caption_space(_inner(width, height), CAPTION_GOOD)
    try:
        return bool(fit_lines(caption, space))
    except TextError as error:
        if error.code != "does_not_fit":
            raise
        return False


def _caption_space(area: Area, size_min: float) -> Space:
    return Space(area.width, area.height * CAPTION_SHARE, CAPTION_MAX, size_min)


def _draw_caption(canvas: Canvas, caption: str, area: Area) -> Area:
    """Write the caption at the bottom, under a thin line, and return what is left above it."""
    fitted = fit_or_cut(caption, _caption_space(area, CAPTION_MIN))
    if fitted is None:
        return area
    foot = Area(area.x, area.y, area.width, fitted.height)
    canvas.setFillColor(GREY)
    _write(canvas, fitted, foot, "left")
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.3)
    line_at = foot.y + foot.height + 0.6
    canvas.line(area.x, line_at, area.x + area.width, line_at)
    return Area(area.x, line_at + 0.6, area.width, area.y + area.height - line_at - 0.6)


def _draw_text(canvas: Canvas, content: TextContent, area: Area) -> None:
    space = area.space(content.size_max, TEXT_MIN)
    canvas.setFillColor(BLACK)
    if content.multiline:
        fitted = fit_lines(content.text, space)
        area = Area(area.x, area.y + area.height - fitted.height, area.width, fitted.height)
    else:
        fitted = fit_line(content.text, space)
    _write(canvas, fitted, area, content.align)


def _draw_name(canvas: Canvas, content: NameContent, area: Area) -> None:
    if not content.text.strip():
        raise TextError("empty")
    fitted = fit_name(content.text, area.space(NAME_MAX, NAME_MIN), content.hand)
    before, behind = (each * fitted.size for each in fonts.OVERHANG[content.hand])
    inner = Area(area.x + before, area.y, area.width - before - behind, area.height)
    canvas.setFillColor(INK)
    _write(canvas, fitted, inner, "center")


def _write(canvas: Canvas, fitted: Fitted, area: Area, align: str) -> None:
    """Write lines in the area, in its middle from top to bottom."""
    top = area.y + (area.height + fitted.height) / 2
    for index, runs in enumerate(fitted.lines):
        # letters reach about 0.76 above and 0.24 below their line
        base = top - (index + 1) * fitted.size * LEADING + fitted.size * (LEADING - 0.76) * 0.6
        spare = area.width - fonts.width(list(runs), fitted.size)
        x = area.x + {"left": 0.0, "center": spare / 2, "right": spare}[align]
        for font, text in runs:
            canvas.setFont(font, fitted.size)
            canvas.drawString(x, base, text)
            x += fonts.width([(font, text)], fitted.size)


def _draw_strokes(canvas: Canvas, content: StrokesContent, area: Area) -> None:
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    pen.draw(canvas, content, (area.x, area.y, area.width, area.height))


def _draw_image(canvas: Canvas, content: ImageContent, area: Area) -> None:
    try:
        image = ImageReader(BytesIO(content.png))
        wide, high = image.getSize()
    except OSError as error:
        raise ImageError("unreadable") from error
    if wide * high > MAX_PIXELS:
        raise ImageError("too_many_pixels")
    scale = min(area.width / wide, area.height / high)
    width, height = wide * scale, high * scale
    x, y = area.x + (area.width - width) / 2, area.y + (area.height - height) / 2
    canvas.drawImage(image, x, y, width, height, mask="auto")


def _draw_check(canvas: Canvas, content: CheckContent, area: Area) -> None:
    side = min(area.width, area.height)
    x, y = area.x + (area.width - side) / 2, area.y + (area.height - side) / 2
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(max(0.8, side * 0.12))
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    path.moveTo(x + 0.14 * side, y + 0.52 * side)
    path.lineTo(x + 0.40 * side, y + 0.22 * side)
    path.lineTo(x + 0.88 * side, y + 0.82 * side)
    canvas.drawPath(path, stroke=1, fill=0)


_DRAWERS: dict[type, Callable] = {
    TextContent: _draw_text,
    NameContent: _draw_name,
    StrokesContent: _draw_strokes,
    ImageContent: _draw_image,
    CheckContent: _draw_check,
}
