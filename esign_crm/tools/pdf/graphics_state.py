"""How a page's content leaves the graphics state: what was opened and not closed, or too often.

Marks are drawn behind the content and must find the page's own coordinates again. Some programs
write a ``q`` (save) without its ``Q`` (restore), some one ``Q`` too many.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from pyhanko.pdf_utils import generic

MAX_CONTENT = 32_000_000
MAX_LEVELS = 1000

_REGULAR = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)"  # a string without inner parentheses
    rb"|\("  # any other string
    rb"|%[^\r\n]*"
    rb"|<[0-9A-Fa-f\s]*>"
    rb"|/" + _REGULAR + rb"*"
    rb"|(?<!" + _REGULAR + rb")(?:[qQ]|BI)(?!" + _REGULAR + rb")",
    re.DOTALL,
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"[\s\x00]EI(?=[\s\x00]|$)")


@dataclass(frozen=True)
class Balance:
    """How many restores lack their save, and how many saves are left open at the end."""

    surplus: int = 0
    unclosed: int = 0


def balance(streams: Iterable[generic.StreamObject]) -> Balance:
    """Return how the streams of one page, read as one, leave the graphics state."""
    parts, left = [], MAX_CONTENT
    for stream in streams:
        part = _unpacked(stream, left)
        if part is None or len(part) >= left:
            return Balance()  # cannot be told; viewers mend what is missing
        left -= len(part)
        parts.append(part)
    return count(b"\n".join(parts))


def count(content: bytes) -> Balance:
    """Return how this content leaves the graphics state."""
    depth = lowest = position = 0
    while match := _TOKEN.search(content, position):
        token, position = match.group(), match.end()
        if token == b"q":
            depth += 1
        elif token == b"Q":
            depth -= 1
            lowest = min(lowest, depth)
        elif token == b"(":
            position = _string_end(content, position)
        elif token == b"BI":
            end = _IMAGE_END.search(content, position)
            position = end.end() if end else len(content)
    return Balance(min(-lowest, MAX_LEVELS), min(depth - lowest, MAX_LEVELS))


def _string_end(content: bytes, position: int) -> int:
    depth = 1
    for match in _PARENTHESIS.finditer(content, position):
        depth += {b"(": 1, b")": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return len(content)


def _unpacked(stream: generic.StreamObject, most: int) -> bytes | None:
    """Return a stream's bytes, or None when they cannot be had cheaply and surely."""
    try:
        filters = stream.get("/Filter", generic.NullObject()).get_object()
        if isinstance(filters, generic.ArrayObject) and len(filters) == 1:
            filters = filters[0]
        if filters == "/FlateDecode" and "/DecodeParms" not in stream:
            return zlib.decompressobj().decompress(stream.encoded_data, most)
        return stream.data if len(stream.encoded_data) <= most // 32 else None
    except Exception:  # noqa: BLE001 - a broken or unknown filter: no matter here
        return None
