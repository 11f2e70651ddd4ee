"""Lets text flow down A4 pages: a cursor, page breaks, and feet that know the number of pages."""

from collections.abc import Callable
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from .typesetting import Style, draw_lines, wrap

LEFT, RIGHT = 48.0, A4[0] - 48.0
CONTENT_WIDTH = RIGHT - LEFT
TOP, BOTTOM = A4[1] - 38.0, 58.0
LINE_COLOUR = HexColor("#d3d9e0")


def hairline(canvas: Canvas, y: float) -> None:
    """Draw a thin rule across the page."""
    canvas.setStrokeColor(LINE_COLOUR)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, RIGHT, y)


class Flow:
    """A cursor `y` that runs down the pages; what is put there is drawn by `finish`.

    :param head: puts what stands at the top of each page but the first, returns the cursor
    """

    def __init__(self, canvas: Canvas, head: Callable[["Flow"], float]) -> None:
        self.canvas = canvas
        self.y = TOP
        self._head = head
        self._pages: list[list[Callable[[], object]]] = [[]]

    @property
    def page_number(self) -> int:
        """The number of the page that the cursor is on, from 1."""
        return len(self._pages)

    def put(self, drawing: Callable, *arguments: object) -> None:
        """Remember to call `drawing(canvas, *arguments)` on this page."""
        self._pages[-1].append(partial(drawing, self.canvas, *arguments))

    def need(self, height: float) -> None:
        """Start a new page unless `height` fits on this one."""
        if self.y - height < BOTTOM:
            self._pages.append([])
            self.y = self._head(self)

    def finish(self, foot: Callable[[Canvas, int, int], None]) -> None:
        """Draw all pages; `foot` gets a page's number and the number of all pages."""
        for number, drawings in enumerate(self._pages, 1):
            for drawing in drawings:
                drawing()
            foot(self.canvas, number, len(self._pages))
            self.canvas.showPage()

    def text(self, text: str, style: Style) -> None:
        """Set a text over the whole width, on one page."""
        lines = wrap(text, style, CONTENT_WIDTH)
        self.need(len(lines) * style.leading)
        self.put(draw_lines, lines, style, LEFT, self.y)
        self.y -= len(lines) * style.leading

    def rule(self, above: float, below: float) -> None:
        """Draw a thin rule with some room around it."""
        self.y -= above
        self.put(hairline, self.y)
        self.y -= below

    def columns(self, label: str, value: str, styles: tuple[Style, Style], across: float) -> None:
        """Set a label and a value side by side, `across` points apart.

        A row stays together; one that is longer than a quarter of a page may go on overleaf.
        """
        leading = max(style.leading for style in styles)
        labels = wrap(label, styles[0], across - 12)
        values = wrap(value, styles[1], CONTENT_WIDTH - across)
        count = max(len(labels), len(values))
        self.need(min(count * leading, A4[1] / 4))
        for index in range(count):
            self.need(leading)
            self.put(draw_lines, labels[index : index + 1], styles[0], LEFT, self.y)
            self.put(draw_lines, values[index : index + 1], styles[1], LEFT + across, self.y)
            self.y -= leading
