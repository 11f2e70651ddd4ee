"""When a document needs somebody's approval before it is sent, and what exactly was approved."""

import hashlib
from collections.abc import Mapping

from .content_hash import canonical


def is_needed(amount: float | None, limit: float) -> bool:
    """Tell whether a document over ``amount`` needs approval.

    :param amount: in the currency of ``limit``; ``None`` where nothing is known: whoever leaves the amount of a deal
        empty must not get round the approval
    :param limit: needed above it; 0 means every document
    """
    return limit <= 0 or amount is None or amount > limit


def digest(facts: Mapping) -> str:
    """Return SHA-256 (hex) of all that makes what would leave, as canonical JSON.

    The order of people and boxes in the lists of ``facts`` does not count: what is equal has an equal digest, however
    the database happened to return it.

    :param facts: JSON values by name; lists of objects are sorted
    """
    sorted_facts = {
        name: sorted(value, key=canonical) if isinstance(value, list) else value
        for name, value in facts.items()
    }
    return hashlib.sha256(canonical(sorted_facts)).hexdigest()
