"""A new draft from an earlier request."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon
from .pdf_samples import plain_pdf

SIGNER_FIELDS = ("side", "role", "kind", "sequence", "channel", "name", "email", "phone", "partner_id")  # fmt: skip
BOX_FIELDS = ("type", "name", "page", "x", "y", "width", "height", "required")


@tagged("post_install", "-at_install")
class TestDuplicate(EsignCommon):
    """The draft is like the request and shares no record with it."""

    def plain(self, records, names):
        return [tuple(record[name] for name in names) for record in records.sorted("id")]

    def test_draft_has_document_signers_and_boxes_of_its_own(self):
        request = self.make_request(content=plain_pdf(pages=2))
        draft = request.with_user(self.rep)._as_new_draft()
        self.assertEqual((draft.state, draft.title), ("draft", request.title))
        self.assertNotEqual(draft.name, request.name)
        self.assertEqual((draft.lead_id, draft.user_id), (request.lead_id, self.rep))
        self.assertFalse(draft.event_ids or draft.message_out_ids or draft.verification_code)
        old, new = request.uploaded_document_id, draft.uploaded_document_id
        self.assertNotEqual(old.attachment_id, new.attachment_id)
        self.assertEqual((old.sha256, old.page_count), (new.sha256, new.page_count))
        self.assertEqual(
            self.plain(draft.signer_ids, SIGNER_FIELDS),
            self.plain(request.signer_ids, SIGNER_FIELDS),
        )
        self.assertEqual(set(draft.signer_ids.mapped("state")), {"waiting"})
        self.assertEqual(
            self.plain(draft.field_ids, BOX_FIELDS), self.plain(request.field_ids, BOX_FIELDS)
        )
        self.assertEqual(draft.field_ids.signer_id, draft.signer_ids)

    def test_draft_can_be_sent(self):
        draft = self.make_request().with_user(self.rep)._as_new_draft()
        draft.action_send()
        self.assertEqual(draft.state, "sent")

    def test_passed_deadline_is_left_out(self):
        request = self.make_request(send=False)
        request.deadline_at = fields.Datetime.now() - timedelta(days=1)
        self.assertFalse(request._as_new_draft().deadline_at)

    def test_altered_file_is_refused(self):
        request = self.make_request()
        request.uploaded_document_id.attachment_id.raw = plain_pdf(text="another text")
        with self.assertRaisesRegex(UserError, "altered"):
            request._as_new_draft()

    def test_colleague_without_rights_gets_none(self):
        other = new_test_user(self.env, "copy_other", groups="esign_crm.group_user")
        request = self.make_request()
        with self.assertRaises(AccessError):
            request.with_user(other)._as_new_draft()

    # --- the button ----------------------------------------------------------------------------------------------------

    def test_button_opens_the_draft(self):
        request = self.make_request()
        action = request.with_user(self.rep).action_duplicate()
        draft = self.env["esign.request"].browse(action["res_id"])
        self.assertEqual((draft.state, action["res_model"]), ("draft", "esign.request"))
        self.assertEqual(set(draft.signer_ids.mapped("address_by")), {"Rita Rep"})

    def test_button_needs_the_deal(self):
        request = self.make_request()
        self.lead.user_id = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            request.with_user(self.rep).action_duplicate()

    def test_copy_over_rpc_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Duplicate"):
            self.make_request().with_user(self.rep).copy()
