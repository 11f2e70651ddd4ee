"""A drawn signature as smooth vector lines."""

import math
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from ..errors import FieldValueError, ImageError
from .marks import StrokesContent

MAX_POINTS = 50_000
NEAREST = 0.25  # points between two that are told apart on paper
ENLARGE = 1.6  # a small drawing grows at most so much beyond its size on the pad
WIDTH_SHARE, WIDTH_MIN, WIDTH_MAX = 0.028, 0.7, 1.8  # of the line, by the area's height

Place = tuple[float, float]


def draw(canvas: Canvas, content: StrokesContent, area: tuple[float, float, float, float]) -> None:
    """Draw the strokes in the area, in their own proportions.

    :param area: left, bottom, width, height
    :raise ImageError: ``blank`` when nothing was drawn
    :raise FieldValueError: what came is not strokes
    """
    strokes = _checked(content)
    width = min(WIDTH_MAX, max(WIDTH_MIN, WIDTH_SHARE * area[3]))
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in _fitted(strokes, area, width):
        if len(stroke) == 1:
            canvas.circle(*stroke[0], width * 0.6, stroke=0, fill=1)
        else:
            _draw_line(canvas, stroke)


def _checked(content: StrokesContent) -> list[list[Place]]:
    """Return the strokes in units of the pad's height, y downwards."""
    try:
        strokes = [
            [(float(point[0]) * content.aspect, float(point[1])) for point in stroke]
            for stroke in content.strokes
            if stroke
        ]
    except (TypeError, ValueError, IndexError) as error:
        raise FieldValueError("field_invalid") from error
    points = [each for stroke in strokes for each in stroke]
    if not points:
        raise ImageError("blank")
    is_sound = all(math.isfinite(x) and math.isfinite(y) for x, y in points)
    if not is_sound or len(points) > MAX_POINTS:
        raise FieldValueError("field_invalid")
    return strokes


def _fitted(
    strokes: list[list[Place]], area: tuple[float, float, float, float], pen_width: float
) -> list[list[Place]]:
    """Return the strokes in points on the canvas, y upwards, in the middle of the area."""
    xs = [x for stroke in strokes for x, _y in stroke]
    ys = [y for stroke in strokes for _x, y in stroke]
    left, bottom, width, height = area
    inner_width, inner_height = max(width - pen_width, 0.1), max(height - pen_width, 0.1)
    ink_width, ink_height = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(
        inner_width / max(ink_width, 1e-6),
        inner_height / max(ink_height, 1e-6),
        inner_height * ENLARGE,  # the pad's height is 1
    )
    x0 = left + width / 2 - scale * (min(xs) + max(xs)) / 2
    y0 = bottom + height / 2 + scale * (min(ys) + max(ys)) / 2
    moved = ([(x0 + scale * x, y0 - scale * y) for x, y in stroke] for stroke in strokes)
    return [_thinned(stroke) for stroke in moved]


def _thinned(stroke: Sequence[Place]) -> list[Place]:
    """Return the stroke without points that lie on top of each other; its end is kept."""
    kept = [stroke[0]]
    for place in stroke[1:-1]:
        if math.dist(place, kept[-1]) >= NEAREST:
            kept.append(place)
    if len(stroke) > 1 and stroke[-1] != kept[-1]:
        kept.append(stroke[-1])
    return kept


def _draw_line(canvas: Canvas, places: Sequence[Place]) -> None:
    """Draw a curve through all places (Catmull-Rom splines written as Bezier curves)."""
    path = canvas.beginPath()
    path.moveTo(*places[0])
    for index in range(len(places) - 1):
        start, end = places[index], places[index + 1]
        before = places[max(index - 1, 0)]
        after = places[min(index + 2, len(places) - 1)]
        path.curveTo(
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
            *end,
        )
    canvas.drawPath(path, stroke=1, fill=0)
