"""The secret of a signing link: 256 random bits in a URL, of which only the SHA-256 is stored."""

import base64
import hashlib
import re

TOKEN_BYTES = 32

_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token(random_bytes: bytes) -> str:
    """Return the token (43 characters, base64url) that carries these 32 random bytes."""
    if len(random_bytes) != TOKEN_BYTES:
        raise ValueError("a link token needs exactly 32 random bytes")
    return base64.urlsafe_b64encode(random_bytes).rstrip(b"=").decode("ascii")


def token_hash(token: str) -> str:
    """Return the SHA-256 (hex) under which a token is stored and looked up.

    Looking up by hash needs no constant-time comparison: who does not know the token cannot
    steer its hash.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_well_formed(token: str) -> bool:
    """Tell whether a text may be a token at all; the answer to the visitor must not differ."""
    return bool(_WELL_FORMED.fullmatch(token))
