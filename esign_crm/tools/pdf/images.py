"""Images of signatures and stamps, made safe and small in the jail."""

from ..errors import ImageError, JailError
from . import jail

MAX_BYTES = 5 << 20
PNG_START = b"\x89PNG\r\n\x1a\n"
LIMITS = jail.Limits(seconds=15, cpu_seconds=10, memory_mb=768, output_mb=16)


def prepare_in_jail(image: bytes, box_points: tuple[float, float]) -> bytes:
    """Return a foreign image as an upright RGBA PNG, as fine as its box can show, the paper around ink transparent.

    :param box_points: width and height of the box where it will stand
    :raise ImageError: it cannot be used; says why
    :raise JailError: the child could not read it within its limits
    """
    if not image:
        raise ImageError("not_an_image")
    if len(image) > MAX_BYTES:
        raise ImageError("too_large")
    arguments = {"box_points": [float(each) for each in box_points]}
    files = jail.call(
        "images.prepare", files={"image": image}, arguments=arguments, limits=LIMITS
    ).files
    if not files.get("png", b"").startswith(PNG_START):
        raise JailError("crashed", detail="image")
    return files["png"]
