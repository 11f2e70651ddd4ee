"""The master key's cryptography."""

import base64
import pickle

from odoo.tests import BaseCase

from ..tools.errors import MasterKeyError
from ..tools.master_key import MasterKey, parse

SECRET = bytes(range(32))
NONCE = b"n" * 12


class TestMasterKey(BaseCase):
    """Encrypts for one purpose and context, and says nothing of itself."""

    def setUp(self):
        super().setUp()
        self.key = MasterKey(SECRET)

    def assertRefused(self, code, function, *args, **kwargs):  # noqa: N802
        with self.assertRaises(MasterKeyError) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.code, code)

    def test_secret_comes_back(self):
        blob = self.key.encrypt("message", b"hello", nonce=NONCE, context=b"7")
        self.assertEqual(blob[:13], b"\x01" + NONCE)
        self.assertNotIn(b"hello", blob)
        self.assertEqual(self.key.decrypt("message", blob, context=b"7"), b"hello")

    def test_other_purpose_context_key_or_byte_is_refused(self):
        blob = self.key.encrypt("message", b"hello", nonce=NONCE, context=b"7")
        flipped = blob[:-1] + bytes([blob[-1] ^ 1])
        other = MasterKey(bytes(32))
        self.assertRefused("wrong_key", self.key.decrypt, "sealing", blob, context=b"7")
        self.assertRefused("wrong_key", self.key.decrypt, "message", blob, context=b"8")
        self.assertRefused("wrong_key", self.key.decrypt, "message", flipped, context=b"7")
        self.assertRefused("wrong_key", self.key.decrypt, "message", blob[:20], context=b"7")
        self.assertRefused("wrong_key", self.key.decrypt, "message", b"", context=b"7")
        self.assertRefused("wrong_key", other.decrypt, "message", blob, context=b"7")
        self.assertRefused("unknown_version", self.key.decrypt, "message", b"\x02" + blob[1:])

    def test_mac_depends_on_purpose_and_data(self):
        macs = {self.key.mac("code", b"1"), self.key.mac("code", b"2"), self.key.mac("x", b"1")}
        self.assertEqual(len(macs), 3)
        self.assertEqual(self.key.mac("code", b"1"), MasterKey(SECRET).mac("code", b"1"))

    def test_every_spelling_is_read(self):
        plain = base64.b64encode(b"\xfb" * 32).decode()
        for text in (
            (b"\xfb" * 32).hex(),
            (b"\xfb" * 32).hex().upper() + "\n",
            plain,
            plain.rstrip("="),
            base64.urlsafe_b64encode(b"\xfb" * 32).decode(),
        ):
            self.assertEqual(parse(text).fingerprint(), MasterKey(b"\xfb" * 32).fingerprint())

    def test_malformed_keys_are_refused_without_being_quoted(self):
        for text in ("", "secret", "zz" * 32, SECRET.hex()[:-2], "A" * 42, "é" * 43):
            with self.assertRaises(MasterKeyError) as caught:
                parse(text)
            self.assertNotIn(text or "-", str(caught.exception))
            self.assertIsNone(caught.exception.__cause__)

    def test_key_never_prints_or_pickles_itself(self):
        self.assertEqual(repr(self.key), "MasterKey(***)")
        with self.assertRaises(TypeError):
            pickle.dumps(self.key)

    def test_fingerprint_tells_keys_apart(self):
        self.assertNotEqual(self.key.fingerprint(), MasterKey(bytes(32)).fingerprint())
