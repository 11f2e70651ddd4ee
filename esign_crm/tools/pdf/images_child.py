"""The jail's task of re-encoding images."""

import math
import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, WebPImagePlugin  # noqa: F401

from ..errors import ImageError
from . import ink

Image.preinit()  # with WebP all that is used here: else Pillow reads its 40 formats at the first image

STARTS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
OTHERS = (b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"<svg", b"<?xml", b"\x00\x00\x01\x00", b"%PDF-")
MAX_PIXELS = 20_000_000
DOTS_PER_INCH = 300
MIN_SIDE, MAX_SIDE = 8, 2000  # pixels
WORKING_SIDE = 2200  # pixels: fine enough for what is left when the margins of a photograph go
FAINTEST = 24  # of 255: how far the darkest spot must stand out from the lightest


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[None, dict[str, bytes]]:
    """Return the image as PNG."""
    return None, {"png": prepare(files["image"], arguments["box_points"])}


def prepare(image: bytes, box_points: tuple[float, float]) -> bytes:
    """Return an upright RGBA PNG without paper and empty margins, no larger than `box_points` at 300 dots per inch.

    :raise ImageError: see its codes
    """
    kind = _kind(image)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _prepared(image, kind, box_points)
    except Image.DecompressionBombError as error:
        raise ImageError("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ImageError("unreadable") from error


def _kind(image: bytes) -> str:
    """Return the image's format by its first bytes; Pillow is not asked to guess."""
    for kind, start in STARTS.items():
        if image.startswith(start) and (kind != "WEBP" or image[8:12] == b"WEBP"):
            return kind
    raise ImageError("unsupported" if image.lstrip().startswith(OTHERS) else "not_an_image")


def _prepared(image: bytes, kind: str, box_points: tuple[float, float]) -> bytes:
    with Image.open(BytesIO(image), formats=[kind]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ImageError("too_many_pixels")
        if min(opened.size) < MIN_SIDE:
            raise ImageError("blank")
        opened.draft("RGB", (WORKING_SIDE, WORKING_SIDE))
        upright = ImageOps.exif_transpose(_eight_bits(opened)).convert("RGBA")
    upright.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    _refuse_blank(upright)
    lifted = ink.lift(upright)
    lifted.thumbnail(_most_pixels(box_points), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", lifted.size)  # without any of the file's own notes
    clean.paste(lifted)
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _most_pixels(box_points: tuple[float, float]) -> tuple[int, int]:
    """Return the width and height beyond which a box cannot show more."""
    wanted = (math.ceil(each / 72 * DOTS_PER_INCH) for each in box_points)
    width, height = (min(max(each, MIN_SIDE), MAX_SIDE) for each in wanted)
    return width, height


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return an image with 16 bits a sample with 8, which Pillow would cut off instead."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image


def _refuse_blank(image: Image.Image) -> None:
    """Refuse an image that leaves no trace on white paper."""
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    darkest, lightest = paper.convert("L").getextrema()
    if lightest - darkest < FAINTEST:
        raise ImageError("blank")
