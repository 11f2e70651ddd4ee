"""Ink lifted off a photographed or scanned sheet: the paper becomes transparent, empty margins go.

A sheet under a lamp has no single white. Each spot is compared with the paper around it, as in adaptive document
binarisation (Sauvola & Pietikäinen, "Adaptive document image binarization", Pattern Recognition 33, 2000), but the ink
keeps its colour and its soft edges. Pillow only: the jail has no other library for it.
"""

from PIL import Image, ImageChops, ImageFilter, ImageStat

SAMPLE = 96  # px, longer side of the small picture that the paper's brightness is read from
REACH = 17  # px of the sample: ink of this width is looked past
GRAIN = 20  # of 255: paper's own roughness and the noise of cameras
FAINT, FULL = 0.25, 0.5  # of the deepest ink: below is paper, above is all ink
DEEPEST = (
    0.998  # part of all spots that are less deep than "the deepest": single wrong ones do not count
)
MOST_INK = 0.5  # part of the picture; more is no ink on paper but a picture of its own
SHEET = 0.8  # part of all spots that are no lighter than the sheet is at large
DARKEST_PAPER = 0.6  # of the sheet's own brightness
COLOURED = 0.5  # paper's weakest colour is at least so much of its strongest, by lamplight too
ROUGHNESS = 2.5  # times what half of all spots stay below: that is paper still
SPECK = 4  # px: ink smaller than about half of this does not widen the margins
SEE_THROUGH = 0.02  # part of the picture; more transparency than that was made by somebody
MARGIN = 0.03  # of the longer side, left around the ink


def lift(picture: Image.Image) -> Image.Image:
    """Return an RGBA picture with transparent paper and small margins.

    What already is transparent, or is no ink on light paper, keeps what it shows and loses empty margins only.
    """
    return trim(_without_paper(picture) if _is_opaque(picture) else picture)


def trim(picture: Image.Image) -> Image.Image:
    """Return the part of an RGBA picture that shows something, with a small margin; specks do not count."""
    alpha = picture.getchannel("A")
    coarse = alpha.reduce(SPECK).point(lambda each: 255 if each > 2 * GRAIN else 0).getbbox()
    box = [SPECK * edge for edge in coarse] if coarse else alpha.getbbox()
    if not box:
        return picture
    margin = round(MARGIN * max(box[2] - box[0], box[3] - box[1])) + 1
    left, top = max(box[0] - margin, 0), max(box[1] - margin, 0)
    right, low = min(box[2] + margin, picture.width), min(box[3] + margin, picture.height)
    return picture.crop((left, top, right, low))


def _is_opaque(picture: Image.Image) -> bool:
    histogram = picture.getchannel("A").histogram()
    return sum(histogram[:128]) <= SEE_THROUGH * picture.width * picture.height


def _without_paper(picture: Image.Image) -> Image.Image:
    colours = picture.convert("RGB")
    sheet = [_quantile(band.histogram(), SHEET) for band in colours.split()]
    if min(sheet) < COLOURED * max(sheet):
        return picture
    depth = _depth(colours, _paper(colours, sheet))
    levels = depth.histogram()
    deepest = _quantile(levels, DEEPEST)
    low = max(GRAIN, FAINT * deepest, ROUGHNESS * _quantile(levels, 0.5))
    high = max(low + 1, FULL * deepest)
    alpha = depth.point(lambda each: min(max((each - low) / (high - low), 0), 1) * 255)
    if deepest <= low or ImageStat.Stat(alpha).mean[0] > MOST_INK * 255:
        return picture
    lifted = picture.copy()
    lifted.putalpha(alpha)
    return lifted


def _paper(colours: Image.Image, sheet: list[int]) -> Image.Image:
    """Return what the sheet would look like without ink, shadows of hand and lamp included."""
    small = colours.copy()
    small.thumbnail((SAMPLE, SAMPLE), Image.Resampling.BOX)
    lightest = small.filter(ImageFilter.MaxFilter(REACH)).filter(
        ImageFilter.GaussianBlur(REACH / 3)
    )
    floor = [round(DARKEST_PAPER * level) for level in sheet]
    # within a wide block of ink the lightest spot is ink too: paper is not as dark as that
    lightest = ImageChops.lighter(lightest, Image.new("RGB", small.size, tuple(floor)))
    return lightest.resize(colours.size, Image.Resampling.BILINEAR)


def _depth(colours: Image.Image, paper: Image.Image) -> Image.Image:
    """Return how much darker than the paper each spot is, in the colour where that shows most."""
    red, green, blue = ImageChops.subtract(paper, colours).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).filter(
        ImageFilter.MedianFilter(3)
    )


def _quantile(histogram: list[int], part: float) -> int:
    """Return the level below which ``part`` of all spots lie."""
    wanted = part * sum(histogram)
    seen = 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return level
    return len(histogram) - 1
