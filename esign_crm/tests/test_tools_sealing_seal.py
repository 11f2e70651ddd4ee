"""The seal: what it adds, what it leaves alone, what stops it."""

import asyncio
import hashlib
import shutil
import subprocess
import tempfile
import threading
from io import BytesIO
from pathlib import Path

from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from odoo.tests import BaseCase

from ..tools.errors import SealError, TimestampError
from ..tools.sealing import cms, key
from ..tools.sealing.key import SealingIdentity
from ..tools.sealing.verify import verify_offline
from .pdf_samples import SEALABLE, plain_pdf
from .sealing_samples import NOW, REASON, sealed, timestamper
from .sealing_samples import identity as identity_of

UNTRIMMED = {"garbage_around"}  # intake hands on the trimmed bytes only


class TestSeal(BaseCase):
    """One appended revision with everything in it."""

    def test_sealed_file_starts_with_frozen_bytes(self):
        frozen = plain_pdf(3)
        finished = sealed(frozen)
        self.assertTrue(finished.content.startswith(frozen))
        self.assertEqual(finished.sha256, hashlib.sha256(finished.content).hexdigest())
        self.assertEqual(finished.content[len(frozen) :].count(b"%%EOF"), 1)

    def test_certificate_pages_come_last_in_the_same_revision(self):
        finished = sealed(plain_pdf(2), certificate_pages=plain_pdf(2, "Certificate"))
        reader = PdfFileReader(BytesIO(finished.content))
        self.assertEqual(reader.root["/Pages"]["/Count"], 4)
        self.assertEqual(reader.xrefs.total_revisions, 2)
        self.assertEqual(verify_offline(finished.content).facts["pages"], 4)

    def test_seal_certifies_and_allows_no_change(self):
        (signature,) = PdfFileReader(BytesIO(sealed().content)).embedded_signatures
        self.assertEqual(signature.docmdp_level, MDPPerm.NO_CHANGES)
        self.assertEqual(signature.sig_object["/SubFilter"], "/ETSI.CAdES.detached")
        self.assertEqual(signature.sig_object["/Reason"], REASON)

    def test_field_name_is_new_each_time(self):
        names = {verify_offline(sealed().content).facts["field"] for _ in range(3)}
        self.assertEqual(len(names), 3)

    def test_time_of_sealing_is_the_one_passed_in(self):
        facts = verify_offline(sealed().content).facts
        self.assertEqual(facts["sealed_at"], f"{NOW.isoformat()}+00:00")

    def test_metadata_of_the_document_is_not_touched(self):
        added = sealed().content[len(plain_pdf()) :]
        for trace in (b"/ModDate", b"/Producer", b"/Metadata"):
            self.assertNotIn(trace, added)

    def test_every_kind_of_document_is_sealed(self):
        for name, make in SEALABLE.items():
            if name in UNTRIMMED:
                continue
            with self.subTest(name):
                frozen = make()
                finished = sealed(frozen, certificate_pages=plain_pdf(1, "Certificate"))
                self.assertTrue(finished.content.startswith(frozen))
                self.assertEqual(verify_offline(finished.content).reasons, ())

    def test_seal_is_made_inside_a_running_event_loop(self):
        async def within():
            return sealed()

        self.assertEqual(verify_offline(asyncio.run(within()).content).verdict, "valid")

    def test_seals_are_made_in_threads(self):
        found = []
        threads = [threading.Thread(target=lambda: found.append(sealed())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({verify_offline(each.content).verdict for each in found}, {"valid"})

    def test_foreign_reader_finds_the_seal_valid(self):
        if not shutil.which("pdfsig"):
            self.skipTest("poppler-utils is not installed")
        for more in ({}, {"timestamper": timestamper}):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "sealed.pdf"
                file.write_bytes(sealed(certificate_pages=plain_pdf(), **more).content)
                command = ["pdfsig", "-nocert", str(file)]
                words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            self.assertIn("Signature is Valid", words)
            self.assertIn("- Total document signed", words)

    def test_seal_of_the_longest_names_finds_room(self):
        for name in ("A", "Ж" * 200, "漢" * 200, "🏗" * 200):
            with self.subTest(name=name[0]):
                longest = key.generate(name, name, NOW, 2**158 - 1)
                for _time in range(20):  # the signature's own length varies
                    self.assertLessEqual(len(cms.sign(bytes(32), longest, None)), cms.room(longest))
                report = verify_offline(sealed(identity=longest).content)
                self.assertEqual(report.verdict, "valid")

    def test_damaged_document_is_a_seal_error(self):
        for frozen in (b"%PDF-1.7 nothing", plain_pdf()[:300], b"GIF89a"):
            with self.assertRaises(SealError) as caught:
                sealed(frozen)
            self.assertEqual(caught.exception.code, "unreadable")

    def test_unusable_key_is_a_seal_error(self):
        mixed = SealingIdentity(identity_of("a").certificate_der, identity_of("b").private_key_der)
        with self.assertRaises(SealError) as caught:
            sealed(identity=mixed)
        self.assertEqual(caught.exception.code, "key")


class TestTimestamp(BaseCase):
    """A timestamp that was asked for is there, or there is no seal."""

    def test_timestamped_seal_is_valid_and_says_whose_time_it_is(self):
        found = verify_offline(sealed(timestamper=timestamper).content)
        self.assertEqual((found.verdict, found.facts["level"]), ("valid", "B-T"))
        self.assertEqual(found.facts["timestamp"]["at"], f"{NOW.isoformat()}+00:00")
        self.assertIn("Test time", found.facts["timestamp"]["by"])

    def test_failures_of_the_authority_are_told_apart(self):
        for wire, code in (
            (_raising(ConnectionError()), "unreachable"),
            (_raising(TimeoutError()), "timeout"),
            (lambda _request: b"<html>504</html>", "invalid"),
            (lambda _request: b"", "invalid"),
            (lambda _request: _answer("rejection"), "refused"),
            (lambda _request: _answer("granted"), "invalid"),  # but without a token
            (lambda request: timestamper(_with(request, nonce=5)), "invalid"),
            (lambda request: timestamper(_with(request, imprint=bytes(32))), "invalid"),
        ):
            with self.subTest(code), self.assertRaises(TimestampError) as caught:
                sealed(timestamper=wire)
            self.assertEqual(caught.exception.code, code)

    def test_words_of_a_refusal_are_kept(self):
        with self.assertRaises(TimestampError) as caught:
            sealed(timestamper=lambda _request: _answer("rejection"))
        self.assertIn("out of stamps", str(caught.exception))


def _raising(error):
    def wire(_request):
        raise error

    return wire


def _answer(status):
    info = tsp.PKIStatusInfo({"status": status, "status_string": ["out of stamps"]}).dump()
    return b"\x30" + bytes([len(info)]) + info


def _with(request, *, nonce=None, imprint=None):
    """Return the request with another nonce or imprint, as a muddled authority would read it."""
    changed = tsp.TimeStampReq.load(request)
    if nonce is not None:
        changed["nonce"] = nonce
    if imprint is not None:
        changed["message_imprint"]["hashed_message"] = imprint
    return changed.dump(force=True)
