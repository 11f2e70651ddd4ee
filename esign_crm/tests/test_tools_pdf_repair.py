"""Taking in a PDF: broken but readable ones are mended, loose parts drawn into the pages; the rest is refused as before."""

import hashlib
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools.errors import EsignError, IntakeError
from ..tools.pdf import intake, jail, repair
from . import pdf_samples as samples
from .corpus import corpus
from .pdf_look import in_pdfium

# What is done to files of the corpus; those that are not named stay as they are or are refused.
CORPUS_CHANGES = {
    "acroform.pdf": ("flattened",),
    "annot_over_box.pdf": ("flattened",),
    "broken_startxref.pdf": ("repaired",),
    "cyclic_prev.pdf": ("repaired",),
    "encrypted_empty_user_aes256.pdf": ("unprotected",),
}


def broken(pdf):
    """Return a file whose table of objects is not where it says."""
    head, _word, rest = pdf.rpartition(b"startxref")
    return head + b"startxref\n99999999\n" + rest.split(b"\n", 2)[2]


def filled_form(value):
    """Return a form with one text field without a look, which viewers are asked to draw."""
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V%s/Rect[60 600 300 630]/P %d 0 R/DA(/F1 12 Tf 0 g)>>"
        % (value, samples.FIRST_PAGE)
    )
    page = samples.page(Annots=b"[%d 0 R]" % samples.EXTRA)
    form = b"<</Fields[%d 0 R]/NeedAppearances true/DR<</Font<</F1 %d 0 R>>>>/DA(/F1 12 Tf 0 g)>>" % (
        samples.EXTRA, samples.FONT,
    )  # fmt: skip
    return samples.document([page], catalog={"AcroForm": form}, extra={samples.EXTRA: field})


@tagged("post_install", "-at_install")
class TestRepair(BaseCase):
    """Each file with what becomes of it."""

    def test_sound_file_stays_byte_for_byte(self):
        pdf = samples.plain_pdf()
        facts = repair.take_in(pdf)
        self.assertEqual((facts.content, facts.changes, facts.original_sha256), (pdf, (), ""))

    def test_broken_table_is_rewritten_and_the_original_remembered(self):
        pdf = broken(samples.plain_pdf(3))
        with self.assertRaises(IntakeError):
            intake.inspect_in_jail(pdf)
        facts = repair.take_in(pdf)
        self.assertEqual((facts.changes, len(facts.pages)), (("repaired",), 3))
        self.assertIn("Act of completed works", facts.pages[2].text)
        self.assertEqual(facts.original_sha256, hashlib.sha256(pdf).hexdigest())
        self.assertEqual(repair.take_in(pdf).content, facts.content, "the same for the same")

    def test_note_above_the_page_becomes_part_of_it(self):
        pdf = samples.annotated_pdf()
        self.assertTrue(intake.inspect_in_jail(pdf).pages[0].covers)
        facts = repair.take_in(pdf)
        self.assertEqual((facts.changes, facts.pages[0].covers), (("flattened",), ()))

    def test_form_keeps_what_was_filled_in_or_is_left_alone(self):
        facts = repair.take_in(filled_form(b"(Pump hall)"))
        self.assertEqual((facts.changes, facts.warnings), (("flattened",), ()))
        self.assertIn("Pump hall", facts.pages[0].text)
        kept = repair.take_in(filled_form("Łódź".encode("utf-16").hex().join("<>").encode()))
        self.assertEqual((kept.changes, kept.warnings), ((), ("form",)))

    def test_password_keeps_its_own_refusal(self):
        with self.assertRaises(IntakeError) as caught:
            repair.take_in(samples.encrypted_pdf("secret"))
        self.assertEqual(caught.exception.code, "encrypted")
        self.assertEqual(repair.take_in(samples.encrypted_pdf()).changes, ("unprotected",))

    def test_what_is_refused_after_mending_says_why(self):
        """A signed file with a broken table must not lose its signature without a word."""
        with self.assertRaises(IntakeError) as caught:
            repair.take_in(broken(samples.signed_pdf()))
        self.assertEqual(caught.exception.code, "already_signed")

    def test_without_the_library_files_are_refused_as_before(self):
        with patch.dict(jail.TASKS, {"repair.mend": "tools.pdf.not_installed:run"}):
            with self.assertRaises(IntakeError) as caught:
                repair.take_in(broken(samples.plain_pdf()))
            self.assertEqual(caught.exception.code, "unreadable")
            self.assertEqual(repair.take_in(samples.annotated_pdf()).changes, ())

    def test_rubbish_keeps_the_first_reader_s_words(self):
        for pdf, code in (
            (b"%PDF-1.7\n%%EOF", "unreadable"),
            (b"", "empty"),
            (b"words", "not_pdf"),
        ):
            with self.assertRaises(EsignError) as caught:
                repair.take_in(pdf)
            self.assertEqual(caught.exception.code, code)

    def test_corpus_is_mended_where_the_readme_says_so(self):
        for name, pdf in corpus("pdf").items():
            with self.subTest(name=name):
                try:
                    facts = repair.take_in(pdf)
                except EsignError:
                    self.assertNotIn(name, CORPUS_CHANGES)
                else:
                    self.assertEqual(facts.changes, CORPUS_CHANGES.get(name, ()))
                    self._assert_looks_alike(name, pdf, facts.content)

    def _assert_looks_alike(self, name, before, after):
        if name != "acroform.pdf":  # its field has no look before
            self.assertEqual(
                in_pdfium(before).resize((50, 50)).tobytes(),
                in_pdfium(after).resize((50, 50)).tobytes(),
            )
