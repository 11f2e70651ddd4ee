"""Calls of webhooks: a JSON document, signed so that its receiver can tell who sent it and when."""

import hashlib
import hmac

from ..errors import GatewayError
from .base import masked_words
from .pinned_post import post

TIMEOUT = 10.0
GONE = 410  # RFC 9110, 15.5.11: the receiver asks not to be called again
ANSWER_CHARACTERS = 500


def signature(secret: str, timestamp: int, delivery: str, body: bytes) -> str:
    """Return the value of ``X-Esign-Signature``: ``v1=`` and the hexadecimal HMAC-SHA256 (RFC 2104).

    What is signed is ``<timestamp>.<delivery>.<body>``; a receiver refuses old timestamps and known deliveries.
    """
    signed = f"{timestamp}.{delivery}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def call(
    url: str,
    secret: str,
    delivery: str,
    body: bytes,
    *,
    timestamp: int,
    allow_private: bool = False,
) -> tuple[int, str]:
    """Post ``body`` and return (HTTP status, the beginning of the answer as a plain line).

    :param delivery: id of this call, the same at each repetition
    :param timestamp: seconds since 1970, of this try
    :raises GatewayError: not delivered; ``is_permanent`` when a repetition makes no sense
    """
    headers = {
        "Content-Type": "application/json",
        "X-Esign-Timestamp": str(timestamp),
        "X-Esign-Delivery": delivery,
        "X-Esign-Signature": signature(secret, timestamp, delivery, body),
    }
    status, answer = post(url, body, headers, timeout=TIMEOUT, allow_private=allow_private)
    if 300 <= status < 400:
        raise GatewayError("redirected", is_permanent=True, status=status)
    words = _words(answer, secret)
    if not 200 <= status < 300:
        raise GatewayError(
            "refused",
            words=masked_words(f"HTTP {status} {words}", secret),
            is_permanent=status == GONE,
            status=status,
        )
    return status, words


def _words(answer: bytes, secret: str) -> str:
    text = answer.decode("utf-8", "replace").replace(secret, "***")
    return " ".join(text.split())[:ANSWER_CHARACTERS]
