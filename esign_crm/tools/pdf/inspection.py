"""What the jail's child does with a PDF at intake.

Two readers must agree on the pages: pyHanko, which seals, and pdfium, which draws what people see.
"""

from dataclasses import replace

from pyhanko.pdf_utils import generic

from ..errors import EsignError, IntakeError
from . import features, page_tree, rehearsal, unpacking, viewing
from .facts import PageFacts, PdfFacts
from .reader import open_reader

MAX_PAGES = 2000
MIN_POINTS, MAX_POINTS = 72, 14_400  # one inch; 200 inches (ISO 32000-1, annex C)


def inspect_content(content: bytes) -> PdfFacts:
    """Return what is known of a PDF without anything around it; see `intake.inspect`."""
    unpacking.check(content)
    try:
        return _inspect(content)
    except (EsignError, MemoryError):
        raise
    except Exception as error:  # a broken file makes the readers raise whatever there is
        raise IntakeError("unreadable", detail=type(error).__name__) from error


def _inspect(content: bytes) -> PdfFacts:
    reader = open_reader(content)
    if reader.encrypted:
        raise IntakeError("encrypted")
    features.refuse_signed_and_xfa(reader)
    pages, annotations = [], []
    for number, page in enumerate(page_tree.walk(reader, MAX_PAGES), 1):
        on_page = features.annotations(page)
        annotations += on_page
        pages.append(_page_facts(page, on_page, number))
    rehearsal.rehearse(reader, len(pages))
    texts = viewing.texts(content, [(page.width, page.height) for page in pages])
    return PdfFacts(
        content=content,
        pages=tuple(replace(page, text=text) for page, text in zip(pages, texts, strict=True)),
        warnings=features.warnings(reader, annotations),
    )


def _page_facts(
    page: generic.DictionaryObject, annotations: list[generic.DictionaryObject], number: int
) -> PageFacts:
    geometry = page_tree.geometry(page)
    width, height = geometry.size
    if not all(MIN_POINTS <= each <= MAX_POINTS for each in (width, height)):
        raise IntakeError("page_size", page=number)
    return PageFacts(
        width=round(width, 3),
        height=round(height, 3),
        rotate=geometry.rotate,
        crop=geometry.crop,
        covers=tuple(features.covers(annotations, geometry)),
    )
