"""Marks, pages and the document's number added to a PDF, whose own bytes stay as they are."""

import hashlib
from collections.abc import Iterable, Sequence
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ..errors import EsignError, IntakeError
from . import drawing, jail
from .foot import strip_box
from .geometry import Box
from .marks import CheckContent, ImageContent, Mark, NameContent, StrokesContent, TextContent
from .page_tree import PageTree, geometry
from .reader import open_reader
from .revision import (
    PagePainter,
    RandomBytes,
    Revision,
    add_page,
    import_forms,
    import_pages,
    own_random_bytes,
)
from .strip import draw_strip

__all__ = [
    "Box",
    "CheckContent",
    "ImageContent",
    "Mark",
    "NameContent",
    "StrokesContent",
    "TextContent",
    "add_marks",
    "append_pages",
    "check_mark",
    "free_margins_in_jail",
    "freeze",
]

Size = tuple[float, float]


def add_marks(
    writer: IncrementalPdfFileWriter, marks: Iterable[Mark], random_bytes: RandomBytes
) -> None:
    """Draw marks on their pages; equal ones share one form XObject.

    :param writer: a document that has passed intake, opened with ``strict=False``
    :param random_bytes: for names that no page of the document has
    :raise TextError: words that do not fit their box, or letters that no font has
    :raise ImageError: an image that cannot be drawn
    :raise IntakeError: ``unreadable`` for a page that does not exist
    """
    tree, on_pages = PageTree(writer), {}
    for mark in marks:
        on_pages.setdefault(mark.box.page, []).append(mark)
    pages = {number: tree.page(number) for number in sorted(on_pages)}
    geometries = {number: geometry(page) for number, page in pages.items()}
    looks: dict[bytes, tuple[Mark, Size]] = {}
    placed = {number: [] for number in pages}
    for number, group in on_pages.items():
        for mark in group:
            size = geometries[number].box_size(mark.box)
            key = _look(mark, size)
            looks.setdefault(key, (mark, size))
            placed[number].append((key, geometries[number].matrix(mark.box)))
    if not looks:
        return
    forms = dict(zip(looks, import_forms(writer, _draw_all(looks.values())), strict=True))
    names = {key: f"Es{random_bytes(8).hex()}" for key in looks}
    painter = PagePainter(writer)
    for number, group in placed.items():
        painter.paint(pages[number], [(names[key], forms[key], matrix) for key, matrix in group])


def _look(mark: Mark, size: Size) -> bytes:
    """Return what is equal for marks that look the same."""
    width, height = (round(each, 2) for each in size)
    return hashlib.sha256(repr((mark.content, mark.caption, width, height)).encode()).digest()


def _draw_all(looks: Iterable[tuple[Mark, Size]]) -> bytes:
    """Return a PDF with one page for each look, as large as its box."""
    out = BytesIO()
    canvas = drawing.new_canvas(out)
    for mark, size in looks:
        canvas.setPageSize(size)
        drawing.draw(canvas, mark, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def check_mark(mark: Mark, page_size: Size) -> None:
    """Raise what `add_marks` would raise about the mark's words or image, before it is too late.

    :param page_size: width and height of its page as displayed, in points
    """
    size = (mark.box.width * page_size[0], mark.box.height * page_size[1])
    drawing.draw(drawing.new_canvas(BytesIO()), mark, *size)


def append_pages(writer: IncrementalPdfFileWriter, pdf: bytes) -> None:
    """Put the pages of a PDF of ours behind the document's last one.

    They hang on the root of the page tree and state everything that they would inherit there.
    """
    for contents, resources, box in import_pages(writer, pdf):
        add_page(writer, contents, resources, box)


def freeze(
    pdf: bytes,
    strip_text: str,
    free_pages: Sequence[int],
    random_bytes: RandomBytes | None = None,
) -> bytes:
    """Return the document with a small line at the foot of these pages, in one appended revision.

    :param free_pages: what `free_margins_in_jail` found; with none the document is returned as it is
    :param random_bytes: for names; by default they follow from the document
    :raise TextError: ``missing_glyph``
    :raise IntakeError: ``unreadable``
    """
    if not free_pages:
        return pdf
    drawn, width = draw_strip(strip_text)
    try:
        return _with_strip(pdf, drawn, width, free_pages, random_bytes or own_random_bytes(pdf))
    except EsignError:
        raise
    except Exception as error:  # pyHanko raises all kinds on a broken document
        raise IntakeError("unreadable", detail=type(error).__name__) from error


def _with_strip(
    pdf: bytes, drawn: bytes, width: float, pages: Sequence[int], random_bytes: RandomBytes
) -> bytes:
    writer = Revision.from_reader(open_reader(pdf))
    (form,) = import_forms(writer, drawn)
    name = f"Es{random_bytes(8).hex()}"
    tree, painter = PageTree(writer), PagePainter(writer)
    for number in pages:
        page = tree.page(number)
        where = geometry(page)
        box, scale = strip_box(number, where.size, width)
        matrix = where.matrix(box)
        scaled = tuple(scale * each for each in matrix[:4]) + matrix[4:]
        painter.paint(page, [(name, form, scaled)])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def free_margins_in_jail(pdf: bytes) -> list[int]:
    """Return the numbers of the pages that have nothing where `freeze` puts its line.

    :raise JailError: the child could not find out
    """
    found = jail.call("overlay.free_margins", files={"pdf": pdf}).value
    return sorted({int(number) for number in found})
