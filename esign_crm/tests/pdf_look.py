"""What a PDF looks like in pdfium and in poppler, for tests of where marks end up."""

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

MAGENTA = (255, 0, 255)
WIDTH = 800  # pixels
Area = tuple[float, float, float, float]


def magenta_png(width: int, height: int) -> bytes:
    """Return an image of one colour that no document of ours has."""
    out = BytesIO()
    Image.new("RGBA", (width, height), MAGENTA).save(out, "PNG")
    return out.getvalue()


def in_pdfium(pdf: bytes, page: int = 1) -> Image.Image:
    """Return a page as pdfium draws it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = document[page - 1]
        return shown.render(scale=WIDTH / shown.get_width()).to_pil().convert("RGB")
    finally:
        document.close()


def in_poppler(pdf: bytes, page: int = 1) -> Image.Image | None:
    """Return a page as poppler draws it, None where `pdftoppm` is not installed."""
    if not shutil.which("pdftoppm"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.pdf")
        source.write_bytes(pdf)
        sizes = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-cropbox", "-singlefile"]
        pages = ["-f", str(page), "-l", str(page)]
        command = ["pdftoppm", *pages, *sizes, "-png", str(source), str(Path(folder, "out"))]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        with Image.open(Path(folder, "out.png")) as image:
            return image.convert("RGB")


def magenta_area(image: Image.Image) -> Area | None:
    """Return where the magenta image is: `(x, y, width, height)` ratios, None for nowhere."""
    difference = ImageChops.difference(image, Image.new("RGB", image.size, MAGENTA))
    near = difference.point(lambda value: 255 if value < 60 else 0)
    red, green, blue = near.split()
    found = ImageChops.multiply(ImageChops.multiply(red, green), blue).getbbox()
    if not found:
        return None
    left, top, right, bottom = found
    width, height = image.size
    return left / width, top / height, (right - left) / width, (bottom - top) / height


def furthest(one: Area, other: Area) -> float:
    """Return how far the edges of two areas lie apart at most, in ratios of the page."""
    pairs = ((one[0], other[0]), (one[1], other[1]))
    ends = ((one[0] + one[2], other[0] + other[2]), (one[1] + one[3], other[1] + other[3]))
    return max(abs(a - b) for a, b in (*pairs, *ends))
