"""What people type into templates, fields and messages is text, all the way from the deal to the sealed PDF."""

import base64
import io

from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import tagged

from .common import EsignHttpCommon
from .pdf_samples import plain_pdf
from .template_common import TemplateCommon
from .test_esign_act_paper import probe

WIDE = {"x": 0.05, "width": 0.9, "height": 0.06, "page": 1}


def squeezed(text):
    """Return a text without blanks, which lines of paper put anywhere."""
    return "".join(text.split())


@tagged("post_install", "-at_install")
class TestFlowHostileTexts(TemplateCommon, EsignHttpCommon):
    """Names of template, roles and fields, a value, the message to the signers: all of them markup."""

    def setUp(self):
        super().setUp()
        port, self.visits = self.enterContext(probe())
        image = f'<img src="http://127.0.0.1:{port}/x">'
        self.markup = {
            "title": f"{image} {{{{7*7}}}} one",
            "own": f"<style>@import 'http://127.0.0.1:{port}/s.css';</style>",
            "client": '<t t-out="7*7"/> {{7*7}}',
            "field": f"</script>{image}",
            "value": '<object data="file:///etc/passwd"></object>',
            "message": f"{image} {{{{7*7}}}} %(name)s ${{7*7}}",
        }

    def _hostile_template(self):
        template = self.env["esign.template"].with_user(self.rep).create({
            "name": self.markup["title"],
            "upload": base64.b64encode(plain_pdf()),
            "upload_name": "act.pdf",
            "role_ids": [
                Command.create({"name": self.markup["own"], "side": "own", "sequence": 1}),
                Command.create({"name": self.markup["client"], "side": "client", "sequence": 2}),
            ],
        })  # fmt: skip
        own, client = template.role_ids.sorted("sequence")
        self.env["esign.field"].with_user(self.rep).create([
            self.box(template, own, "Signature", type="signature", y=0.7),
            self.box(template, client, "Signature", type="signature", y=0.85),
            self.box(template, client, self.markup["field"], **WIDE, y=0.3),
        ])  # fmt: skip
        return template

    def _texts_of_mails(self):
        return [
            part.get_content()
            for mail in self.wires.mails
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        ]

    def test_markup_is_printed_literally_from_template_to_seal_and_reaches_nobody(self):
        request = self.use(self._hostile_template(), signers=[
            {key: value for key, value in signer.items() if key != "role"} for signer in self.signers()
        ])  # fmt: skip
        request.signer_note = self.markup["message"]
        request.action_send()
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        token, browser = self.wires.last_token(self.CLIENT), self.browser()
        self._check_page(self.page(browser, token))
        self.confirm(browser, token, self.CLIENT)
        field = request.field_ids.filtered(lambda each: each.name == self.markup["field"])
        answer = self.sign(browser, token, values={str(field.id): self.markup["value"]})
        self.assertEqual(answer, {"state": "signed", "sealed": True})
        self.deliver()
        self._check_sealed(request)
        self._check_mails()
        self.assertEqual(self.visits, [])

    def _check_page(self, page):
        self.assertEqual(page["request"]["title"], self.markup["title"])
        self.assertEqual(page["request"]["note"], self.markup["message"])
        self.assertEqual(page["signer"]["role"], self.markup["client"])
        self.assertEqual(page["signed_by"][0]["role"], self.markup["own"])
        self.assertIn(self.markup["field"], [field["label"] for field in page["fields"]])

    def _check_sealed(self, request):
        reader = PdfReader(io.BytesIO(request.sealed_attachment_id.raw))
        printed = squeezed(" ".join(page.extract_text() for page in reader.pages))
        for what in ("title", "own", "client", "value"):
            self.assertIn(squeezed(self.markup[what]), printed, what)

    def _check_mails(self):
        texts = self._texts_of_mails()
        self.assertTrue(
            any(self.markup["title"] in text for text in texts), "no plain text says the title"
        )
        for text in texts:
            if "<html" in text or "<p" in text:
                self.assertNotIn('<img src="http://127', text)
                self.assertNotIn("<style>@import", text)
            self.assertNotIn("49 one", text)
            self.assertNotIn("root:", text)
