"""RFC 3161 on our side of the wire: the question to a timestamp authority, the check of its answer.

The wire itself is passed in as a function, see `tools/gateways/`.
"""

import hashlib
from collections.abc import Callable

from asn1crypto import algos, cms, core, tsp

from ..errors import TimestampError

Timestamper = Callable[[bytes], bytes]
"""Sends a DER-encoded TimeStampReq, returns the TimeStampResp."""

RandomBytes = Callable[[int], bytes]

_GRANTED = ("granted", "granted_with_mods")  # RFC 3161, 2.4.2


class _Response(core.Sequence):
    """RFC 3161's TimeStampResp; asn1crypto's own demands a token from a refusal too."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def token(signature: bytes, timestamper: Timestamper, random_bytes: RandomBytes) -> bytes:
    """Return the DER of a timestamp token over `signature`.

    :raise TimestampError: whatever went wrong; no caller goes on without the token
    """
    imprint = hashlib.sha256(signature).digest()
    nonce = int.from_bytes(random_bytes(8), "big")
    try:
        answer = timestamper(_request(imprint, nonce))
    except TimeoutError as error:
        raise TimestampError("timeout") from error
    except OSError as error:  # every error of `requests` is one
        raise TimestampError("unreachable") from error
    try:
        return _checked(_Response.load(answer, strict=True), imprint, nonce)
    except (ValueError, TypeError, KeyError) as error:
        raise TimestampError("invalid") from error


def _request(imprint: bytes, nonce: int) -> bytes:
    return tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "hashed_message": imprint,
            },
            "nonce": nonce,
            "cert_req": True,
        }
    ).dump()


def _checked(response: _Response, imprint: bytes, nonce: int) -> bytes:
    """Return the token if it answers our question; its signature is checked with the whole seal."""
    status = response["status"]
    if status["status"].native not in _GRANTED:
        words = "; ".join(status["status_string"].native or ()) or status["status"].native
        raise TimestampError("refused", words=words[:200])
    found: cms.ContentInfo = response["time_stamp_token"]
    info = found["content"]["encap_content_info"]["content"].parsed
    stamped = info["message_imprint"]
    if (
        stamped["hash_algorithm"]["algorithm"].native != "sha256"
        or stamped["hashed_message"].native != imprint
        or info["nonce"].native != nonce
    ):
        raise TimestampError("invalid")
    return found.dump()
