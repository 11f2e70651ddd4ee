"""Verification: every change is found, and the reason given is the right one."""

import random
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from unittest.mock import patch

from pyhanko.sign.fields import MDPPerm
from pypdf import PdfReader, PdfWriter

from odoo.tests import BaseCase

from ..tools.errors import JailError, VerificationError
from ..tools.pdf import jail
from ..tools.sealing import key, locate, report, seal
from ..tools.sealing.verify import (
    SealRecord,
    verify,
    verify_in_jail,
    verify_offline,
    verify_offline_in_jail,
)
from .pdf_samples import plain_pdf
from .sealing_samples import (
    NOW,
    flipped,
    identity,
    record,
    sealed,
    timestamper,
    with_overlay,
    with_title,
    without_form,
)

DIGITS_OF_HEAD = 8
FROZEN = plain_pdf()


class SealedCase(BaseCase):
    """A sealed file of two pages, its record and where its seal lies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = sealed(FROZEN, certificate_pages=plain_pdf(1, "Certificate"))
        cls.pdf = cls.file.content
        cls.record = record(cls.file, FROZEN)
        (cls.place,) = locate.places(cls.pdf)
        digits = cls.place.digits(cls.pdf)
        length = int(digits[4:DIGITS_OF_HEAD], 16) + DIGITS_OF_HEAD // 2
        cls.padding = cls.place.start + 1 + 2 * length

    def assert_invalid(self, pdf, *reasons):
        """Check the verdict, with and without the registry, and that the reasons have words."""
        alone = verify_offline(pdf)
        self.assertEqual((alone.verdict, alone.reasons), ("invalid", reasons))
        against = verify(pdf, self.record)
        self.assertEqual(against.verdict, "invalid")
        self.assertLessEqual({*reasons, "hash_differs"}, set(against.reasons))
        self.assertTrue(all(report.sentences(against)))
        return against


class TestVerdict(SealedCase):
    """Whole files and what the registry says of them."""

    def test_whole_file_is_valid(self):
        found = verify(self.pdf, self.record)
        self.assertEqual((found.verdict, found.reasons), ("valid", ()))
        self.assertEqual(found.facts["organisation"], "Northwind Traders Ltd")
        self.assertEqual(found.facts["pages"], 2)
        self.assertTrue(found.facts["is_registry_asked"])

    def test_file_is_valid_without_registry_which_is_said(self):
        found = verify_offline(self.pdf)
        self.assertEqual(found.verdict, "valid")
        words = " ".join(report.limits(found))
        self.assertIn("registry was not asked", words)
        self.assertIn("fingerprint", words)

    def test_pinned_key_is_the_one_that_must_have_sealed(self):
        ours = key.fingerprint(identity().certificate_der)
        self.assertEqual(verify_offline(self.pdf, ours).verdict, "valid")
        self.assertEqual(verify_offline(self.pdf, ours.upper()).verdict, "valid")
        found = verify_offline(self.pdf, "0" * 64)
        self.assertEqual((found.verdict, found.reasons), ("invalid", ("wrong_key",)))

    def test_withdrawn_file_is_revoked(self):
        found = verify(self.pdf, replace(self.record, is_withdrawn=True))
        self.assertEqual((found.verdict, found.reasons), ("revoked", ("withdrawn",)))

    def test_withdrawn_and_changed_file_is_invalid(self):
        found = verify(flipped(self.pdf, 500), replace(self.record, is_withdrawn=True))
        self.assertEqual(found.verdict, "invalid")
        self.assertIn("withdrawn", found.reasons)

    def test_file_outside_the_registry_is_unknown(self):
        ours = [self.record.fingerprint]
        for known_keys in ((), ours):
            found = verify(self.pdf, None, known_keys=known_keys)
            self.assertEqual((found.verdict, found.reasons), ("unknown", ("not_in_registry",)))

    def test_changed_file_under_our_key_is_invalid_even_outside_the_registry(self):
        found = verify(flipped(self.pdf, 500), None, known_keys=[self.record.fingerprint])
        self.assertEqual(found.verdict, "invalid")
        self.assertEqual(found.reasons, ("content_changed", "not_in_registry"))

    def test_foreign_seal_outside_the_registry_is_named(self):
        foreign = sealed(FROZEN, identity=identity("foreign")).content
        found = verify(foreign, None, known_keys=[self.record.fingerprint])
        self.assertEqual(
            (found.verdict, found.reasons), ("unknown", ("wrong_key", "not_in_registry"))
        )

    def test_seal_outlives_its_key(self):
        old = sealed(FROZEN, identity=key.generate("N", "", NOW - timedelta(days=1400), 1))
        self.assertEqual(verify_offline(old.content).verdict, "valid")

    def test_seal_made_with_an_expired_key_is_invalid(self):
        late = sealed(FROZEN, now=NOW + timedelta(days=1500))
        self.assertEqual(verify_offline(late.content).reasons, ("key_not_in_force",))

    def test_genuine_file_of_another_record_is_invalid(self):
        found = verify(sealed(plain_pdf(2)).content, self.record)
        self.assertEqual(found.reasons, ("prefix_differs", "hash_differs"))

    def test_verdict_comes_from_the_jail_alike(self):
        found = verify_in_jail(self.pdf, self.record)
        self.assertEqual(found, verify(self.pdf, self.record))
        changed = flipped(self.pdf, 500)
        self.assertEqual(verify_in_jail(changed, self.record), verify(changed, self.record))
        self.assertEqual(verify_offline_in_jail(self.pdf), verify_offline(self.pdf))
        known = {"known_keys": {self.record.fingerprint}}
        self.assertEqual(verify_in_jail(self.pdf, None, **known), verify(self.pdf, None, **known))

    def test_file_that_breaks_the_reader_is_invalid_unless_it_is_the_genuine_one(self):
        with patch.object(jail, "call", side_effect=JailError("timeout")):
            found = verify_in_jail(self.pdf + b"bomb", self.record)
            self.assertEqual((found.verdict, found.reasons), ("invalid", ("unreadable",)))
            with self.assertRaises(VerificationError):
                verify_in_jail(self.pdf, self.record)

    def test_missing_reader_is_no_verdict(self):
        with patch.object(jail, "call", side_effect=JailError("unavailable")):
            for pdf in (self.pdf, b"%PDF-1.7"):
                with self.assertRaises(VerificationError) as caught:
                    verify_in_jail(pdf, None)
                self.assertEqual(caught.exception.code, "busy")

    def test_all_reasons_have_a_sentence(self):
        self.assertEqual(set(report.HEADLINES), {"valid", "invalid", "revoked", "unknown"})
        self.assertTrue(all(words.endswith(".") for words in report.REASONS.values()))


class TestFlippedBits(SealedCase):
    """One changed bit anywhere is found by the file alone and by the registry."""

    def assert_found(self, pdf, region, reasons, count):
        chance = random.Random(str(region))
        for _ in range(count):
            place, bit = chance.randrange(*region), chance.randrange(8)
            found = verify_offline(flipped(pdf, place, bit))
            self.assertEqual(found.verdict, "invalid", (place, bit))
            self.assertIn(found.reasons[0], reasons, (place, bit))

    def test_in_the_signed_document(self):
        self.assert_found(self.pdf, (0, len(FROZEN)), ["content_changed"], 60)

    def test_in_what_was_appended_before_the_seal(self):
        region = (len(FROZEN), self.place.start)
        self.assert_found(self.pdf, region, ["content_changed"], 60)

    def test_in_the_signature_and_its_certificate(self):
        region = (self.place.start + 1, self.padding)
        self.assert_found(self.pdf, region, ["seal_broken"], 300)

    def test_in_the_padding(self):
        region = (self.padding, self.place.stop - 1)
        self.assert_found(self.pdf, region, ["padding_changed"], 60)

    def test_in_the_end_of_the_file(self):
        reasons = ["content_changed", "seal_broken", "not_whole_file"]
        self.assert_found(self.pdf, (self.place.stop - 1, len(self.pdf)), reasons, 60)

    def test_in_the_brackets_and_the_byte_range(self):
        start = self.pdf.index(b"/ByteRange", len(FROZEN))
        reasons = ["content_changed", "seal_broken", "not_whole_file"]
        self.assert_found(self.pdf, (start, start + 40), reasons, 40)
        self.assert_found(self.pdf, (self.place.start, self.place.start + 1), ["seal_broken"], 8)

    def test_in_a_file_of_the_registry(self):
        chance = random.Random(7)
        for _ in range(60):
            place, bit = chance.randrange(len(self.pdf)), chance.randrange(8)
            found = verify(flipped(self.pdf, place, bit), self.record)
            self.assertEqual(found.verdict, "invalid")
            self.assertIn("hash_differs", found.reasons)
            self.assertGreater(len(found.reasons), 1, "says nothing but that the hash differs")

    def test_in_the_timestamp(self):
        file = sealed(FROZEN, timestamper=timestamper)
        (place,) = locate.places(file.content)
        in_registry = record(file, FROZEN)
        chance, found = random.Random(9), []
        for _ in range(40):
            changed = flipped(
                file.content, chance.randrange(place.start + 3000, place.start + 6000)
            )
            self.assertEqual(verify(changed, in_registry).verdict, "invalid")
            found += verify_offline(changed).reasons
        self.assertLessEqual(set(found), {"timestamp_broken", "seal_broken", "padding_changed"})
        self.assertGreater(len(found), 30)  # a few bits of a token are covered by no signature


class TestAttacks(SealedCase):
    """What is done to sealed files on purpose."""

    def test_overlay_appended(self):
        found = self.assert_invalid(with_overlay(self.pdf), "appended")
        self.assertEqual(found.facts["sealed_part_sha256"], self.file.sha256)

    def test_form_removed(self):
        self.assert_invalid(without_form(self.pdf), "appended")

    def test_title_changed(self):
        self.assert_invalid(with_title(self.pdf), "appended")

    def test_trailing_bytes(self):
        for rubbish in (b"\n", b"\0" * 5000, b"<html></html>", b"%%EOF\n", b"1" * 1_000_000):
            self.assert_invalid(self.pdf + rubbish, "trailing_bytes")

    def test_second_signature(self):
        twice = sealed(self.pdf).content  # `seal` refuses nothing here: intake does
        self.assert_invalid(twice, "extra_signature", "appended")

    def test_unsigned_file(self):
        self.assert_invalid(FROZEN, "no_seal")

    def test_cut_to_the_original(self):
        self.assert_invalid(self.pdf[: len(FROZEN)], "no_seal")

    def test_cut_short(self):
        self.assert_invalid(self.pdf[:-20], "not_whole_file")
        self.assert_invalid(self.pdf[: len(FROZEN) - 100], "unreadable")

    def test_sealed_anew_by_a_look_alike(self):
        forged = sealed(FROZEN.replace(b"Act of", b"Fax of"), identity=identity("look-alike"))
        alone = verify_offline(forged.content)
        self.assertEqual(alone.verdict, "valid")  # by itself: nothing is wrong with it
        self.assertEqual(alone.facts["organisation"], "Northwind Traders Ltd")
        pinned = verify_offline(forged.content, self.record.fingerprint)
        self.assertEqual((pinned.verdict, pinned.reasons), ("invalid", ("wrong_key",)))
        found = verify(forged.content, self.record)
        self.assertEqual(found.verdict, "invalid")
        self.assertEqual(found.reasons, ("wrong_key", "prefix_differs", "hash_differs"))

    def test_same_content_sealed_anew_by_a_look_alike(self):
        forged = sealed(FROZEN, identity=identity("look-alike")).content
        self.assertEqual(verify(forged, self.record).reasons, ("wrong_key", "hash_differs"))

    def test_certificate_replaced_by_a_look_alikes(self):
        theirs = identity("look-alike").certificate_der.hex().upper().encode()
        ours = identity().certificate_der.hex().upper().encode()
        self.assertIn(ours, self.pdf)
        if len(ours) == len(theirs):
            self.assert_invalid(self.pdf.replace(ours, theirs), "seal_broken")

    def test_signature_zeroed_or_removed(self):
        place, digits = self.place, self.place.digits(self.pdf)
        zeroed = self.pdf[: place.start + 1] + b"0" * len(digits) + self.pdf[place.stop - 1 :]
        self.assert_invalid(zeroed, "seal_broken")
        removed = self.pdf.replace(b"/Contents <" + digits, b"/Contents <")
        self.assert_invalid(removed, "not_whole_file")

    def test_byte_range_zeroed_or_removed(self):
        start = self.pdf.index(b"/ByteRange", len(FROZEN))
        end = self.pdf.index(b"]", start) + 1
        zeroed = b"/ByteRange [0 0 0 0]".ljust(end - start)
        self.assert_invalid(self.pdf[:start] + zeroed + self.pdf[end:], "seal_broken")
        removed = self.pdf[:start] + b" " * (end - start) + self.pdf[end:]
        self.assert_invalid(removed, "seal_broken")

    def test_bytes_hidden_in_a_wider_gap(self):
        start, stop, end = self.place.start, self.place.stop, self.place.end
        hidden = b"0" * 40
        old = b"[0 %d %d %d]" % (start, stop, end - stop)
        new = b"[0 %d %d %d]" % (start, stop + len(hidden), end - stop)
        wider = self.pdf[: stop - 1] + hidden + self.pdf[stop - 1 :]
        self.assert_invalid(wider.replace(old, new), "content_changed")

    def test_written_anew_by_another_program(self):
        out = BytesIO()
        PdfWriter(clone_from=PdfReader(BytesIO(self.pdf))).write(out)
        self.assertEqual(verify(out.getvalue(), self.record).verdict, "invalid")
        self.assertEqual(verify_offline(out.getvalue()).reasons, ("not_whole_file",))

    def test_what_is_no_pdf(self):
        self.assert_invalid(b"", "empty")
        self.assert_invalid(b"\x89PNG\r\n\x1a\n" + bytes(99), "not_pdf")
        self.assert_invalid(b"%PDF-1.7\nnothing\n%%EOF\n", "unreadable")

    def test_seal_that_allows_changes(self):
        self.assertEqual(verify_offline(_permissive()).reasons, ("not_certified",))

    def test_record_of_nonsense_makes_nothing_valid(self):
        nonsense = SealRecord("", "", 0, "")
        for pdf in (b"", FROZEN, self.pdf):
            self.assertEqual(verify(pdf, nonsense).verdict, "invalid")


def _permissive():
    """Return a file sealed by our key, but with leave to fill in forms (DocMDP P=2)."""
    loose = SimpleNamespace(NO_CHANGES=MDPPerm.FILL_FORMS)
    with patch.object(seal, "MDPPerm", loose):
        return sealed(FROZEN).content
