"""pdfium: what people see of a document, and the words on its pages.

pdfium is native code and reads foreign bytes: in the jail's child only. It is not made for
threads, and a child has one.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2

from ..errors import IntakeError

MAX_PAGE_TEXT, MAX_TEXT = 20_000, 2_000_000  # bytes
SIZE_TOLERANCE = 1.0  # points
MAX_PIXELS = 12_000_000
MAX_SIDE = 16_000  # pixels; WebP ends at 16383


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Yield the document as pdfium reads it.

    :raise IntakeError: ``unreadable``
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise IntakeError("unreadable", detail="PdfiumError") from error
    try:
        yield document
    finally:
        document.close()


def texts(content: bytes, sizes: Sequence[tuple[float, float]]) -> list[str]:
    """Return the words of each page.

    :param sizes: width and height that each page must have when displayed
    :raise IntakeError: ``bad_page_count`` or ``unreadable`` when pdfium sees other pages
    """
    left = MAX_TEXT
    found = []
    with opened(content) as document:
        if len(document) != len(sizes):
            raise IntakeError("bad_page_count")
        for index, size in enumerate(sizes):
            text = _page_text(document[index], size, min(MAX_PAGE_TEXT, left))
            left -= len(text.encode())
            found.append(text)
    return found


def drawn(page: pypdfium2.PdfPage, width_px: int) -> pypdfium2.PdfBitmap:
    """Return the page's picture, so wide; that of a very tall page is narrower."""
    width, height = page.get_size()
    by_area, by_side = (MAX_PIXELS / (width * height)) ** 0.5, MAX_SIDE / max(width, height)
    return page.render(scale=min(width_px / width, by_area, by_side))


def try_to_draw(content: bytes, width_px: int) -> None:
    """Draw the first page and throw it away: what nobody could be shown ends this process, and is refused at once."""
    with opened(content) as document:
        page = document[0]
        try:
            drawn(page, width_px).close()
        finally:
            page.close()


def _page_text(page: pypdfium2.PdfPage, size: tuple[float, float], most: int) -> str:
    differences = (abs(seen - own) for seen, own in zip(page.get_size(), size, strict=True))
    if max(differences) > SIZE_TOLERANCE:
        raise IntakeError("unreadable", detail="page size")
    try:
        if most <= 0:
            return ""
        text_page = page.get_textpage()
        try:
            count = min(text_page.count_chars(), most)
            return _plain(text_page.get_text_range(0, count) if count > 0 else "", most)
        finally:
            text_page.close()
    finally:
        page.close()


def _plain(text: str, most: int) -> str:
    """Return the text without control characters, cut to so many bytes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c)[0] != "C")
    return kept.encode()[:most].decode(errors="ignore").strip()
