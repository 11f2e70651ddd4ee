"""Intake: each PDF is taken with the right facts or refused with one of our errors."""

import logging
import os
import random
import time
from collections import Counter
from dataclasses import replace

from odoo.tests import BaseCase, tagged

from ..tools.errors import IntakeError, JailError
from ..tools.pdf import intake, jail
from ..tools.pdf.geometry import Box
from ..tools.pdf.inspection import inspect_content
from . import pdf_samples as samples
from .corpus import corpus

_logger = logging.getLogger(__name__)

# What the corpus must answer; files that are not named here are taken.
CORPUS_REFUSALS = {
    "broken_startxref.pdf": "unreadable",
    "cyclic_prev.pdf": "unreadable",
    "empty.pdf": "empty",
    "encrypted_empty_user_aes256.pdf": "encrypted",
    "encrypted_password_aes256.pdf": "encrypted",
    "header_only.pdf": "unreadable",
    "huge_page_200000.pdf": "page_size",
    "png_named_pdf.pdf": "not_pdf",
    "signed_approval.pdf": "already_signed",
    "signed_certified_nochanges.pdf": "already_signed",
    "text_named_pdf.pdf": "not_pdf",
    "tiny_page_10pt.pdf": "page_size",
    "truncated_half.pdf": "truncated",
    "xfa_dynamic.pdf": "xfa",
    "zero_pages.pdf": "no_pages",
}


def answer(pdf):
    """Return what intake says of a PDF: "ok" or the refusal's code."""
    try:
        intake.inspect(pdf)
    except (IntakeError, JailError) as error:
        return error.code
    return "ok"


def mutant(source, chance):
    """Return the bytes with some of them changed, lost, added or doubled."""
    changed = bytearray(source)
    for _change in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) - 40)
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randrange(1, 9)]
        elif kind == 2:
            changed[at:at] = chance.randbytes(chance.randrange(1, 30))
        else:
            start = chance.randrange(len(changed) - 40)
            changed[at : at + 40] = changed[start : start + 40]
    return bytes(changed)


