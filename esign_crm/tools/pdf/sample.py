"""A sample document as a PDF, and where its fields are: the same layout makes both."""

from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ..samples import Sample
from . import fonts
from .drawing import new_canvas
from .flow import LEFT, LINE_COLOUR, RIGHT, TOP, Flow
from .typesetting import Style, draw_lines, wrap

TITLE = Style(18, 24, font=fonts.BOLD)
HEADING = Style(10, 14, font=fonts.BOLD)
TEXT = Style(9, 12.5)
LABEL = Style(8, 11)
MARK = Style(8.5, 12, colour=HexColor("#b3261e"), font=fonts.BOLD)
WIDTH = 236.0  # of the column of one party
COLUMNS = {"own": LEFT, "client": RIGHT - WIDTH}
ABOVE, GAP, UNDER = (
    10.0,
    10.0,
    3.0,
)  # above a heading; between rows; between a box and the line under it
REQUISITES, LINE, SIGNATURE, STAMP = 54.0, 18.0, 56.0, 85.0  # heights of boxes
DATE_WIDTH, STAMP_WIDTH = 105.0, 120.0


def sample_pdf(sample: Sample) -> bytes:
    """Return a sample, marked as one at the top of each page."""
    out = BytesIO()
    canvas = new_canvas(out)
    canvas.setPageSize(A4)
    canvas.setTitle(sample.text.name)
    sheet = _Sheet(sample, canvas)
    sheet.lay_out()
    sheet.flow.finish(
        lambda page, number, count: _label(page, f"{number} / {count}", LABEL, LEFT, 52)
    )
    canvas.save()
    return out.getvalue()


def sample_boxes(sample: Sample) -> list[dict[str, object]]:
    """Return the fields of a sample: side, type, name, required, page, and the box in ratios of the page."""
    sheet = _Sheet(sample, new_canvas(BytesIO()))
    sheet.lay_out()
    return sheet.boxes


class _Sheet:
    """The text, and below it a column for each party with labelled boxes."""

    def __init__(self, sample: Sample, canvas: Canvas) -> None:
        self.sample = sample
        self.flow = Flow(canvas, self._head)
        self.boxes: list[dict[str, object]] = []

    def lay_out(self) -> None:
        """Put everything in its place; the last clause stays on the page of the signatures."""
        flow, text = self.flow, self.sample.text
        flow.y = self._head(flow)
        flow.text(text.title, TITLE)
        for number, (heading, clause) in enumerate(text.clauses, 1):
            lines = len(wrap(clause, TEXT, RIGHT - LEFT))
            below = self._height() if number == len(text.clauses) else 0
            flow.need(ABOVE + HEADING.leading + lines * TEXT.leading + below)
            flow.y -= ABOVE
            flow.text(heading, HEADING)
            flow.text(clause, TEXT)
        self._signatures()

    def _head(self, flow: Flow) -> float:
        flow.put(_label, self.sample.words.mark, MARK, LEFT, TOP)
        return TOP - MARK.leading - 14

    def _signatures(self) -> None:
        flow, words, text = self.flow, self.sample.words, self.sample.text
        flow.y -= 18
        for side, x in COLUMNS.items():
            flow.put(_label, getattr(text, side), HEADING, x, flow.y)
        flow.y -= HEADING.leading + 4
        self._row("requisites", words.requisites, REQUISITES)
        if text.entry:
            kind = self.sample.kind
            asked = {"own": kind.asks_own, "client": kind.asks_client}
            self._row("text", text.entry, LINE, [side for side in COLUMNS if asked[side]])
        self._row("signature", words.signature, SIGNATURE)
        top = flow.y
        self._row("date_signed", words.date, LINE, width=DATE_WIDTH)
        flow.y = top
        self._row("stamp", words.stamp, STAMP, width=STAMP_WIDTH, indent=WIDTH - STAMP_WIDTH)

    def _height(self) -> float:
        """Return what the parties' columns need at most: an entry's label may take two lines."""
        rows = [
            REQUISITES,
            SIGNATURE,
            STAMP,
            *([LINE + LABEL.leading] if self.sample.text.entry else []),
        ]
        return 18 + HEADING.leading + 4 + sum(row + LABEL.leading + UNDER + GAP for row in rows)

    def _row(self, kind: str, label: str, height: float, sides: list[str] | None = None,
             *, width: float = WIDTH, indent: float = 0.0) -> None:  # fmt: skip
        """Put a label and below it a box, with a line under it for those who sign on paper, for each side."""
        flow = self.flow
        lines = wrap(label, LABEL, width)
        top = flow.y - len(lines) * LABEL.leading
        for side in COLUMNS if sides is None else sides:
            x = COLUMNS[side] + indent
            flow.put(draw_lines, lines, LABEL, x, flow.y)
            flow.put(_line, x, top - height - UNDER + 1, width)
            self.boxes.append(self._box(side, kind, label, (x, top, width, height)))
        flow.y = top - height - UNDER - GAP

    def _box(self, side: str, kind: str, name: str, place: tuple[float, ...]) -> dict[str, object]:
        """Return one field; its place is left, top (from the bottom), width and height in points."""
        x, top, width, height = place
        return {
            "side": side,
            "type": kind,
            "name": name,
            "required": kind in ("signature", "text"),
            "page": self.flow.page_number,
            "x": x / A4[0],
            "y": 1 - top / A4[1],
            "width": width / A4[0],
            "height": height / A4[1],
        }


def _label(canvas: Canvas, text: str, style: Style, x: float, y: float) -> None:
    draw_lines(canvas, wrap(text, style, RIGHT - x), style, x, y)


def _line(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.setStrokeColor(LINE_COLOUR)
    canvas.setLineWidth(0.5)
    canvas.line(x, y, x + width, y)
