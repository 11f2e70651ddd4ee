"""What is known of a PDF that can be signed."""

from dataclasses import dataclass
from typing import Any

from .geometry import Box

PAGE_WIDTH_PIXELS = 1200  # of the picture of a page that people read


@dataclass(frozen=True)
class PageFacts:
    """One page as it is displayed.

    :ivar width: in points, as displayed; so is `height`
    :ivar rotate: 0, 90, 180 or 270, clockwise
    :ivar crop: the visible part in the page's own coordinates: left, bottom, right, top
    :ivar text: the page's words, at most 20 kB
    :ivar covers: `(x, y, width, height)` ratios of what lies above the content and would hide a mark
    """

    width: float
    height: float
    rotate: int
    crop: tuple[float, float, float, float]
    text: str = ""
    covers: tuple[tuple[float, float, float, float], ...] = ()

    def is_covered(self, box: Box) -> bool:
        """Whether something on this page would hide a mark in that box, in whole or in part."""
        return any(box.overlaps(area) for area in self.covers)


@dataclass(frozen=True)
class PdfFacts:
    """A PDF that can be signed.

    :ivar content: the bytes, without what stood before and after the document
    :ivar warnings: codes out of javascript, attachments, layers, form, annotations
    :ivar changes: codes of what was done to it at upload: repaired, unprotected, flattened
    :ivar original_sha256: of the bytes that came, where these are others
    """

    content: bytes
    pages: tuple[PageFacts, ...]
    warnings: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    original_sha256: str = ""


def page_from_json(page: dict[str, Any]) -> PageFacts:
    """Return a page's facts from plain JSON values, each checked for its type."""
    return PageFacts(
        width=float(page["width"]),
        height=float(page["height"]),
        rotate=int(page["rotate"]),
        crop=_four(page["crop"]),
        text=str(page["text"]),
        covers=tuple(_four(area) for area in page["covers"]),
    )


def _four(numbers: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(each) for each in numbers)
    return x0, y0, x1, y1
