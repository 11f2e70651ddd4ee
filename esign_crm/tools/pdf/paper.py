"""HTML of our own templates, with values of people in it, printed as a PDF in the jail."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import JailError
from . import jail

LIMITS = jail.Limits(
    seconds=120, cpu_seconds=100, memory_mb=2048, may_thread=True
)  # Pango looks for fonts in threads
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_BREAKS = {"\n", "\t"}


@dataclass(frozen=True)
class Place:
    """Where a signature goes: a page from 1 and a box in ratios of it, origin top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Paper:
    """A printed document: its bytes, its pages, and the places for signatures by side."""

    pdf: bytes
    page_count: int
    places: Mapping[str, Place]


def print_in_jail(html: str) -> Paper:
    """Return the PDF of an HTML page; nothing is fetched for it but what its own addresses hold (`data:`).

    An element with the id ``esign-sign-SIDE`` is the place of that side's signature.

    :raise PaperError: ``no_printer``: WeasyPrint or Pango is missing; ``missing_glyph``: no font has a character
    :raise JailError: it could not be printed within the limits
    """
    result = jail.call("paper.print", files={"html": _clean(html).encode()}, limits=LIMITS)
    pdf = result.files.get("pdf", b"")
    if not pdf.startswith(b"%PDF-"):
        raise JailError("crashed", detail="paper")
    places = {str(side): Place(**place) for side, place in result.value["places"].items()}
    return Paper(pdf, int(result.value["pages"]), places)


def _clean(html: str) -> str:
    """Return the page with composed letters and without invisible characters, which may turn the order of others."""
    composed = unicodedata.normalize("NFC", html)
    return "".join(
        each for each in composed if each in _BREAKS or unicodedata.category(each) not in _INVISIBLE
    )
