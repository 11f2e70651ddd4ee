"""Where the line at the foot of each page goes that names the document."""

from .geometry import Box

FOOT = 5.0  # points from the page's edge to the line's box; so are all below
HEIGHT = 8.0
WIDTH_SHARE = 0.6  # of the page at most, in its middle
CLEARANCE = 2.0  # what must be free around it


def strip_box(page: int, size: tuple[float, float], width: float) -> tuple[Box, float]:
    """Return where the line goes on a page of this displayed size, and its scale."""
    scale = min(1.0, WIDTH_SHARE * size[0] / width)
    share = width * scale / size[0]
    height = HEIGHT * scale / size[1]
    top = 1 - FOOT / size[1] - height
    return Box(page, (1 - share) / 2, top, share, height), scale


def free_area(size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return what must be empty for the line: left, bottom, right, top on the displayed page."""
    half = WIDTH_SHARE * size[0] / 2 + CLEARANCE
    middle = size[0] / 2
    low, high = FOOT - CLEARANCE, FOOT + HEIGHT + CLEARANCE
    return max(middle - half, 0), low, min(middle + half, size[0]), min(high, size[1])
