"""Finds the seal in raw bytes, before any PDF parser has its say."""

import hashlib
import re
from dataclasses import dataclass

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_TRACES = (b"/ByteRange", b"/ETSI.CAdES.detached", b"/DocMDP")
_REVISION = re.compile(rb"startxref|\d\s{1,9}\d{1,5}\s{1,9}obj\b")  # bounded: no endless search


@dataclass(frozen=True)
class Place:
    """Where a seal lies: its value fills `[start, stop)`, what it covers ends at `end`."""

    start: int
    stop: int
    end: int

    def digest(self, pdf: bytes) -> bytes:
        """Return the SHA-256 of all that is covered (ISO 32000-1, 12.8.1)."""
        view = memoryview(pdf)
        digest = hashlib.sha256(view[: self.start])
        digest.update(view[self.stop : self.end])
        return digest.digest()

    def digits(self, pdf: bytes) -> bytes:
        """Return the hexadecimal digits between the angle brackets."""
        return pdf[self.start + 1 : self.stop - 1]


def places(pdf: bytes) -> list[Place]:
    """Return the seals whose byte range fits what lies around it, first to last."""
    return [place for place in _stated(pdf) if _fits(pdf, place)]


def is_cut_short(pdf: bytes) -> bool:
    """Tell whether a seal covers more bytes than there are."""
    return any(place.end > len(pdf) for place in _stated(pdf))


def has_traces(pdf: bytes) -> bool:
    """Tell whether something of a seal is there at all."""
    return any(trace in pdf for trace in _TRACES)


def is_revision(appended: bytes) -> bool:
    """Tell whether bytes behind a seal change the document (true) or are only rubbish."""
    return bool(_REVISION.search(appended))


def _stated(pdf: bytes) -> list[Place]:
    numbers = (map(int, found.groups()) for found in _BYTE_RANGE.finditer(pdf))
    return [Place(start, stop, stop + rest) for start, stop, rest in numbers]


def _fits(pdf: bytes, place: Place) -> bool:
    return (
        place.start + 2 < place.stop < place.end <= len(pdf)
        and pdf[place.start : place.start + 1] == b"<"
        and pdf[place.stop - 1 : place.stop] == b">"
    )
