"""Images of a document's pages, drawn in the jail."""

from collections.abc import Iterable

from ..errors import JailError
from . import jail

KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"RIFF": "image/webp"}
LIMITS = jail.Limits(output_mb=128)


def render_in_jail(pdf: bytes, pages: Iterable[int], width_px: int) -> dict[int, bytes]:
    """Return the images of pages (from 1), as WebP; see `mimetype`.

    :param width_px: how wide; a very tall page comes narrower
    :raise IntakeError: ``unreadable``: no such document or page
    :raise JailError: the child could not draw it within its limits
    """
    wanted = [int(number) for number in pages]
    arguments = {"pages": wanted, "width_px": int(width_px)}
    images = jail.call("render.pages", files={"pdf": pdf}, arguments=arguments, limits=LIMITS).files
    if set(images) != {str(number) for number in wanted}:
        raise JailError("crashed", detail="pages")
    if not all(mimetype(image) for image in images.values()):
        raise JailError("crashed", detail="images")
    return {number: images[str(number)] for number in wanted}


def mimetype(image: bytes) -> str | None:
    """Return the type of an image that `render_in_jail` made, None for anything else."""
    return next((kind for start, kind in KINDS.items() if image.startswith(start)), None)
