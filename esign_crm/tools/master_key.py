"""What the master key does: encrypts, decrypts and authenticates, each under a key of its purpose.

AES-256-GCM (NIST SP 800-38D) under subkeys by HKDF-SHA256 (RFC 5869); HMAC-SHA256 (RFC 2104).
"""

import base64
import binascii
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import MasterKeyError

KEY_BYTES = 32
NONCE_BYTES = 12  # SP 800-38D, 8.2: 96 bits is the recommended length
TAG_BYTES = 16

_VERSION = b"\x01"


class MasterKey:
    """A 32-byte secret from which the key of each purpose is derived. Never prints itself."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise MasterKeyError("malformed")
        self._secret = bytes(secret)

    def __repr__(self) -> str:
        return "MasterKey(***)"

    def __reduce__(self) -> str:
        raise TypeError("a master key is not for storing")

    def encrypt(
        self, purpose: str, plaintext: bytes, *, nonce: bytes, context: bytes = b""
    ) -> bytes:
        """Return version byte, nonce and ciphertext.

        :param nonce: 12 random bytes, never used twice
        :param context: what the secret belongs to; must be given again to decrypt
        """
        if len(nonce) != NONCE_BYTES:
            raise ValueError("a nonce has 12 bytes")
        cipher = AESGCM(self._subkey("encrypt", purpose))
        return _VERSION + nonce + cipher.encrypt(nonce, plaintext, _VERSION + context)

    def decrypt(self, purpose: str, blob: bytes, *, context: bytes = b"") -> bytes:
        """Return the plaintext of `encrypt`; raise `MasterKeyError` when anything differs."""
        blob = bytes(blob)
        if blob[:1] != _VERSION:
            raise MasterKeyError("unknown_version" if blob else "wrong_key")
        nonce, ciphertext = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
        if len(ciphertext) < TAG_BYTES:
            raise MasterKeyError("wrong_key")
        try:
            cipher = AESGCM(self._subkey("encrypt", purpose))
            return cipher.decrypt(nonce, ciphertext, _VERSION + context)
        except InvalidTag as error:
            raise MasterKeyError("wrong_key") from error

    def mac(self, purpose: str, data: bytes) -> str:
        """Return the HMAC-SHA256 (hex) of the data; compare with `hmac.compare_digest`."""
        return hmac.new(self._subkey("mac", purpose), data, hashlib.sha256).hexdigest()

    def fingerprint(self) -> str:
        """Return a value that tells two master keys apart and reveals nothing of either."""
        return self.mac("fingerprint", b"esign_crm")[:32]

    def _subkey(self, use: str, purpose: str) -> bytes:
        info = f"esign_crm/{use}/{purpose}".encode()
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(self._secret)


def parse(text: str) -> MasterKey:
    """Return the master key written as 64 hexadecimal digits or as base64 (also URL-safe)."""
    return MasterKey(_decode("".join(text.split())))


def _decode(text: str) -> bytes:
    try:
        if len(text) == 2 * KEY_BYTES:
            return bytes.fromhex(text)
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return base64.b64decode(padded, altchars=_altchars(text), validate=True)
    except (ValueError, binascii.Error):
        # no cause: its message could repeat the text
        raise MasterKeyError("malformed") from None


def _altchars(text: str) -> bytes:
    return b"-_" if {"-", "_"} & set(text) else b"+/"
