"""The hash chain of the audit trail: how an entry is hashed and how a trail is checked."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import NamedTuple

from .errors import ChainError

GENESIS = "0" * 64

_KIND = re.compile(r"[a-z][a-z_]*")
_SALT = re.compile(r"[0-9a-f]{32}")


class ChainRow(NamedTuple):
    """One stored entry; `details` and `salt` are both `None` once erased."""

    sequence: int
    kind: str
    moment: datetime
    details: str | None
    salt: str | None
    details_digest: str
    previous: str
    hash: str


def moment_text(moment: datetime) -> str:
    """Write a moment (UTC, aware or naive) as it enters the hash: ``2026-01-31T09:05:00Z``."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def details_digest(salt: str, details_json: str) -> str:
    """Return SHA-256 (hex) of salt and canonical details.

    The salt (32 hex digits of randomness) keeps erased details from being guessed.
    """
    if not _SALT.fullmatch(salt):
        raise ValueError("a salt has 32 hexadecimal digits")
    return hashlib.sha256((salt + details_json).encode("utf-8")).hexdigest()


def row_hash(previous: str, sequence: int, kind: str, moment: datetime, details_digest: str) -> str:
    """Return SHA-256 (hex) of the entry's parts, written one after the other as text.

    Unambiguous without separators: both digests and the moment have fixed lengths, the sequence is
    digits, the kind begins with a letter.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError("an event kind is a word of lower-case letters")
    text = f"{previous}{sequence:d}{kind}{moment_text(moment)}{details_digest}"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(rows: Iterable[ChainRow], head: str | None = None) -> str:
    """Check a whole trail, oldest entry first, and return its head.

    :param head: what the record says the trail ends with
    :raise ChainError: at the first entry that is missing, moved or altered
    """
    previous, sequence = GENESIS, 0
    for sequence, row in enumerate(rows, start=1):
        _check_row(row, sequence, previous)
        previous = row.hash
    if head is not None and head != previous:
        raise ChainError("head_differs", sequence=sequence)
    return previous


def _check_row(row: ChainRow, sequence: int, previous: str) -> None:
    """Raise `ChainError` unless the entry is the next one and says what was hashed."""
    if row.sequence != sequence:
        raise ChainError("gap", sequence=sequence)
    if row.previous != previous:
        raise ChainError("previous_differs", sequence=sequence)
    if not _details_fit(row):
        raise ChainError("details_differ", sequence=sequence)
    try:
        expected = row_hash(previous, sequence, row.kind, row.moment, row.details_digest)
    except ValueError as error:
        raise ChainError("hash_differs", sequence=sequence) from error
    if row.hash != expected:
        raise ChainError("hash_differs", sequence=sequence)


def _details_fit(row: ChainRow) -> bool:
    if (row.details is None) != (row.salt is None):
        raise ChainError("half_erased", sequence=row.sequence)
    if row.details is None or row.salt is None:
        return True
    try:
        return details_digest(row.salt, row.details) == row.details_digest
    except ValueError:
        return False
