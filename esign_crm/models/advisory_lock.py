"""PostgreSQL's advisory locks: what each space of them is for, and how one is taken."""

import hashlib
from enum import IntEnum


class Space(IntEnum):
    """One number for each use, so that no two wait for each other."""

    CODES_OF_SIGNER = 0x65_51
    CODES_OF_ADDRESS = 0x65_52
    CHECKS_OF_VISITOR = 0x65_53
    SHARP_PAGES = 0x65_54
    PAGES_AHEAD = 0x65_55
    TRAIL_OF_COMPANY = 0x65_56


def wait(cr, space, key):
    """Wait for the lock of ``key`` in ``space``; it is kept until the transaction ends."""
    cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", (int(space), _number(key)))


def try_now(cr, space, key):
    """Take the same lock if nobody has it and tell whether it is ours."""
    cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (int(space), _number(key)))
    return cr.fetchone()[0]


def _number(key):
    digest = hashlib.sha256(str(key).encode()).digest()
    return int.from_bytes(digest[:4], "big", signed=True)
