"""The doors of state and evidence, tried with what RPC lets a caller choose beside the values: the context."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.guards import Door
from .common import EsignCommon

FORGED = {
    "default_state": "done",
    "default_name": "ES00000",
    "default_verification_code": "A" * 26,
    "default_sealed_sha256": "0" * 64,
    "default_completed_at": "2026-01-01 00:00:00",
}


@tagged("post_install", "-at_install")
class TestAccessDoors(EsignCommon):
    """No default, no relation and no spent door writes what the signing process alone writes."""

    def setUp(self):
        super().setUp()
        self.draft = self.make_request(send=False).with_user(self.rep)
        self.client = self.draft.signer_ids.filtered(lambda signer: signer.side == "client")

    def test_context_makes_no_finished_request(self):
        requests = self.env["esign.request"].with_user(self.rep).with_context(**FORGED)
        request = requests.create({"title": "Forged", "lead_id": self.lead.id})
        self.assertEqual(request.state, "draft")
        self.assertEqual(request.stage_id.state, "draft")
        self.assertNotEqual(request.name, "ES00000")
        for name in ("verification_code", "sealed_sha256", "completed_at"):
            self.assertFalse(request[name], name)

    def test_context_makes_no_signer_whose_turn_it_is(self):
        """A client *invited* in the draft would be reminded, with a link, before our side has signed."""
        signers = self.env["esign.signer"].with_user(self.rep)
        for state in ("invited", "confirmed", "signed"):
            context = {"default_state": state, "default_invited_at": "2026-01-01 00:00:00"}
            signer = signers.with_context(**context).create(
                {
                    "request_id": self.draft.id,
                    "side": "client",
                    "role": state,
                    "name": "C",
                    "email": "c@client.example.org",
                    "sequence": 2,
                }
            )
            self.assertEqual((signer.state, signer.invited_at), ("waiting", False))

    def test_context_marks_no_file_as_public(self):
        requests = self.env["esign.request"].with_context(default_public=True)
        self.env = requests.env
        request = self.make_request()
        request.frozen_document_id._page_image(1)
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "esign.document"),
                    (
                        "res_id",
                        "in",
                        (request.uploaded_document_id + request.frozen_document_id).ids,
                    ),
                ]
            )
        )
        self.assertEqual(len(files), 3)
        self.assertEqual(set(files.mapped("public")), {False})

    def test_number_and_sealed_file_are_not_written_by_hand(self):
        attachment = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        for values in ({"name": "ES00001"}, {"sealed_attachment_id": attachment.id}):
            with self.assertRaises(AccessError):
                self.draft.write(values)
            with self.assertRaises(AccessError):
                self.draft.create({"title": "x", "lead_id": self.lead.id} | values)

    def test_who_fills_a_field_follows_from_its_type(self):
        """A text that *the system* fills would make the signature fail for ever."""
        box = self.draft.field_ids[0]
        with self.assertRaises(UserError):
            box.write({"filled_by": "system"})
        values = {"request_id": self.draft.id, "signer_id": self.client.id, "name": "v", "type": "text",
                  "page": 1, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.05}  # fmt: skip
        with self.assertRaises(UserError):
            box.create(values | {"filled_by": "system"})
        made = box.with_context(default_filled_by="system").create(values)
        self.assertEqual(made.filled_by, "signer")

    def test_draft_is_created_on_no_deal_of_a_colleague(self):
        deal = self.env["crm.lead"].create(
            {"name": "Not Rita's", "user_id": self.env.ref("base.user_admin").id}
        )
        with self.assertRaises(AccessError):
            self.draft.create({"title": "x", "lead_id": deal.id})
        with self.assertRaises(AccessError):
            self.draft.write({"lead_id": deal.id})

    def test_draft_is_created_in_no_stage_of_another_state(self):
        signed = self.env["esign.stage"].search([("state", "=", "done")], limit=1)
        with self.assertRaisesRegex(UserError, "by hand"):
            self.draft.create({"title": "x", "lead_id": self.lead.id, "stage_id": signed.id})

    def test_door_is_shut_behind_the_write_that_it_let_pass(self):
        """Automation rules run with the context of the write that set them off."""
        door = Door()
        behind = self.draft.sudo().with_context(esign_door=door)
        behind.write({"seal_error": "once"})
        with self.assertRaises(AccessError):
            behind.write({"state": "done"})
        with self.assertRaises(AccessError):
            self.draft.sudo().with_context(esign_door=True).write({"state": "done"})
