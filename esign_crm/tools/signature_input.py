"""What a browser sends as a signature, checked and brought into the form that is stored."""

import math
from itertools import pairwise
from typing import Any

from .errors import FieldValueError, ImageError
from .pdf.fonts import HANDS
from .text import clean_name

MAX_NAME = 120
MAX_INITIALS = 4
MAX_POINTS = 20_000
MAX_STROKES = 500
MIN_INK = 12.0  # css px of line: less is a slip of the finger
MAX_IMAGE = 7_000_000  # base64 of 5 MB


def check(signature: Any) -> dict[str, Any]:  # noqa: ANN401 - what a browser sent
    """Return ``{"method": "typed", "name"}`` with ``hand`` where one was chosen, ``{"method": "drawn", "strokes", "width",
    "height"}`` or ``{"method": "image", "image": base64}``; the last two with ``initials`` where they were typed apart.

    Strokes are lists of ``[x, y, ms]`` in css px of the pad. Without ``width`` and ``height`` the pad is as large as
    its ink.

    :raise FieldValueError: ``field_required`` for none, ``field_invalid`` for a broken one
    :raise ImageError: too large
    """  # noqa: D205
    if not isinstance(signature, dict) or not signature:
        raise FieldValueError("field_required")
    method = signature.get("method")
    reader = isinstance(method, str) and {"typed": _typed, "drawn": _drawn, "image": _image}.get(
        method
    )
    if not reader:
        raise FieldValueError("field_invalid")
    checked = reader(signature)
    return checked if method == "typed" else checked | initials(signature)


def initials(signature: dict) -> dict[str, str]:
    """Return ``{"initials"}`` of a drawn signature or a picture where they were typed apart, else an empty dictionary.

    :raise FieldValueError: ``field_invalid``: too many, or no letters
    """
    given = signature.get("initials")
    if given is None or given == "":
        return {}
    cleaned = clean_name(given, MAX_NAME) if isinstance(given, str) else ""
    if not any(map(str.isalpha, cleaned)) or len(cleaned) > MAX_INITIALS:
        raise FieldValueError("field_invalid", reason="initials")
    return {"initials": cleaned}


def _typed(signature: dict) -> dict[str, Any]:
    name = signature.get("name")
    cleaned = clean_name(name, MAX_NAME) if isinstance(name, str) else ""
    if not cleaned:
        raise FieldValueError("field_required")
    hand = signature.get("hand")
    if hand is None:
        return {"method": "typed", "name": cleaned}
    if not isinstance(hand, str) or hand not in HANDS:
        raise FieldValueError("field_invalid")
    return {"method": "typed", "name": cleaned, "hand": hand}


def _drawn(signature: dict) -> dict[str, Any]:
    strokes = signature.get("strokes")
    if not isinstance(strokes, list) or not strokes:
        raise FieldValueError("field_required")
    if len(strokes) > MAX_STROKES or not all(isinstance(stroke, list) for stroke in strokes):
        raise FieldValueError("field_invalid")
    if sum(map(len, strokes)) > MAX_POINTS:
        raise FieldValueError("field_invalid")
    plain = [[_point(point) for point in stroke] for stroke in strokes if stroke]
    if _ink(plain) < MIN_INK:
        raise FieldValueError("field_required")
    width, height = _pad(signature, plain)
    return {"method": "drawn", "strokes": plain, "width": width, "height": height}


def _point(point: Any) -> list[float]:  # noqa: ANN401
    is_numbers = isinstance(point, list) and len(point) in (2, 3)
    if not is_numbers or not all(_is_number(each) for each in point):
        raise FieldValueError("field_invalid")
    x, y = round(float(point[0]), 2), round(float(point[1]), 2)
    return [x, y, round(float(point[2])) if len(point) == 3 else 0]


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < 1e9
    )


def _ink(strokes: list[list[list[float]]]) -> float:
    """Return the length of all lines, in css px."""
    return sum(
        math.dist(left[:2], right[:2]) for stroke in strokes for left, right in pairwise(stroke)
    )


def _pad(signature: dict, strokes: list) -> tuple[float, float]:
    """Return the pad's size: as sent, at least as large as its ink."""
    size = []
    for axis, key in enumerate(("width", "height")):
        furthest = max(point[axis] for stroke in strokes for point in stroke)
        sent = signature.get(key)
        size.append(max(float(sent) if _is_number(sent) else 0.0, furthest, 1.0))
    return size[0], size[1]


def _image(signature: dict) -> dict[str, Any]:
    image = signature.get("image")
    if not isinstance(image, str) or not image:
        raise ImageError("unreadable")
    if len(image) > MAX_IMAGE:
        raise ImageError("too_large")
    return {
        "method": "image",
        "image": image.partition(",")[2] if image.startswith("data:") else image,
    }
