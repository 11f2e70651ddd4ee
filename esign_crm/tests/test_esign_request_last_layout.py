"""The layout of the last document of the same kind."""

import base64
import importlib.util

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.misc import file_path

from ..tools.layout_kind import kind_of
from .pdf_samples import plain_pdf
from .send_common import SendCommon
from .template_common import TemplateCommon

BOX = {"x": 0.2, "y": 0.3, "width": 0.3, "height": 0.08}


@tagged("post_install", "-at_install")
class TestLastLayout(SendCommon, TemplateCommon):
    """What was placed once is not placed again."""

    def sent_by(self, form):
        return SendCommon.sent(self, form)

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
        self.assertEqual(requests._last_layout(first, "title:act"), mine)
        self.assertEqual(requests._last_layout(other, "title:act"), theirs)

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
        self.assertFalse(requests._last_layout(self.lead, request.layout_kind))
        request.action_send()
        self.assertEqual(requests._last_layout(self.lead, request.layout_kind), request)
        request.user_id = self.env.ref("base.user_admin")
        self.assertFalse(requests._last_layout(self.lead, request.layout_kind))

    def test_template_is_a_kind_of_its_own_whatever_the_title(self):
        request = self.use(send=True, signers=self.signers(role="Customer"))
        requests = self.env["esign.request"].with_user(self.rep)
        kind = f"template:{self.template.id}"
        self.assertEqual(request.layout_kind, kind)
        self.assertEqual(requests._last_layout(self.lead, kind), request)
        self.assertFalse(requests._last_layout(self.lead, f"title:{kind_of(request.title)}"))

    def test_document_of_no_kind_has_no_last_layout(self):
        request = self.sent(name="2026-05.pdf")
        self.assertFalse(request.layout_kind)
        self.assertFalse(request._last_layout(self.lead, request.layout_kind))

    def test_title_of_a_draft_tells_its_kind(self):
        draft = self.again(name="scan 1.pdf")
        draft.title = "Handover of keys, May"
        self.assertEqual(draft.layout_kind, "title:handover of keys")
        draft._set_system_sudo(layout_source="quotation")
        draft.title = "S00012"
        self.assertEqual(draft.layout_kind, "quotation:")
        self.assertEqual(draft._as_new_draft().layout_kind, "quotation:")
        with self.assertRaises(UserError):
            draft.layout_source = False

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

    def test_typed_title_counts_and_the_file_name_does_not(self):
        last = self.sent(name="Act no. 1.pdf")
        form = self.filled(plain_pdf(pages=2), "scan 0002.pdf")
        self.assertNotIn(last.name, form.document_facts)
        form.title = "Act no. 2"
        self.assertIn(last.name, form.document_facts)
        names = {box["name"] for box in form.preview["boxes"]}
        self.assertLessEqual({"Here", "Remarks"}, names)
        form.title = "Contract no. 2"
        self.assertNotIn(last.name, form.document_facts)
        self.assertNotIn("Remarks", {box["name"] for box in form.preview["boxes"]})
        form.title = "Act no. 2"
        request = self.sent_by(form)
        self.assertEqual((request.title, request.layout_kind), ("Act no. 2", "title:act"))
        self.assertEqual(self.plain(request.field_ids), self.plain(last.field_ids))

    def test_kinds_that_an_earlier_version_kept_are_told_anew(self):
        titled = self.sent(name="Act no. 1.pdf")
        of_template = self.use(send=True, signers=self.signers(role="Customer"))
        requests = titled | of_template
        now = requests.mapped("layout_kind")
        requests.flush_recordset()
        self.env.cr.execute(
            "UPDATE esign_request SET layout_kind = 'act' WHERE id = ANY(%s)", (requests.ids,)
        )
        migration("19.0.1.4.0", "post-layout-kind").migrate(self.env.cr, "19.0.1.3.0")
        requests.invalidate_recordset()
        self.assertEqual(requests.mapped("layout_kind"), now)


def migration(version, name):
    """Return a migration's script as a module."""
    path = file_path(f"esign_crm/migrations/{version}/{name}.py")
    spec = importlib.util.spec_from_file_location("esign_crm_migration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
