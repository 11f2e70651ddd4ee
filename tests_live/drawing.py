"""Strokes as browser checks draw them, and what became of them on the sealed document."""

import base64
import math
from itertools import pairwise

import pypdfium2

DPI = 96
NEAR = 2.0  # px: how far what is printed may lie from what was drawn


def wave(box, points=60):
    """Return points of a signature-like line within a box as `bounding_box` tells it."""
    return [
        (
            box["x"] + box["width"] * (0.1 + 0.8 * step / (points - 1)),
            box["y"] + box["height"] * (0.5 + 0.32 * math.sin(step / 4) * math.cos(step / 9)),
        )
        for step in range(points)
    ]


class Finger:
    """One finger on the screen of a page."""

    def __init__(self, page):
        """Speak to the browser itself: Playwright's own touch only taps."""
        self.devtools = page.context.new_cdp_session(page)

    def _tell(self, kind, *spots):
        touches = [{"x": x, "y": y} for x, y in spots]
        params = {"type": kind, "touchPoints": touches}
        self.devtools.send("Input.dispatchTouchEvent", params)

    def press(self, spot):
        """Touch the screen."""
        self._tell("touchStart", spot)

    def move(self, spots):
        """Move over these spots."""
        for spot in spots:
            self._tell("touchMove", spot)

    def lift(self):
        """Leave the screen."""
        self._tell("touchEnd")

    def draw(self, spots):
        """Draw one line."""
        self.press(spots[0])
        self.move(spots[1:])
        self.lift()


def sealed_bytes(case):
    """Return the sealed document."""
    (attachment, _name) = case.read("sealed_attachment_id")["sealed_attachment_id"]
    (row,) = case.session.call("ir.attachment", "read", [attachment], ["datas"])
    return base64.b64decode(row["datas"])


def box_of(case, kind="signature", side="client"):
    """Return where a signer's box of a kind is, in ratios of the first page."""
    domain = [("request_id", "=", case.id), ("type", "=", kind), ("signer_id.side", "=", side)]
    (box,) = case.session.call(
        "esign.field", "search_read", domain, ["x", "y", "width", "height"], limit=1
    )
    return box


def box_picture(content, box, dpi=DPI):
    """Return the picture of a box of the first page."""
    page = pypdfium2.PdfDocument(content)[0].render(scale=dpi / 72).to_pil().convert("RGB")
    left, top = box["x"] * page.width, box["y"] * page.height
    return page.crop(
        (left, top, left + box["width"] * page.width, top + box["height"] * page.height)
    )


def ink_spots(picture):
    """Return the pixels with blue ink."""
    return [
        (x + 0.5, y + 0.5)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y))[2] - picture.getpixel((x, y))[0] > 40
    ]


def deviation(drawn, spots):
    """Return how far drawn lines and printed ink lie apart at most, in pixels, the drawing fitted into the ink's frame."""
    dense = [spot for line in drawn for spot in _dense(line)]
    middle, size = _frame(dense)
    ink_middle, ink_size = _frame(spots)
    pen = 1.5  # px, about: half a pen at each end
    factor = max((ink_size[0] - pen) / size[0], (ink_size[1] - pen) / size[1])
    if factor * size[0] > ink_size[0] + 1 or factor * size[1] > ink_size[1] + 1:
        return math.inf  # another shape
    there = [
        tuple(ink_middle[axis] + factor * (spot[axis] - middle[axis]) for axis in (0, 1))
        for spot in dense
    ]
    return max(_furthest(there, spots), _furthest(spots, there))


def _dense(line, parts=8):
    return [
        (x + (to_x - x) * part / parts, y + (to_y - y) * part / parts)
        for (x, y), (to_x, to_y) in pairwise(line)
        for part in range(parts + 1)
    ]


def _frame(spots):
    across, down = zip(*spots, strict=True)
    middle = ((min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
    return middle, (max(across) - min(across), max(down) - min(down))


def _furthest(some, others):
    return max(min(math.dist(spot, other) for other in others) for spot in some)
