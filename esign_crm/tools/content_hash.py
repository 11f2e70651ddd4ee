"""What a one-time code is bound to: the frozen file, all values fixed so far, the consent text."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one JSON text (UTF-8) that a value has here.

    Keys are sorted as the texts they become, so that ``{2: …}`` and ``{"2": …}`` are the same.
    Raises `TypeError` or `ValueError` for what JSON cannot carry (dates, bytes, NaN, key clashes).
    """
    plain = json.loads(json.dumps(value, allow_nan=False), object_pairs_hook=_without_clashes)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def content_hash(
    frozen_sha256: str, fixed_values: Mapping, consent_version: str, consent_lang: str
) -> str:
    """Return SHA-256 (hex) of frozen SHA-256, fixed values and consent, one after the other.

    :param frozen_sha256: hex digest of the frozen document
    :param fixed_values: all values already fixed by sender, system and earlier signers
    """
    frozen = bytes.fromhex(frozen_sha256)
    if len(frozen) != hashlib.sha256().digest_size:
        raise ValueError("the frozen document's SHA-256 has 32 bytes")
    # 32 bytes, one JSON object, one JSON list: each part ends by itself, so none can lend to the next
    consent = canonical([consent_version, consent_lang])
    return hashlib.sha256(frozen + canonical(dict(fixed_values)) + consent).hexdigest()


def _without_clashes(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("two keys have the same text")
    return plain
