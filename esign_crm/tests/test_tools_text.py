"""Cleaning and comparing of typed texts."""

from odoo.tests import BaseCase

from ..tools import text
from ..tools.errors import TextError


class TestText(BaseCase):
    """What is stored is what is seen; what is compared is what is meant."""

    def test_controls_and_direction_marks_are_stripped(self):
        dirty = " Anna\u202e\u200b  Kowal\x00ska\ufeff\r\n"
        self.assertEqual(text.clean_name(dirty, 40), "Anna Kowalska")

    def test_composed_and_decomposed_letters_become_one(self):
        self.assertEqual(text.clean_name("Zoe\u0301", 10), "Zo\u00e9")

    def test_too_long_name_is_refused_not_cut(self):
        self.assertEqual(text.clean_name("x" * 5, 5), "xxxxx")
        with self.assertRaises(TextError) as caught:
            text.clean_name("x" * 6, 5)
        self.assertEqual(caught.exception.params, {"max_length": 5})

    def test_lines_keep_their_breaks(self):
        self.assertEqual(text.clean_lines("one \r\n\u200e\n\n\n two\x07 ", 20), "one\n\ntwo")

    def test_spellings_of_one_name_are_the_same(self):
        for one, other in (
            ("Łukasz Żółć", "lukasz zolc"),
            ("KOWALSKA, Anna", "Anna Kowalska"),
            ("Jean-Luc Noël", "jean luc noel"),
            ("Пётр Ильич", "ильич петр"),
            ("Straße", "STRASSE"),
        ):
            self.assertTrue(text.is_same_name(one, other), (one, other))

    def test_other_names_and_empty_ones_differ(self):
        self.assertFalse(text.is_same_name("Anna Kowalska", "Anna Nowak"))
        self.assertFalse(text.is_same_name("", " "))

    def test_lookalike_letters_are_flagged(self):
        self.assertTrue(text.has_mixed_scripts("\u0410nna Kowalska"))
        self.assertFalse(text.has_mixed_scripts("Anna Ковальская"))
        self.assertFalse(text.has_mixed_scripts("Zo\u00e9 O'Neil-3"))
