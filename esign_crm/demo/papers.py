"""The documents of the demo data: one plain page each, drawn at installation."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ..tools.pdf import fonts

LEFT, TOP, STEP = 56, 770, 17


def paper(title: str, parties: tuple[str, str], lines: list[tuple[str, int]]) -> bytes:
    """Return a one-page PDF.

    :param parties: names of our company and of the client
    :param lines: what was done, and its price in whole units
    """
    fonts.register()
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, initialFontName=fonts.SANS, invariant=True)
    canvas.setTitle(title)
    _line(canvas, TOP, title, 17)
    _line(canvas, TOP - 2 * STEP, f"Between {parties[0]} and {parties[1]}")
    for number, (what, price) in enumerate(lines):
        _row(canvas, TOP - (5 + number) * STEP, what, price)
    _row(canvas, TOP - (6 + len(lines)) * STEP, "Total", sum(price for _what, price in lines))
    _line(canvas, TOP - (9 + len(lines)) * STEP, "The works were done in full and in time.")
    canvas.save()
    return target.getvalue()


def _line(canvas, y, text, size=11):
    canvas.setFont(fonts.SANS, size)
    canvas.drawString(LEFT, y, text)


def _row(canvas, y, what, price):
    _line(canvas, y, what)
    canvas.drawRightString(A4[0] - LEFT, y, f"{price:,}".replace(",", " "))
