"""Where a box of the displayed page lies in the page's own coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT_MEDIA_BOX = (0.0, 0.0, 612.0, 792.0)  # what viewers assume without any

Rectangle = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A box on a page, in ratios of the page as it is displayed, from its top left corner.

    :ivar page: from 1
    """

    page: int
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, area: Sequence[float]) -> bool:
        """Whether the box shares some area with `(x, y, width, height)`, ratios of its own page."""
        x, y, width, height = area
        apart_x = self.x >= x + width or x >= self.x + self.width
        apart_y = self.y >= y + height or y >= self.y + self.height
        return not (apart_x or apart_y)


@dataclass(frozen=True)
class PageGeometry:
    """A page's visible part in its own coordinates, and how it is turned for display.

    :ivar crop: left, bottom, right, top
    :ivar rotate: 0, 90, 180 or 270, clockwise
    """

    crop: Rectangle
    rotate: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        width, height = self.crop[2] - self.crop[0], self.crop[3] - self.crop[1]
        return (height, width) if self.rotate in (90, 270) else (width, height)

    def box_size(self, box: Box) -> tuple[float, float]:
        """Return a box's width and height as displayed, in points."""
        width, height = self.size
        return box.width * width, box.height * height

    def matrix(self, box: Box) -> Matrix:
        """Return the matrix that puts upright content, its origin bottom left, into the box."""
        width, height = self.size
        left, low = box.x * width, (1 - box.y - box.height) * height
        x0, y0, x1, y1 = self.crop
        # ISO 32000-1, 7.7.3.3: Rotate turns the page clockwise when it is displayed
        return {
            0: (1, 0, 0, 1, x0 + left, y0 + low),
            90: (0, 1, -1, 0, x1 - low, y0 + left),
            180: (-1, 0, 0, -1, x1 - left, y1 - low),
            270: (0, -1, 1, 0, x0 + low, y1 - left),
        }[self.rotate]

    def displayed(self, area: Rectangle) -> Rectangle:
        """Return a rectangle of the page's own coordinates as `(x, y, width, height)` ratios."""
        corners = [self._displayed_point(x, y) for x in area[::2] for y in area[1::2]]
        left, right = min(c[0] for c in corners), max(c[0] for c in corners)
        top, bottom = min(c[1] for c in corners), max(c[1] for c in corners)
        return left, top, right - left, bottom - top

    def _displayed_point(self, x: float, y: float) -> tuple[float, float]:
        x0, y0, x1, y1 = self.crop
        from_left, from_bottom = (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)
        return {
            0: (from_left, 1 - from_bottom),
            90: (from_bottom, from_left),
            180: (1 - from_left, from_bottom),
            270: (1 - from_bottom, 1 - from_left),
        }[self.rotate]


def normalised(corners: Sequence[float]) -> Rectangle:
    """Return a rectangle given by any two opposite corners as left, bottom, right, top."""
    x0, y0, x1, y1 = (float(each) for each in corners)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def visible(media: Rectangle, crop: Rectangle) -> Rectangle | None:
    """Return what of the crop box lies inside the media box, or None for nothing."""
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
