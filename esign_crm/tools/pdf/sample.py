"""The sample contract as a PDF of one page, and where its fields are."""

from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ..sample_texts import SampleTexts
from . import fonts
from .drawing import new_canvas
from .flow import LEFT, RIGHT, Flow
from .typesetting import Style, draw_lines, wrap

TITLE = Style(20, 26, font=fonts.BOLD)
HEADING = Style(11, 15, font=fonts.BOLD)
TEXT = Style(10, 14)
MARK = Style(10, 13, colour=HexColor("#b3261e"), font=fonts.BOLD)
HALF = 260.0
COLUMNS = {"own": LEFT, "client": RIGHT - HALF + 20}
LABELS_AT = 230.0  # points from the bottom


def sample_pdf(texts: SampleTexts) -> bytes:
    """Return the sample of one language, marked as a sample at the top and at the foot."""
    out = BytesIO()
    canvas = new_canvas(out)
    canvas.setPageSize(A4)
    canvas.setTitle(texts.name)
    flow = Flow(canvas, lambda page: page.y)
    flow.text(texts.mark, MARK)
    flow.y -= 20
    flow.text(texts.title, TITLE)
    for heading, clause in texts.clauses:
        flow.y -= 12
        flow.text(heading, HEADING)
        flow.text(clause, TEXT)
    for side, x in COLUMNS.items():
        flow.put(_label, getattr(texts, side), HEADING, x, LABELS_AT)
        flow.put(_label, texts.date, TEXT, x, LABELS_AT - 105)
    flow.put(_label, texts.place, TEXT, LEFT, LABELS_AT + 55)
    flow.finish(lambda page, _number, _count: _label(page, texts.mark, MARK, LEFT, 50))
    canvas.save()
    return out.getvalue()


def _label(canvas: Canvas, text: str, style: Style, x: float, y: float) -> None:
    draw_lines(canvas, wrap(text, style, RIGHT - x), style, x, y)


def sample_boxes(texts: SampleTexts) -> list[dict[str, object]]:
    """Return the fields of the sample: side, type, name, required, and the box in ratios of the page."""
    boxes = [_box("client", "text", texts.place, (LEFT + 190, LABELS_AT + 57, 300, 18))]
    for side, x in COLUMNS.items():
        boxes.append(_box(side, "signature", texts.signature, (x, LABELS_AT - 20, 210, 70)))
        boxes.append(_box(side, "date_signed", texts.date, (x + 130, LABELS_AT - 103, 90, 18)))
    return boxes


def _box(
    side: str, kind: str, name: str, place: tuple[float, float, float, float]
) -> dict[str, object]:
    """Return one field; its place is left, top (from the bottom), width and height in points."""
    x, top, width, height = place
    return {
        "side": side,
        "type": kind,
        "name": name,
        "required": kind == "signature",
        "page": 1,
        "x": x / A4[0],
        "y": 1 - top / A4[1],
        "width": width / A4[0],
        "height": height / A4[1],
    }
