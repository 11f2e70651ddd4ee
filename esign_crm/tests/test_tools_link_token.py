"""Link tokens."""

from odoo.tests import BaseCase

from ..tools import link_token


class TestLinkToken(BaseCase):
    """A token carries 32 random bytes and is stored only as a hash."""

    def test_token_has_43_url_safe_characters(self):
        token = link_token.new_token(b"\xff" * 32)
        self.assertEqual(len(token), 43)
        self.assertTrue(link_token.is_well_formed(token))

    def test_too_little_randomness_is_refused(self):
        with self.assertRaises(ValueError):
            link_token.new_token(b"\x00" * 16)

    def test_hash_is_sha256_of_the_text(self):
        self.assertEqual(
            link_token.token_hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        )

    def test_malformed_tokens_are_told_apart(self):
        good = link_token.new_token(b"\x01" * 32)
        for bad in ("", good[:-1], good + "A", good[:-1] + "/", good[:-1] + "\n", good + "\n"):
            self.assertFalse(link_token.is_well_formed(bad), repr(bad))

    def test_any_text_has_a_hash(self):
        self.assertEqual(len(link_token.token_hash("\ud800 и")), 64)
