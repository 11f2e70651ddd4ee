"""What a code is bound to."""

from datetime import date

from odoo.tests import BaseCase

from ..tools.content_hash import canonical, content_hash

FROZEN = "ab" * 32


class TestContentHash(BaseCase):
    """One value has one text; any change changes the hash."""

    def test_canonical_is_sorted_compact_utf8(self):
        self.assertEqual(canonical({"b": [1, None], "a": "ż"}), '{"a":"ż","b":[1,null]}'.encode())

    def test_number_keys_and_text_keys_are_the_same(self):
        self.assertEqual(canonical({10: 1, 2: 1}), canonical({"2": 1, "10": 1}))

    def test_clashing_keys_and_odd_values_are_refused(self):
        with self.assertRaises(ValueError):
            canonical({1: "a", "1": "b"})
        with self.assertRaises(ValueError):
            canonical(float("nan"))
        with self.assertRaises(TypeError):
            canonical(date(2026, 1, 1))

    def test_same_content_has_the_same_hash(self):
        one = content_hash(FROZEN, {3: "x", 1: True}, "2026-1", "pl_PL")
        self.assertEqual(one, content_hash(FROZEN, {1: True, 3: "x"}, "2026-1", "pl_PL"))
        self.assertEqual(len(one), 64)

    def test_any_difference_changes_the_hash(self):
        hashes = {
            content_hash(FROZEN, {1: "x"}, "1", "pl_PL"),
            content_hash("cd" * 32, {1: "x"}, "1", "pl_PL"),
            content_hash(FROZEN, {1: "y"}, "1", "pl_PL"),
            content_hash(FROZEN, {1: "x", 2: ""}, "1", "pl_PL"),
            content_hash(FROZEN, {1: "x"}, "2", "pl_PL"),
            content_hash(FROZEN, {1: "x"}, "1", "fr_FR"),
            content_hash(FROZEN, {1: "x"}, "1p", "l_PL"),
        }
        self.assertEqual(len(hashes), 7)

    def test_bad_frozen_hash_is_refused(self):
        with self.assertRaises(ValueError):
            content_hash("ab", {}, "1", "pl_PL")
