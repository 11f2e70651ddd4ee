"""The little of DER (ITU-T X.690) that a seal is built from."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OBJECT, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31


@dataclass(frozen=True)
class Element:
    """One value as it stands: its tag, all its bytes, and those behind its length."""

    tag: int
    whole: bytes
    content: bytes


def build(tag: int, *parts: bytes) -> bytes:
    """Return a value with these contents (8.1.3: the length in as few bytes as possible)."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + content


def integer(number: int) -> bytes:
    """Return a whole number that is not negative (8.3)."""
    return build(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def set_of(*elements: bytes) -> bytes:
    """Return a set, in the one order that DER allows (11.6)."""
    return build(SET, *sorted(elements))


def retagged(whole: bytes, tag: int) -> bytes:
    """Return a value under an implicit tag."""
    return bytes((tag,)) + whole[1:]


def read(data: bytes) -> list[Element]:
    """Return the values that stand one after the other in `data`.

    :raise ValueError: they do not fill it exactly
    """
    return list(_elements(data))


def inside(element: Element, count: int | None = None) -> list[Element]:
    """Return the values inside a value.

    :param count: how many there must be
    :raise ValueError: they do not fill it exactly, or are another number
    """
    found = read(element.content)
    if count is not None and len(found) != count:
        raise ValueError("another number of elements")
    return found


def _elements(data: bytes) -> Iterator[Element]:
    place = 0
    while place < len(data):
        start, end = _extent(data, place)
        if end > len(data):
            raise ValueError("longer than what holds it")
        yield Element(data[place], data[place:end], data[start:end])
        place = end


def _extent(data: bytes, place: int) -> tuple[int, int]:
    """Return where the content of the value at `place` starts and ends."""
    head = data[place : place + 2]
    if len(head) < 2:
        raise ValueError("no length")
    if head[1] < 0x80:
        return place + 2, place + 2 + head[1]
    start = place + 2 + (head[1] & 0x7F)
    return start, start + int.from_bytes(data[place + 2 : start], "big")
