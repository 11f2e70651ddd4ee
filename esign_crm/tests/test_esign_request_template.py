"""Requests made from templates."""

import base64

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .pdf_samples import plain_pdf
from .template_common import TemplateCommon

BOX = {"x": 0.2, "y": 0.3, "width": 0.3, "height": 0.08}


@tagged("post_install", "-at_install")
class TestRequestFromTemplate(TemplateCommon):
    """``create_from_deal(template_id=…)``."""

    def test_request_takes_document_roles_order_and_fields(self):
        request = self.use(signers=self.signers(role="Customer"))
        self.assertEqual(request.title, "Act of works")
        self.assertEqual(request.uploaded_document_id.sha256, self.template.document_id.sha256)
        self.assertEqual(request.signer_ids.mapped("role"), ["Our director", "Customer"])
        self.assertEqual(self.plain(request.field_ids), self.plain(self.template.field_ids))
        request.action_send()
        self.assertEqual(request.state, "sent")

    def test_signers_without_the_templates_roles_take_them_by_side(self):
        signers = [
            {key: value for key, value in signer.items() if key not in ("role", "sequence")}
            for signer in self.signers()
        ]
        request = self.use(signers=signers)
        self.assertEqual(request.signer_ids.mapped("role"), ["Our director", "Customer"])
        self.assertEqual(request.signer_ids.mapped("sequence"), [1, 2])

    def test_no_signers_given_means_the_usual_ones(self):
        request = self.use()
        self.assertEqual(request.signer_ids.mapped("role"), ["Our director", "Customer"])

    def test_role_without_a_signer_is_refused_by_name(self):
        self.env["esign.template.role"].create(
            {"template_id": self.template.id, "name": "Accountant", "side": "own", "sequence": 1}
        )
        accountant = self.template.role_ids.filtered(lambda role: role.name == "Accountant")
        self.env["esign.field"].create(self.box(self.template, accountant, "Number"))
        with self.assertRaisesRegex(UserError, "“Accountant”, but nobody"):
            self.use()

    def test_other_document_keeps_the_templates_fields(self):
        document = {"name": "May.pdf", "content": base64.b64encode(plain_pdf(pages=4)).decode()}
        request = self.use(document=document)
        self.assertEqual((request.title, request.uploaded_document_id.page_count), ("May", 4))
        self.assertEqual(self.plain(request.field_ids), self.plain(self.template.field_ids))

    def test_given_fields_come_beside_the_templates(self):
        field = {"role": "Customer", "type": "date", "name": "Until", "page": 1, **BOX}
        request = self.use(fields=[field])
        self.assertEqual(len(request.field_ids), 4)

    def test_signer_without_a_signature_box_gets_one_beside_the_templates(self):
        self.template.field_ids.filtered(
            lambda field: field.type == "signature" and field.role_id.side == "own"
        ).unlink()
        request = self.use()
        own = request.field_ids.filtered(lambda field: field.signer_id.side == "own")
        self.assertEqual((own.type, own.page), ("signature", 2))

    def test_unknown_template_is_refused(self):
        for wrong in (10**8, "1", True):
            with self.assertRaisesRegex(UserError, "there is no template"):
                self.env["esign.request"].with_user(self.rep).create_from_deal(
                    self.lead.id, template_id=wrong
                )

    def test_wizard_sends_a_template(self):
        action = self.lead.with_user(self.rep).action_send_for_signature()
        wizards = self.env[action["res_model"]].with_user(self.rep)
        form = Form(wizards.with_context(**action["context"]))
        form.template_id = self.template
        self.assertEqual(form.title, "Act of works")
        form.own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        form.save().action_send()
        request = self.lead.esign_request_ids
        self.assertEqual((request.state, request.template_id), ("sent", self.template))
        self.assertEqual(self.plain(request.field_ids), self.plain(self.template.field_ids))
