"""Requests from templates, and the layout of the last document of the same kind."""

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


@tagged("post_install", "-at_install")
class TestLastLayout(TemplateCommon):
    """What was placed once is not placed again."""

    def sent(self, name="Act no. 1, May.pdf", pages=2, **field):
        fields = [
            {"role": "Our director", "type": "signature", "name": "Here", "page": pages, **BOX},
            {"role": "Client", "type": "text", "name": "Remarks", "page": 1, **BOX} | field,
        ]
        document = {"name": name, "content": base64.b64encode(plain_pdf(pages=pages)).decode()}
        requests = self.env["esign.request"].with_user(self.rep)
        return requests.browse(
            requests.create_from_deal(
                self.lead.id, document=document, signers=self.signers(), fields=fields, send=True
            )
        )

    def again(self, name="Act no. 2, June.pdf", pages=3, lead=None, **arguments):
        document = {"name": name, "content": base64.b64encode(plain_pdf(pages=pages)).decode()}
        requests = self.env["esign.request"].with_user(self.rep)
        arguments.setdefault("signers", self.signers())
        return requests.browse(
            requests.create_from_deal(
                (lead or self.lead).id, document=document, fields="last", **arguments
            )
        )

    def test_next_document_of_the_kind_gets_the_same_layout(self):
        self.sent()
        request = self.again()
        own = request.field_ids.filtered(lambda field: field.name == "Here")
        self.assertEqual((own.page, own.x, own.y), (3, 0.2, 0.3), "the last page is the last page")
        remarks = request.field_ids.filtered(lambda field: field.name == "Remarks")
        self.assertEqual((remarks.page, remarks.signer_id.side), (1, "client"))

    def test_box_on_a_page_that_is_missing_is_left_out(self):
        self.sent(pages=4, page=3)
        self.assertNotIn("Remarks", self.again(pages=1).field_ids.mapped("name"))

    def test_side_stands_for_a_role_of_another_name(self):
        self.sent()
        signers = self.signers(role="Buyer")
        names = self.again(signers=signers).field_ids.mapped("name")
        self.assertIn("Remarks", names)

    def test_other_kind_gets_the_usual_boxes(self):
        self.sent()
        self.assertNotIn("Here", self.again(name="Contract.pdf").field_ids.mapped("name"))

    def test_same_client_comes_before_the_company(self):
        mine = self.sent()
        stranger = self.env["res.partner"].create(
            {"name": "Other", "email": "o@client.example.org"}
        )
        other = self.env["crm.lead"].create(
            {"name": "Other", "partner_id": stranger.id, "user_id": self.rep.id}
        )
        self.lead, first = other, self.lead
        theirs = self.sent()
        requests = self.env["esign.request"].with_user(self.rep)
        self.assertEqual(requests._last_layout(first, "Act 3"), mine)
        self.assertEqual(requests._last_layout(other, "Act 3"), theirs)

    def test_what_was_filled_in_goes_to_no_other_client_and_into_no_template(self):
        stranger = self.env["res.partner"].create({"name": "Other", "email": "o@c.example.org"})
        other = self.env["crm.lead"].create(
            {"name": "Other", "partner_id": stranger.id, "user_id": self.rep.id}
        )
        for filler, lead, kept in (
            ("sender", other, False),
            ("signer", other, False),
            ("sender", self.lead, False),
            ("signer", self.lead, "12 000"),
        ):
            with self.subTest(filler=filler, lead=lead.name):
                given = "value" if filler == "sender" else "default"
                last = self.sent(filled_by=filler, **{given: "12 000"})
                box = last.field_ids.filtered(lambda field: field.name == "Remarks")
                self.assertEqual(box.default, "12 000")
                remarks = self.again(lead=lead).field_ids.filtered(
                    lambda field: field.name == "Remarks"
                )
                self.assertEqual((len(remarks), remarks.default), (1, kept))
        template = self.env["esign.template"].with_user(self.rep)._from_request(last)
        self.assertEqual(set(template.field_ids.mapped("default")), {False})

    def test_drafts_and_foreign_requests_are_no_model(self):
        request = self.make_request(send=False)
        requests = self.env["esign.request"].with_user(self.rep)
        self.assertFalse(requests._last_layout(self.lead, request.title))
        request.action_send()
        self.assertEqual(requests._last_layout(self.lead, request.title), request)
        request.user_id = self.env.ref("base.user_admin")
        self.assertFalse(requests._last_layout(self.lead, request.title))

    def test_template_as_kind_finds_requests_made_from_it(self):
        request = self.use(send=True, signers=self.signers(role="Customer"))
        requests = self.env["esign.request"].with_user(self.rep)
        self.assertEqual(requests._last_layout(self.lead, self.template), request)

    def test_wizard_says_where_the_fields_go_and_puts_them_there(self):
        last = self.sent(name="Act no. 1.pdf")
        action = self.lead.with_user(self.rep).action_send_for_signature()
        wizards = self.env[action["res_model"]].with_user(self.rep)
        form = Form(wizards.with_context(**action["context"]))
        form.document_ids.add(
            self.env["ir.attachment"]
            .with_user(self.rep)
            .create(
                {
                    "name": "Act no. 2.pdf",
                    "raw": plain_pdf(pages=2),
                    "res_model": "esign.send.wizard",
                }
            )
        )
        self.assertIn(last.name, form.document_facts)
        form.own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        form.save().action_send()
        request = self.lead.esign_request_ids - last
        self.assertEqual(request.state, "sent")
        self.assertEqual(self.plain(request.field_ids), self.plain(last.field_ids))

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
