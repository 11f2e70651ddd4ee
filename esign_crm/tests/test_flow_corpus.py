"""Every awkward file through `create_from_deal`: sealed with the mark where it was put, or refused in one sentence."""

import base64
import logging

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.sealing.verify import verify
from . import pdf_samples
from .common import EsignCommon
from .corpus import corpus
from .pdf_look import in_pdfium, in_poppler, magenta_area, magenta_png

_logger = logging.getLogger(__name__)

BOX = {"x": 0.3, "y": 0.4, "width": 0.4, "height": 0.1}
TOLERANCE = 0.012  # of the page
# Broken but readable: mended at upload, and the sender is told in the chatter.
MENDED = {
    "acroform.pdf", "annot_over_box.pdf", "broken_startxref.pdf", "cyclic_prev.pdf",
    "encrypted_empty_user_aes256.pdf",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestFlowCorpus(EsignCommon):
    """The corpus where it lies beside the checkout, else the cases that the tests make themselves."""

    def setUp(self):
        """Let short transactions of their own see the test's."""
        super().setUp()
        if not self._registry_patched:
            self.enterContext(self.enter_registry_test_mode())

    def test_each_file_is_sealed_with_the_mark_in_place_or_refused_in_one_sentence(self):
        files = corpus("pdf") or {
            "plain.pdf": pdf_samples.plain_pdf(),
            "text.pdf": b"no pdf at all",
        }
        rows = []
        for name, content in files.items():
            with self.subTest(name=name):
                rows.append((name, self._fate(name, content)))
        _logger.info("corpus:\n%s", "\n".join(f"{name:36} {outcome}" for name, outcome in rows))
        outcomes = [outcome for _name, outcome in rows]
        sealed = {name for name, outcome in rows if outcome == "sealed"}
        self.assertLessEqual(MENDED & set(files), sealed)
        self.assertTrue(any(outcome == "sealed" for outcome in outcomes))
        self.assertTrue(any(outcome.startswith("refused") for outcome in outcomes))

    def _fate(self, name, content):
        """Return ``sealed`` or ``refused: <sentence>``; anything else fails the test."""
        boxes = [
            {"role": role, "type": "signature", "page": 1, **BOX}
            for role in ("Our director", "Client")
        ]
        boxes[0]["y"] = 0.6
        try:
            with self.env.cr.savepoint():
                document = {"name": name, "content": base64.b64encode(content).decode()}
                request_id = self.env["esign.request"].create_from_deal(
                    self.lead.id, document=document, signers=self.signers(), fields=boxes, send=True
                )
        except UserError as error:
            sentence = str(error)
            self.assertTrue(sentence.endswith((".", "?")) and "\n" not in sentence, sentence)
            self.assertNotIn("Traceback", sentence)
            return f"refused: {sentence}"
        request = self.env["esign.request"].browse(request_id)
        notes = " ".join(request.message_ids.mapped("body"))
        self.assertEqual(
            "The file was damaged" in notes or "has been" in notes or "have been" in notes,
            name in MENDED,
        )
        self._check_sealed(request)
        return "sealed"

    def _check_sealed(self, request):
        """Sign for both and look where the client's mark came to be, in two renderers."""
        for signer in request.signer_ids.sorted("sequence"):
            image = base64.b64encode(magenta_png(400, 100)).decode()
            signer._move("confirmed")
            signature = (
                {"method": "image", "image": image}
                if signer.side == "client"
                else {"method": "typed", "name": "D"}
            )
            signer._store_signature({}, signature, "digest")
            self.env["esign.event"]._append(request, "code_confirmed", signer._who())
            self.env["esign.event"]._append(
                request, "signed", signer._who() | {"method": signature["method"]}
            )
            request._advance()
        request._seal()
        sealed = request._sealed_bytes()
        self.assertTrue(sealed.startswith(request.frozen_document_id._bytes()))
        self.assertEqual(verify(sealed, request._verification_record()).verdict, "valid")
        for look in (in_pdfium, in_poppler):
            image = look(sealed)
            if image is not None:
                self._check_inside(magenta_area(image), look.__name__)

    def _check_inside(self, area, renderer):
        self.assertTrue(area, f"{renderer} shows no mark")
        x, y, width, height = area
        self.assertGreater(x, BOX["x"] - TOLERANCE, renderer)
        self.assertGreater(y, BOX["y"] - TOLERANCE, renderer)
        self.assertLess(x + width, BOX["x"] + BOX["width"] + TOLERANCE, renderer)
        self.assertLess(y + height, BOX["y"] + BOX["height"] + TOLERANCE, renderer)