@tagged("post_install", "-at_install")
class TestIntake(BaseCase):
    """Each kind of file: its facts or its refusal."""

    def _assert_refused(self, code, pdf):
        with self.assertRaises(IntakeError) as caught:
            intake.inspect(pdf)
        self.assertEqual(caught.exception.code, code)
        return caught.exception

    def test_awkward_but_sound_files_are_taken(self):
        for name, sample in samples.SEALABLE.items():
            with self.subTest(name):
                self.assertEqual(answer(sample()), "ok")

    def test_each_fault_has_its_own_refusal(self):
        for name, (code, sample) in samples.REFUSED.items():
            with self.subTest(name):
                error = self._assert_refused(code, sample())
                self.assertNotIn("...", str(error), "the sentence lacks a value")

    def test_corpus_is_taken_or_refused_as_it_should(self):
        table = {name: answer(pdf) for name, pdf in corpus("pdf").items()}
        for name, code in table.items():
            _logger.info("%-40s %s", name, code)
            with self.subTest(name):
                self.assertEqual(code, CORPUS_REFUSALS.get(name, "ok"))

    def test_jail_finds_the_same_as_reading_here(self):
        for name in ("nested_tree", "cropbox_rotated", "garbage_around"):
            pdf = samples.SEALABLE[name]()
            self.assertEqual(intake.inspect_in_jail(pdf), intake.inspect(pdf), name)
        with self.assertRaises(IntakeError):
            intake.inspect_in_jail(samples.signed_pdf())

    def test_page_that_takes_for_ever_to_draw_is_refused_at_once_not_when_people_are_to_read_it(
        self,
    ):
        pdf = samples.document([samples.page(content=b"0 0 600 850 re f\n" * 20_000)])
        self.assertEqual(answer(pdf), "ok", "it is read quickly")
        limits = replace(intake.LIMITS, cpu_seconds=4)
        jail.call("intake.inspect", files={"pdf": samples.plain_pdf()}, limits=limits)
        with self.assertRaises(JailError) as caught:
            jail.call("intake.inspect", files={"pdf": pdf}, limits=limits)
        self.assertEqual(caught.exception.code, "timeout")

    def test_size_and_turn_are_those_of_the_displayed_page(self):
        page = intake.inspect(samples.SEALABLE["cropbox_rotated"]()).pages[0]
        self.assertEqual((page.width, page.height, page.rotate), (642, 495, 270))
        self.assertEqual(page.crop, (50, 100, 545, 742))

    def test_size_and_turn_are_inherited(self):
        pages = intake.inspect(samples.nested_pdf(9)).pages
        self.assertEqual({(page.width, page.height) for page in pages}, {(595, 420)})

    def test_words_of_each_page_are_found(self):
        pages = intake.inspect(samples.plain_pdf(3, "Contract (draft)")).pages
        self.assertEqual(
            [page.text for page in pages], [f"Contract (draft) - {n}" for n in (1, 2, 3)]
        )

    def test_words_are_cut_to_what_is_kept(self):
        long = b"".join(samples.show_text("word " * 20, size=2, y=n % 800) for n in range(600))
        text = intake.inspect(samples.document([samples.page(content=long)])).pages[0].text
        self.assertLessEqual(len(text.encode()), 20_000)
        self.assertGreater(len(text), 10_000)

    def test_rubbish_around_the_document_is_cut_off(self):
        pdf = samples.plain_pdf()
        self.assertEqual(intake.inspect(b"rubbish\n" + pdf + b"\0\1\2rubbish").content, pdf)

    def test_sound_file_is_not_changed_by_a_byte(self):
        for end in (b"", b"\r\n", b"\n\n"):
            pdf = samples.plain_pdf() + end
            self.assertEqual(intake.inspect(pdf).content, pdf)

    def test_file_over_the_limit_is_refused_unread(self):
        self._assert_refused("too_large", b"%PDF-1.7\n" + bytes(intake.MAX_BYTES))

    def test_annotation_that_would_hide_a_mark_is_reported(self):
        page = intake.inspect(samples.annotated_pdf()).pages[0]
        self.assertEqual(len(page.covers), 1)
        self.assertTrue(page.is_covered(Box(1, 0.1, 0.8, 0.2, 0.1)))
        self.assertFalse(page.is_covered(Box(1, 0.1, 0.1, 0.2, 0.1)))

    def test_annotation_that_hides_nothing_is_not_reported(self):
        harmless = (
            samples.annotated_pdf(b"/Link"),
            samples.annotated_pdf(b"/Highlight"),
            samples.annotated_pdf(F=b"2"),
            samples.annotated_pdf(b"/Widget", AP=None),
            samples.annotated_pdf(Rect=b"[900 900 950 950]"),
        )
        for pdf in harmless:
            self.assertEqual(intake.inspect(pdf).pages[0].covers, ())

    def test_contents_beside_the_pages_are_named(self):
        page = samples.page()
        cases = {
            "javascript": samples.javascript_pdf(),
            "attachments": samples.annotated_pdf(b"/FileAttachment"),
            "layers": samples.document([page], catalog={"OCProperties": b"<</OCGs[]/D<<>>>>"}),
            "annotations": samples.annotated_pdf(),
        }
        for code, pdf in cases.items():
            self.assertIn(code, intake.inspect(pdf).warnings)
        self.assertEqual(intake.inspect(samples.plain_pdf()).warnings, ())

    def test_bomb_is_refused_before_it_grows(self):
        pdf = samples.bomb_pdf()
        start = time.process_time()
        with self.assertRaises(JailError) as caught:
            inspect_content(pdf)
        self.assertEqual(caught.exception.code, "too_large")
        self.assertLess(time.process_time() - start, 0.4)

    def test_image_that_nobody_could_draw_is_refused_by_its_size(self):
        with self.assertRaises(JailError) as caught:
            intake.inspect(samples.image_pdf(60_000, 60_000, packed=b"x\x9c"))
        self.assertEqual(caught.exception.code, "too_large")

    def test_blank_scan_is_no_bomb(self):
        self.assertEqual(answer(samples.image_pdf(2480, 3508)), "ok")

    def test_long_document_packed_in_one_stream_is_read_in_time(self):
        start = time.process_time()
        self.assertEqual(len(intake.inspect(samples.object_stream_pdf(1500)).pages), 1500)
        self.assertLess(time.process_time() - start, 10)

    def test_too_many_pages_are_refused(self):
        error = self._assert_refused("too_many_pages", samples.plain_pdf(2001))
        self.assertEqual(error.params["limit"], 2000)

    def test_mutants_are_taken_or_refused_and_nothing_escapes(self):
        """Set ESIGN_FUZZ to try more than a few."""
        chance = random.Random(2)
        sources = [sample() for sample in samples.SEALABLE.values()]
        sources += [pdf for pdf in corpus("pdf").values() if len(pdf) > 200]
        found = Counter()
        for _try in range(int(os.environ.get("ESIGN_FUZZ") or 12)):
            try:
                intake.inspect_in_jail(mutant(chance.choice(sources), chance))
                found["ok"] += 1
            except (IntakeError, JailError) as error:
                found[error.code] += 1
        _logger.info("mutants: %s", dict(found))
