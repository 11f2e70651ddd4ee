"""The line at the foot of each page that names the document."""

from io import BytesIO

from . import drawing, fonts
from .foot import HEIGHT

SIZE = 6.0  # points


def draw_strip(text: str) -> tuple[bytes, float]:
    """Return a page that holds just the line, and its width in points.

    :raise TextError: ``missing_glyph``
    """
    runs = fonts.split_runs(text)
    width = fonts.width(runs, SIZE)
    out = BytesIO()
    canvas = drawing.new_canvas(out)
    canvas.setPageSize((width, HEIGHT))
    canvas.setFillColor(drawing.GREY)
    x = 0.0
    for font, part in runs:
        canvas.setFont(font, SIZE)
        canvas.drawString(x, HEIGHT * 0.27, part)
        x += fonts.width([(font, part)], SIZE)
    canvas.save()
    return out.getvalue(), width
