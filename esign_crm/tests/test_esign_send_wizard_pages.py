"""The pages to be signed, looked at before anything is sent."""

from dataclasses import replace
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..tools.pdf import intake
from . import pdf_samples as samples
from .pdf_samples import plain_pdf
from .send_common import SendCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizardPages(SendCommon, TemplateCommon):
    """What is shown is what the request gets."""

    def shown(self, form):
        return sorted(self.place(box, box["side"]) for box in form.preview["boxes"])

    def made(self, request):
        return sorted(self.place(field, field.signer_id.side) for field in request.field_ids)

    def place(self, box, side):
        places = (round(box[name], 4) for name in ("x", "y", "width", "height"))
        return side, box["type"], box["page"], *places

    def test_first_document_of_its_kind_shows_a_signature_each(self):
        form = self.filled(plain_pdf(pages=3))
        self.assertEqual(len(form.preview["pages"]), 3)
        self.assertEqual([box["page"] for box in form.preview["boxes"]], [3, 3])
        shown = self.shown(form)
        self.assertEqual(shown, self.made(self.sent(form)))

    def test_last_layout_is_shown_and_what_has_no_place_is_said(self):
        box = {"type": "text", "width": 0.2, "height": 0.05, "x": 0.1, "y": 0.1, "required": False}
        first = self.filled(plain_pdf(pages=4)).save()
        request = self.env["esign.request"].browse(first.action_save_draft()["res_id"])
        client = request.signer_ids.filtered(lambda each: each.side == "client")
        boxes = [
            {"request_id": request.id, "signer_id": client.id, "name": name, "page": page} | box
            for name, page in (("Kept", 1), ("Lost", 3))
        ]
        self.env["esign.field"].with_user(self.rep).create(boxes)
        request.action_send()
        form = self.filled(plain_pdf(pages=2), "Act no 8.pdf")
        self.assertIn(request.name, form.document_facts)
        self.assertIn("Left out", form.left_out)
        self.assertIn("Lost (page 3)", form.left_out)
        self.assertNotIn("Kept", form.left_out)
        self.assertEqual([each["page"] for each in form.preview["boxes"]].count(2), 2)
        shown = self.shown(form)
        self.assertEqual(shown, self.made(self.sent(form)))

    def test_template_shows_its_own_pages_and_fields(self):
        form = self.filled()
        form.document_ids.clear()
        form.template_id = self.template
        document = self.template.document_id
        self.assertIn(f"/esign_crm/document/{document.id}/page/%d?", form.preview["url"])
        shown = self.shown(form)
        self.assertEqual(shown, self.made(self.sent(form)))

    def test_template_on_a_shorter_file_says_which_fields_are_left_out(self):
        form = self.filled(plain_pdf(pages=1))
        form.template_id = self.template
        self.assertIn("Remarks (page 2)", form.left_out)
        shown = self.shown(form)
        self.assertEqual(shown, self.made(self.sent(form)))

    def test_unreadable_file_has_no_pages(self):
        self.assertFalse(self.filled(b"not a pdf").preview)

    # --- pictures ----------------------------------------------------------------------------------------------------

    def test_pictures_are_made_of_ones_own_uploads_only(self):
        upload = self.upload(self.open(), plain_pdf(pages=300))
        wizards = self.env["esign.send.wizard"].with_user(self.rep)
        small, mimetype = wizards._upload_page(upload.id, 300, "small")
        large, _mimetype = wizards._upload_page(upload.id, 300, "large")
        self.assertEqual(mimetype, "image/webp")
        self.assertLess(len(small), len(large))
        for number, size in ((301, "small"), (0, "small"), (1, "huge")):
            with self.assertRaises(UserError):
                wizards._upload_page(upload.id, number, size)
        colleague = self.rep.copy({"login": "nick@vendor.example.com"})
        with self.assertRaises(UserError):
            wizards.with_user(colleague)._upload_page(upload.id, 1, "small")
        employee = new_test_user(self.env, "pages_employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            wizards.with_user(employee)._upload_page(upload.id, 1, "small")

    def test_other_attachments_are_not_drawn(self):
        foreign = self.env["ir.attachment"].with_user(self.rep).create(
            {"name": "a.pdf", "raw": plain_pdf(), "res_model": "crm.lead", "res_id": self.lead.id}
        )  # fmt: skip
        with self.assertRaises(UserError):
            self.env["esign.send.wizard"].with_user(self.rep)._upload_page(foreign.id, 1, "small")

    def test_page_that_takes_for_ever_to_draw_is_refused_in_the_form_in_words(self):
        slow = samples.document([samples.page(content=b"0 0 600 850 re f\n" * 20_000)])
        form = self.open()
        with patch.object(intake, "LIMITS", replace(intake.LIMITS, cpu_seconds=4)):
            upload = self.upload(form, slow, "plan.pdf")
        self.assertEqual(form.document_problem, "“plan.pdf” took too long to read and was refused.")
        self.assertFalse(form.document_facts)
        self.assertTrue(upload.exists(), "nothing is lost")
