"""Types of fields: who fills them, answers of a choice, initials of a name."""

from odoo.tests import BaseCase

from ..tools import field_types


class TestFieldTypes(BaseCase):
    """Rules that need no database."""

    def test_who_may_fill_follows_from_the_type(self):
        self.assertEqual(field_types.may_fill("text"), ("signer", "sender"))
        for kind in field_types.PICTURES:
            self.assertEqual(field_types.may_fill(kind), ("signer",))
        for kind in field_types.SYSTEM:
            self.assertEqual(field_types.may_fill(kind), ("system",))

    def test_only_what_can_be_empty_may_be_required(self):
        for kind in ("date_signed", "document_number", "requisites"):
            self.assertFalse(field_types.may_require(kind), kind)
        for kind in ("crm_value", "text", "stamp"):
            self.assertTrue(field_types.may_require(kind), kind)

    def test_answers_are_lines_each_once(self):
        self.assertEqual(
            field_types.options(" Yes \n\nNo\nYes\n By  post "), ["Yes", "No", "By post"]
        )
        self.assertEqual(field_types.options(None), [])

    def test_initials_of_names_in_all_alphabets(self):
        names = {
            "Dora Director": "DD",
            "Jean-Pierre d\u2019Estaing": "JPDE",
            "пётр щербаков": "ПЩ",
            "Żaneta Ćwik": "ŻĆ",
            "O. K. Smith": "OKS",
            "12": "12",
        }
        for name, expected in names.items():
            self.assertEqual(field_types.initials(name), expected)
