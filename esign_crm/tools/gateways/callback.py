"""Delivery reports of the generic gateway: their signature and what they say."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from .base import masked_words

HEADER = "X-Esign-Signature"
LARGEST = 16 * 1024
STATES = ("delivered", "failed")


@dataclass(frozen=True)
class Report:
    """What a provider reports about a message it took."""

    reference: str
    state: str
    words: str


def signature(secret: str, body: bytes) -> str:
    """Return the header's value for a raw body under the shared secret."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def read(secret: str, body: bytes, header: str) -> Report | None:
    """Return the report, or nothing when it is forged or makes no sense; compares in constant time."""
    genuine = hmac.compare_digest(signature(secret, body).encode(), header.encode())
    if not genuine or not secret or len(body) > LARGEST:
        return None
    try:
        document = json.loads(body)
    except ValueError:
        return None
    if not isinstance(document, dict) or document.get("state") not in STATES:
        return None
    words = masked_words(str(document.get("error") or ""))
    return Report(str(document.get("id") or ""), document["state"], words)
