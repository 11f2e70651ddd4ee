"""The jail's task of drawing pages as images."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageStat, WebPImagePlugin  # noqa: F401

from ..errors import IntakeError
from .viewing import drawn, opened

Image.preinit()  # with WebP all that is used here: else Pillow reads its 40 formats at the first image

TEXT_ERROR = 1.0  # of 255: pages of text lose less on average when reduced to 16 levels
LARGE_TEXT = 100_000  # bytes


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[list[int], dict]:
    """Return the images of the pages `arguments["pages"]`, named by their numbers."""
    images = {}
    with opened(files["pdf"]) as document:
        for number in arguments["pages"]:
            if not 1 <= number <= len(document):
                raise IntakeError("unreadable", page=number)
            images[str(number)] = _page_image(document[number - 1], arguments["width_px"])
    return arguments["pages"], images


def _page_image(page: pypdfium2.PdfPage, width_px: int) -> bytes:
    try:
        return _packed(drawn(page, width_px).to_pil().convert("RGB"))
    finally:
        page.close()


def _packed(image: Image.Image) -> bytes:
    """Return the page as WebP: exact in 16 levels of each colour for text, else like a photograph."""
    levels = image.point([(value * 15 + 127) // 255 * 17 for value in range(256)] * 3)
    if max(ImageStat.Stat(ImageChops.difference(image, levels)).mean) > TEXT_ERROR:
        return _saved(image, quality=70, method=3)
    exact = _saved(levels, lossless=True, method=2)
    if len(exact) <= LARGE_TEXT:
        return exact
    return min(exact, _saved(image, quality=70, method=3), key=len)


def _saved(image: Image.Image, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's
    out = BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()
