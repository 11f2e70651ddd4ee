"""Values as browsers send them: made normal, or refused with the reason."""

import base64

from odoo.tests import BaseCase

from ..tools import field_values
from ..tools.errors import FieldValueError, ImageError

MULTILINE = "two\nlines"


class TestFieldValues(BaseCase):
    """One value at a time."""

    def _normal(self, kind, raw, required=False, options=("Yes", "No")):
        return field_values.normalise(kind, raw, required=required, field=7, options=options)

    def _reason(self, kind, raw, **params):
        with self.assertRaises(FieldValueError) as caught:
            self._normal(kind, raw, **params)
        self.assertEqual(caught.exception.params["field"], 7)
        return caught.exception.params.get("reason") or caught.exception.code

    def test_good_values_become_normal(self):
        good = (
            ("text", "  a \u200b b ", "a b"),
            ("text", 12, "12"),
            ("multiline", MULTILINE, MULTILINE),
            ("number", "-1 250,50", "-1 250,50"),
            ("date", "2026-11-24", "2026-11-24"),
            ("checkbox", True, "1"),
            ("checkbox", "1", "1"),
            ("checkbox", False, ""),
            ("choice", "Yes", "Yes"),
            ("choice", "", ""),
            ("text", None, ""),
        )
        for kind, raw, expected in good:
            with self.subTest(kind=kind, raw=raw):
                self.assertEqual(self._normal(kind, raw), expected)

    def test_bad_values_are_refused_with_the_reason(self):
        bad = (
            ("number", "12 apples", "number"),
            ("number", "1e9", "number"),
            ("date", "24.11.2026", "date"),
            ("date", "20261124", "date"),
            ("date", "2026-02-30", "date"),
            ("choice", "Perhaps", "choice"),
            ("checkbox", "yes", "checkbox"),
            ("text", {"a": 1}, "field_invalid"),
            ("text", True, "field_invalid"),
            ("text", "x" * 501, "too_long"),
        )
        for kind, raw, expected in bad:
            with self.subTest(kind=kind, raw=raw):
                self.assertEqual(self._reason(kind, raw), expected)

    def test_required_and_empty_is_refused(self):
        for kind, raw in (("text", "   "), ("checkbox", False), ("choice", ""), ("date", None)):
            self.assertEqual(self._reason(kind, raw, required=True), "field_required")

    def test_image_comes_as_base64_or_data_address(self):
        encoded = base64.b64encode(b"\x89PNG").decode()
        for raw in (encoded, f"data:image/png;base64,{encoded}"):
            self.assertEqual(field_values.image(raw, required=True, field=7), b"\x89PNG")
        self.assertEqual(field_values.image("", required=False, field=7), b"")

    def test_broken_image_is_refused(self):
        for raw, code in (("not base64!", "unreadable"), ("A" * 7_000_001, "too_large")):
            with self.assertRaises(ImageError) as caught:
                field_values.image(raw, required=True, field=7)
            self.assertEqual((caught.exception.code, caught.exception.params["field"]), (code, 7))
        for raw in (None, 12):
            with self.assertRaises(FieldValueError):
                field_values.image(raw, required=True, field=7)
