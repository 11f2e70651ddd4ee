"""What the board shows of a request, and how our own people get its documents."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignRequestBoard(EsignHttpCommon):
    """Words on the card, and downloads with the reader's own rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.password = "rita@vendor.example.com"
        cls.stranger = new_test_user(cls.env, "board_stranger", groups="esign_crm.group_user")

    def _download(self, login, document):
        """GET a document as the user ``login``, whose password is the same word."""
        self.authenticate(login, login)
        return self.url_open(f"/esign_crm/document/{document.id}", allow_redirects=False)

    def test_card_names_whose_turn_it_is(self):
        request = self.make_request(send=False)
        self.assertFalse(request.waiting_for)
        request.action_send()
        self.assertEqual(request.waiting_for, "Dora Director (Our director)")
        self.assertEqual(request.progress, "0 / 2")
        self.walk(self.DIRECTOR, "Dora Director")
        self.assertEqual(request.waiting_for, "Claude Client (Client)")
        self.assertEqual(request.progress, "1 / 2")

    # --- dragging ----------------------------------------------------------------------------------------------------

    def _drag(self, request, name):
        """Drop the card onto a stage of the box as the board does it."""
        stage = self.env.ref(f"esign_crm.esign_stage_{name}")
        request.with_user(self.rep).web_save({"stage_id": stage.id}, {"stage_id": {}})

    def test_draft_dragged_to_our_signature_is_sent(self):
        request = self.make_request(send=False)
        self._drag(request, "own")
        self.assertEqual(request.state, "sent")
        self.deliver()
        self.assertFalse(self.wires.mails, "a slip of the hand can be undone for a minute")
        request.with_user(self.rep).action_send_now()
        self.deliver()
        self.assertTrue(self.wires.last_token(self.DIRECTOR))

    def test_drag_that_sent_can_be_undone(self):
        request = self.make_request(send=False)
        self._drag(request, "own")
        draft = self.env["esign.request"].browse(
            request.with_user(self.rep).action_undo_send()["res_id"]
        )
        self.assertEqual((request.state, draft.state), ("cancelled", "draft"))
        self.deliver()
        self.assertFalse(self.wires.mails)

    def test_draft_dragged_into_a_second_stage_of_our_side_stays_there(self):
        second = self.env["esign.stage"].create({"name": "With the board", "state": "sent"})
        request = self.make_request(send=False)
        request.with_user(self.rep).stage_id = second
        self.assertEqual((request.state, request.stage_id), ("sent", second))

    def test_draft_that_is_not_ready_stays_a_draft(self):
        request = self.make_request(send=False)
        request.signer_ids[0].email = False
        with self.assertRaisesRegex(UserError, "address is missing"):
            self._drag(request, "own")

    def test_refused_drag_says_what_to_do_instead(self):
        request = self.make_request()
        for stage, words in (
            ("cancelled", "Press “Cancel”"), ("client", "Our side signs first"), ("draft", "does not become a draft"),
            ("done", "Signing itself"),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, words):
                self._drag(request, stage)
            self.assertEqual(request.state, "sent")

    def test_ended_request_is_not_dragged_back_to_life(self):
        request = self.make_request()
        request.action_cancel(reason="The amount has changed")
        with self.assertRaisesRegex(UserError, "It has ended"):
            self._drag(request, "own")

    def test_stranger_drags_nothing(self):
        request = self.make_request(send=False)
        with self.assertRaises(AccessError):
            request.with_user(self.stranger).stage_id = self.env.ref("esign_crm.esign_stage_own")
        self.assertEqual(request.state, "draft")

    def test_nobody_dates_a_stage_by_hand(self):
        request = self.make_request(send=False)
        for name in ("date_last_stage_update", "turn_since"):
            with self.assertRaises(AccessError):
                request.with_user(self.rep)[name] = "2020-01-01"

    def test_card_opens_the_deal_with_the_readers_rights(self):
        request = self.make_request()
        self.assertEqual(request.with_user(self.rep).action_open_deal()["res_id"], self.lead.id)
        signs_only = new_test_user(self.env, "board_signs_only", groups="esign_crm.group_manager")
        with self.assertRaises(AccessError):
            request.with_user(signs_only).action_open_deal()

    # --- documents ---------------------------------------------------------------------------------------------------

    def test_sender_downloads_what_was_sent(self):
        request = self.make_request()
        response = self._download(self.rep.login, request.frozen_document_id)
        self.assertEqual(response.content, request.frozen_document_id._bytes())
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn("-unsigned.pdf", response.headers["Content-Disposition"])
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_colleague_without_rights_finds_no_document(self):
        response = self._download("board_stranger", self.make_request().frozen_document_id)
        self.assertEqual(response.status_code, 404)

    def test_visitor_is_asked_to_log_in(self):
        document = self.make_request().frozen_document_id
        response = self.url_open(f"/esign_crm/document/{document.id}", allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    @mute_logger("odoo.http")
    def test_altered_bytes_are_not_handed_out(self):
        document = self.make_request().frozen_document_id
        document.attachment_id.raw = b"%PDF-1.4 forged"
        response = self._download(self.rep.login, document)
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn(b"forged", response.content)

    def test_button_gives_the_upload_of_a_draft_and_the_frozen_file_later(self):
        request = self.make_request(send=False).with_user(self.rep)
        self.assertIn(
            str(request.uploaded_document_id.id), request.action_download_document()["url"]
        )
        request.action_send()
        self.assertIn(str(request.frozen_document_id.id), request.action_download_document()["url"])

    def test_nothing_sealed_nothing_to_download(self):
        with self.assertRaisesRegex(UserError, "no such document"):
            self.make_request().with_user(self.rep).action_download_sealed()

    def test_button_is_not_for_colleagues_without_rights(self):
        request = self.make_request().with_user(self.stranger)
        with self.assertRaises(AccessError):
            request.action_download_document()

    def test_reason_of_cancelling_is_kept(self):
        request = self.make_request()
        wizard = self.env["esign.cancel.wizard"].with_user(self.rep)
        wizard.create(
            {"request_id": request.id, "reason": "The amount has changed"}
        ).action_confirm()
        self.assertEqual(
            (request.state, request.cancel_reason), ("cancelled", "The amount has changed")
        )
