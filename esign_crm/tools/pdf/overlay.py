"""Marks, pages and the document's number added to a PDF, whose own bytes stay as they are."""

import hashlib
from collections.abc import Iterable, Sequence
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ..errors import EsignError, IntakeError
from . import drawing, jail
from .foot import strip_box
from .geometry import Box, Matrix, PageGeometry
from .marks import CheckContent, ImageContent, Mark, NameContent, StrokesContent, TextContent
from .page_tree import Dictionary, PageTree, geometry
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
    "is_caption_easy_to_read",
    "letters_that_fit",
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
    plan = _Plan(PageTree(writer), marks)
    if not plan.looks:
        return
    drawn = import_forms(writer, _draw_all(plan.looks.values()))
    forms = {
        key: (f"Es{random_bytes(8).hex()}", form)
        for key, form in zip(plan.looks, drawn, strict=True)
    }
    painter = PagePainter(writer)
    for page, draws in plan.pages:
        painter.paint(page, [(*forms[key], matrix) for key, matrix in draws])


class _Plan:
    """Which looks are drawn where.

    :ivar looks: each different look once
    :ivar pages: pages with their looks and matrices
    """

    def __init__(self, tree: PageTree, marks: Iterable[Mark]) -> None:
        self.looks: dict[bytes, tuple[Mark, Size]] = {}
        self.pages: list[tuple[Dictionary, list[tuple[bytes, Matrix]]]] = []
        by_page: dict[int, list[Mark]] = {}
        for mark in marks:
            by_page.setdefault(mark.box.page, []).append(mark)
        for number, group in sorted(by_page.items()):
            page = tree.page(number)
            where = geometry(page)
            self.pages.append((page, [self._draw(mark, where) for mark in group]))

    def _draw(self, mark: Mark, where: PageGeometry) -> tuple[bytes, Matrix]:
        size = where.box_size(mark.box)
        key = _look(mark, size)
        self.looks.setdefault(key, (mark, size))
        return key, where.matrix(mark.box)


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
    drawing.draw(drawing.new_canvas(BytesIO()), mark, *_size(mark.box, page_size))


def is_caption_easy_to_read(caption: str, width: float, height: float) -> bool:
    """Tell whether a caption stands whole and in letters of a good size in a box, given in points.

    :raise TextError: ``missing_glyph``
    """
    return drawing.is_caption_easy_to_read(caption, width, height)


def letters_that_fit(box: Box, content: TextContent, page_size: Size) -> int:
    """Return how many characters of a text fit into its box at the smallest size.

    Without a text, about how many of any would.
    """
    return drawing.letters_that_fit(content, *_size(box, page_size))


def _size(box: Box, page_size: Size) -> Size:
    return box.width * page_size[0], box.height * page_size[1]


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
