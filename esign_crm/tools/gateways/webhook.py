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
    :raises GatewayError: not delivered; ``is_permanent`` when a repetition makes no sense. Its parameters hold
        ``status`` and ``answer`` where there were any.
    """
    if not secret:  # anybody could make such a signature
        raise GatewayError("not_configured", is_permanent=True)
    headers = {
        "Content-Type": "application/json",
        "X-Esign-Timestamp": str(timestamp),
        "X-Esign-Delivery": delivery,
        "X-Esign-Signature": signature(secret, timestamp, delivery, body),
    }
    status, answer = post(url, body, headers, timeout=TIMEOUT, allow_private=allow_private)
    words = masked_words(answer.decode("utf-8", "replace"), secret, length=ANSWER_CHARACTERS)
    if 200 <= status < 300:
        return status, words
    told = {"status": status, "answer": words}
    if 300 <= status < 400:
        raise GatewayError("redirected", is_permanent=True, **told)
    raise GatewayError("refused", words=f"HTTP {status}", is_permanent=status == GONE, **told)
