"""The whole chain on one page: from a deal to a sealed PDF that everybody has."""

import hashlib
import io

import pypdf

from odoo.tests import tagged

from ..tools.sealing.verify import verify
from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestFlowDealToSeal(EsignHttpCommon):
    """Rita sends an act from her deal; Dora signs by e-mail, Claude by SMS; the paper can be checked."""

    def test_deal_to_sealed_pdf(self):
        request = self.make_request()
        self.assertEqual(request.state, "sent")
        self.assertEqual(request.stage_id.turn_side, "own")

        self.deliver()
        self.assertTrue(self.wires.mails_to(self.DIRECTOR))
        self.assertFalse(self.wires.sms, "the client heard of it before our side had signed")

        answer, _token, _browser = self.walk(self.DIRECTOR, "Dora Director")
        self.assertEqual(answer, {"state": "signed", "sealed": False})
        self.assertEqual(request.stage_id.turn_side, "client")
        self.assertFalse(request.sealed_document_id, "half-signed papers do not exist")

        answer, token, browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer, {"state": "signed", "sealed": True})
        self.assertEqual(request.state, "done")
        self.assertEqual(self.page(browser, token)["situation"], "done")

        sealed = self.get(browser, f"/esign/s/{token}/download").content
        self.assertEqual(hashlib.sha256(sealed).hexdigest(), request.sealed_sha256)
        self.assertTrue(
            sealed.startswith(request.frozen_document_id._bytes()),
            "the signed bytes were rewritten",
        )
        self.assertEqual(verify(sealed, request._verification_record()).verdict, "valid")
        words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sealed)).pages)
        for expected in ("Dora Director", "Claude Client", request.frozen_document_id.sha256[:16]):
            self.assertIn(expected, words)

        self._check_messages(sealed)
        steps = [kind for kind in self.event_kinds(request) if kind != "message_sent"]
        self.assertEqual(
            steps,
            ["sent", "invited", "code_sent", "code_confirmed", "consent", "signed", "invited", "code_sent",
             "code_confirmed", "consent", "signed", "sealed", "completed"],
        )  # fmt: skip
        self.env["esign.event"]._verify(request)

        self._check_record(request)

    def _check_record(self, request):
        """Look the paper up as somebody who scans its code: the record tells the facts to compare a paper with."""
        record = self.get(
            self.browser(),
            f"/esign/verify/{request.verification_code}",
            headers={"Accept": "application/json"},
        )
        self.assertEqual(record.json()["verdict"], "valid")
        self.assertEqual(record.json()["facts"]["sha256"], request.sealed_sha256)

    def _check_messages(self, sealed):
        """Read what everybody was sent: the file by mail, a link to it by phone."""
        self.deliver()
        self.assertTrue(any(mail.is_multipart() for mail in self.wires.mails_to(self.DIRECTOR)))
        director_mail = self.wires.mails_to(self.DIRECTOR)[-1]
        attached = [part.get_content() for part in director_mail.iter_attachments()]
        self.assertEqual(attached, [sealed], "the director's mail carries the sealed file")
        self.assertIn("/esign/s/", self.wires.texts_to(self.CLIENT)[-1])
        self.assertTrue(self.wires.mails_to(self.rep.email))
