"""The certificate pages at the end of a finished document: who signed, when, how, how to check.

Every text comes in localised and is drawn as it is. The first third of page 1 answers what, who,
when and how to check; below follow the parties, the technical facts and the audit trail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from .flow import CONTENT_WIDTH, LEFT, RIGHT, TOP, Flow, hairline
from .fonts import BOLD, register
from .typesetting import INK, Style, draw_lines, wrap

MUTED, ACCENT = HexColor("#5c6775"), HexColor("#17456b")
PANEL, PAPER = HexColor("#f3f6f9"), HexColor("#ffffff")

TITLE = Style(19, 24, INK, BOLD)
COMPANY = Style(9, 12, ACCENT, BOLD)
LEAD_LABEL = Style(7.2, 9.5, MUTED)
LEAD_VALUE = Style(9, 12, INK)
SUBJECT = Style(11.5, 15, INK, BOLD)
HEADING = Style(10.2, 13, ACCENT, BOLD)
VALUE = Style(8.2, 10.6, INK)
SMALL = Style(7.4, 9.6, INK)
CHECK_HEADING = Style(10.6, 13.4, ACCENT, BOLD)
CHECK_TEXT = Style(7.4, 9.8, INK)
ADDRESS = Style(6.6, 8.8, ACCENT)
LEGAL = Style(7.4, 10, MUTED)
FOOTER = Style(6.8, 9, MUTED)
RUNNING = Style(7.6, 10, MUTED)

LEAD_WIDTH = 270
PANEL_WIDTH = 212
PANEL_PADDING = 10
QR_SIDE = 74.0  # points: 26 mm without the quiet zone
QR_QUIET = 9.0  # four modules and more (ISO/IEC 18004, 9.1)
QR_MASK = 3  # fixed: trying all eight costs more than the rest of the page
LABEL_WIDTH = 142.0
ROW_GAP = 2.2
FOOT = 32.0


@dataclass(frozen=True)
class Row:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class Block:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class CertificatePage:
    """Everything on the certificate pages, in the reader's language.

    :ivar lead: what, who, when; the first row's value is set larger
    :ivar audit: the audit trail, a row's label being its moment
    :ivar footer: may hold ``%(page)s`` and ``%(pages)s``; else the numbers stand on the right
    """

    title: str
    company: str
    lead: tuple[Row, ...]
    parties: tuple[Block, ...]
    technical: Block
    audit: tuple[Row, ...]
    check_heading: str
    check_text: str
    qr_url: str
    legal_line: str
    footer: str
    audit_heading: str = ""


def draw(page: CertificatePage) -> bytes:
    """Return the certificate pages as a PDF of A4 pages; equal input gives equal bytes.

    :raise TextError: a character that none of our fonts has, or an endless text
    """
    register()
    buffer = BytesIO()
    # invariant: no clock; the font's name keeps reportlab from declaring an unembedded Helvetica
    canvas = Canvas(buffer, A4, pageCompression=1, invariant=1, initialFontName=VALUE.font)
    flow = Flow(canvas, partial(_head, page))
    flow.y = _front(canvas, page)
    for block in page.parties:
        _block(flow, block, VALUE)
    _block(flow, page.technical, SMALL)
    _block(flow, Block(page.audit_heading, page.audit), SMALL)
    _legal(flow, page.legal_line)
    flow.finish(partial(_foot, footer=page.footer))
    canvas.save()
    return buffer.getvalue()


def _front(canvas: Canvas, page: CertificatePage) -> float:
    """Draw what answers what, who, when and how to check; return where the rest goes on."""
    y = draw_lines(canvas, wrap(page.company, COMPANY, CONTENT_WIDTH), COMPANY, LEFT, TOP)
    y = draw_lines(canvas, wrap(page.title, TITLE, CONTENT_WIDTH), TITLE, LEFT, y - 2) - 7
    hairline(canvas, y)
    canvas.setFillColor(ACCENT)
    canvas.rect(LEFT, y - 0.25, 46, 2, stroke=0, fill=1)
    y -= 13
    return min(_lead(canvas, page.lead, y), _panel(canvas, page, y)) - 14


def _lead(canvas: Canvas, rows: tuple[Row, ...], y: float) -> float:
    style = SUBJECT
    for row in rows:
        y = draw_lines(canvas, wrap(row.label, LEAD_LABEL, LEAD_WIDTH), LEAD_LABEL, LEFT, y)
        y = draw_lines(canvas, wrap(row.value, style, LEAD_WIDTH), style, LEFT, y) - 5
        style = LEAD_VALUE
    return y + 5


def _panel(canvas: Canvas, page: CertificatePage, top: float) -> float:
    """Draw the panel with the QR code beside its heading, the words and the address below."""
    left, width = RIGHT - PANEL_WIDTH, PANEL_WIDTH - 2 * PANEL_PADDING
    beside = left + PANEL_PADDING + QR_SIDE + 2 * QR_QUIET + 9
    heading = wrap(page.check_heading, CHECK_HEADING, RIGHT - PANEL_PADDING - beside)
    words = wrap(page.check_text, CHECK_TEXT, width)
    address = wrap(page.qr_url, ADDRESS, width)
    head = max(QR_SIDE + 2 * QR_QUIET, len(heading) * CHECK_HEADING.leading)
    height = head + len(words) * CHECK_TEXT.leading + len(address) * ADDRESS.leading
    height += 2 * PANEL_PADDING + 8 + 4
    canvas.setFillColor(PANEL)
    canvas.roundRect(left, top - height, PANEL_WIDTH, height, 5, stroke=0, fill=1)
    inner, y = left + PANEL_PADDING, top - PANEL_PADDING
    _qr_code(canvas, page.qr_url, inner, y)
    middle = y - (head - len(heading) * CHECK_HEADING.leading) / 2
    draw_lines(canvas, heading, CHECK_HEADING, beside, middle)
    y = draw_lines(canvas, words, CHECK_TEXT, inner, y - head - 8)
    draw_lines(canvas, address, ADDRESS, inner, y - 4)
    return top - height


def _qr_code(canvas: Canvas, url: str, left: float, top: float) -> None:
    """Draw the code as one path, white all round, with its upper left corner at the given point."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=QR_MASK)
    code.add_data(url)
    modules = code.get_matrix()
    side = QR_SIDE / len(modules)
    canvas.setFillColor(PAPER)
    whole = QR_SIDE + 2 * QR_QUIET
    canvas.rect(left, top - whole, whole, whole, stroke=0, fill=1)
    path = canvas.beginPath()
    for down, row in enumerate(modules):
        y = top - QR_QUIET - (down + 1) * side
        for start, length in _dark_runs(row):
            path.rect(left + QR_QUIET + start * side, y, length * side, side)
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield start and length of each run of dark modules."""
    start = None
    for place, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = place
        elif not is_dark and start is not None:
            yield start, place - start
            start = None


def _block(flow: Flow, block: Block, style: Style) -> None:
    """Set a heading and its rows; the heading never stays alone at the foot of a page."""
    if not block.rows:
        return
    flow.need(HEADING.leading + 3 * style.leading)
    if block.heading:
        flow.text(block.heading, HEADING)
    flow.rule(3, 4)
    styles = (style.but(colour=MUTED), style)
    for row in block.rows:
        flow.columns(row.label, row.value, styles, LABEL_WIDTH)
        flow.y -= ROW_GAP
    flow.y -= 11


def _legal(flow: Flow, text: str) -> None:
    """Set the legal line, whole, at the end."""
    flow.need(len(wrap(text, LEGAL, CONTENT_WIDTH)) * LEGAL.leading + 6)
    flow.rule(0, 6)
    flow.text(text, LEGAL)


def _head(page: CertificatePage, flow: Flow) -> float:
    """Put the title at the top of a later page."""
    flow.put(draw_lines, wrap(page.title, RUNNING, CONTENT_WIDTH)[:1], RUNNING, LEFT, TOP)
    below = TOP - RUNNING.leading - 4
    flow.put(hairline, below)
    return below - 14


def _foot(canvas: Canvas, number: int, pages: int, footer: str) -> None:
    hairline(canvas, FOOT + 14)
    text = footer.replace("%(page)s", str(number)).replace("%(pages)s", str(pages))
    lines = wrap(text, FOOTER, CONTENT_WIDTH - 60)[:1]
    draw_lines(canvas, lines, FOOTER, LEFT, FOOT + 8)
    if "%(page)s" not in footer:
        (count,) = wrap(f"{number} / {pages}", FOOTER, 60)
        draw_lines(canvas, [count], FOOTER, RIGHT - count.width, FOOT + 8)
