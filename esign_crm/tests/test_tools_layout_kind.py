"""Which titles mean documents of one kind."""

from odoo.tests import BaseCase

from ..tools.layout_kind import is_of_kind, kind_of, layout_kind


class TestLayoutKind(BaseCase):
    """Numbers, dates and months tell documents of one kind apart, and nothing else does."""

    def test_number_and_month_do_not_matter(self):
        for title in ("Act of completed works, May", "Act of completed works no. 12/2026, June"):
            self.assertEqual(kind_of(title), "act of completed works")

    def test_languages_keep_their_letters(self):
        self.assertEqual(kind_of("Акт выполненных работ № 12 (май 2026)"), "акт выполненных работ")
        self.assertEqual(kind_of("Übergabeprotokoll_2026-05"), kind_of("Übergabeprotokoll März"))

    def test_months_are_known_as_dates_have_them(self):
        self.assertEqual(kind_of("Протокол от 5 мая 2026"), kind_of("Протокол от 12 декабря 2026"))
        self.assertEqual(
            kind_of("Protokół z dnia 5 maja 2026"), kind_of("Protokół z dnia 7 października 2026")
        )

    def test_other_words_are_another_kind(self):
        self.assertNotEqual(kind_of("Contract 12"), kind_of("Act 12"))

    def test_kind_is_known_by_its_words_in_a_row(self):
        self.assertTrue(is_of_kind("Bank guarantee no. 7, May 2026.pdf", "bank Guarantee"))
        self.assertTrue(is_of_kind("Signed_bank_guarantee", "Bank guarantee"))
        self.assertFalse(is_of_kind("Guarantee of the bank", "Bank guarantee"))
        self.assertFalse(is_of_kind("Bank guarantees", "Bank guarantee"))
        self.assertFalse(is_of_kind("Act 7", "2026"))

    def test_title_of_numbers_is_of_no_kind(self):
        self.assertEqual(kind_of("2026-05"), "")

    def test_where_a_document_comes_from_goes_before_its_title(self):
        self.assertEqual(layout_kind("Act 12"), "title:act")
        self.assertEqual(layout_kind("S00012"), "")
        self.assertEqual(layout_kind("S00012", source="quotation"), "quotation:")
        self.assertEqual(layout_kind("Act 12", source="act"), "act:")
        self.assertEqual(layout_kind("Act 12", source="act", template_id=7), "template:7")
