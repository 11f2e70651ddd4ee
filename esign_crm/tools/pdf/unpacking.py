"""How much a file's compressed parts unpack to, found out without keeping what comes out."""

import re
import zlib
from contextlib import suppress

from ..errors import JailError

MAX_STREAM_BYTES = 128_000_000  # an A4 scan in colour at 600 dots per inch has 104 million
MAX_DENSE_BYTES = 32_000_000  # for what is packed more densely than pages and scans ever are
MAX_DENSITY = 200
MAX_TOTAL_BYTES = 640_000_000
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PACKED_STEP, _UNPACKED_STEP = 1 << 12, 1 << 18


def check(pdf: bytes) -> None:
    """Refuse a file with a part that unpacks to more than can be read safely.

    Looks at the bytes alone, before any parser does: whatever begins like deflated data behind
    the word ``stream`` is unpacked a piece at a time.

    :raise JailError: ``too_large``
    """
    total = 0
    for match in _STREAM.finditer(pdf):
        total += _unpacked_size(memoryview(pdf)[match.end() :])
        if total > MAX_TOTAL_BYTES:
            raise JailError("too_large")


def _unpacked_size(packed: memoryview) -> int:
    unpacker, size, at = zlib.decompressobj(), 0, 0
    rest = b""
    with suppress(zlib.error):  # not deflated, or damaged: the parsers will tell
        while not unpacker.eof and (rest or at < len(packed)):
            if not rest:
                rest, at = packed[at : at + _PACKED_STEP], at + _PACKED_STEP
            size += len(unpacker.decompress(rest, _UNPACKED_STEP))
            rest = unpacker.unconsumed_tail
            if size > MAX_STREAM_BYTES or size > max(MAX_DENSE_BYTES, MAX_DENSITY * at):
                raise JailError("too_large")
    return size
