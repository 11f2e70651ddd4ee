"""What is kept of a signer's entries, and what is shown again."""

import json

from odoo.tests import BaseCase

from ..tools.errors import FieldValueError
from ..tools.signing_draft import MAX_DRAFT, pack, unpack

KNOWN = {"7", "8"}
TYPED = {"method": "typed", "name": "Jan Nowak"}


class TestSigningDraft(BaseCase):
    """Only what the page can show goes in, and nothing else comes out."""

    def test_entries_come_back_as_they_were(self):
        values = {"7": "Łódź", "8": True}
        kept = pack(values, TYPED, KNOWN)
        self.assertEqual(unpack(kept, KNOWN), {"values": values, "signature": TYPED})

    def test_signature_that_is_only_begun_is_no_fault(self):
        for begun in (
            None,
            {"method": "typed", "name": ""},
            {"method": "typed", "name": "x" * 500},
        ):
            self.assertIsNone(unpack(pack({}, begun, KNOWN), KNOWN)["signature"])

    def test_other_forms_are_refused(self):
        for values in ([], "", 0, ["a"], {"9": "x"}, {7: "x"}, {"7": ["x"]}, {"7": float("inf")}):
            with self.subTest(values=values), self.assertRaises(FieldValueError):
                pack(values, None, KNOWN)
        for signature in ([], {"method": "?"}, "x"):
            with self.subTest(signature=signature), self.assertRaises(FieldValueError):
                pack({}, signature, KNOWN)

    def test_of_a_picture_only_that_there_is_one_is_kept(self):
        kept = pack({}, {"method": "image", "image": "x" * MAX_DRAFT}, KNOWN)
        self.assertEqual(unpack(kept, KNOWN)["signature"], {"method": "image"})

    def test_initials_typed_beside_a_picture_are_kept(self):
        kept = pack({}, {"method": "image", "initials": "CÉ"}, KNOWN)
        self.assertEqual(unpack(kept, KNOWN)["signature"], {"method": "image", "initials": "CÉ"})
        with self.assertRaises(FieldValueError):
            pack({}, {"method": "image", "initials": "12"}, KNOWN)

    def test_too_much_and_what_is_no_text_are_refused(self):
        for value in ("x" * MAX_DRAFT, "\ud800"):
            with self.assertRaises(FieldValueError):
                pack({"7": value}, None, KNOWN)

    def test_whatever_was_kept_reading_it_fails_never(self):
        for text in (None, "", "{", "7", "[]", '"x"', '{"values": 7, "signature": {"method": []}}'):
            with self.subTest(text=text):
                self.assertIn(unpack(text, KNOWN), ({}, {"values": {}, "signature": None}))
        self.assertEqual(unpack(json.dumps({"values": {"9": "x"}}), KNOWN)["values"], {})
