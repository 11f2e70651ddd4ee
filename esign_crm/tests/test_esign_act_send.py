"""From the act to the request, and corrected acts."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .act_common import EsignActCommon
from .pdf_samples import plain_pdf


@tagged("post_install", "-at_install")
class TestEsignActSend(EsignActCommon):
    """The wizard takes the act's paper; a correction takes everything along."""

    def sent(self, act):
        """Return the request that was sent from the act."""
        wizard = self.wizard(act)
        wizard.action_send()
        return act.request_id

    def test_act_is_sent_with_its_paper_and_boxes_on_its_places(self):
        act = self.make_act()
        shown = self.wizard(act).preview["boxes"]
        request = self.sent(act)
        self.assertEqual(request.state, "sent")
        for box, made in zip(shown, request.field_ids.sorted("id"), strict=True):
            self.assertEqual(box["side"], made.signer_id.side)
            self.assertEqual(box["page"], made.page)
            self.assertAlmostEqual(box["y"], made.y, 5)
        self.assertEqual(request.act_id, act)
        self.assertEqual(request.uploaded_document_id.sudo()._bytes(), act._pdf_bytes())
        self.assertIn(act.number, request.title)
        places = act.sudo().places
        for box in request.field_ids:
            self.assertAlmostEqual(box.y, places[box.signer_id.side]["y"], 3)
            self.assertAlmostEqual(box.x, places[box.signer_id.side]["x"], 3)
        self.assertEqual(len(request.field_ids), 2)

    def test_form_that_the_act_opens_shows_its_paper(self):
        act = self.make_act()
        action = act.action_send_for_signature()
        wizards = (
            self.env[action["res_model"]].with_user(self.rep).with_context(**action["context"])
        )
        names = ("act_id", "document_ids", "document_facts", "takes_quotation", "title")
        shown = wizards.onchange({}, [], {name: {} for name in names})["value"]
        self.assertEqual(shown["act_id"], act.id)
        self.assertEqual(len(shown["document_ids"]), 1)
        self.assertTrue(shown["document_facts"])

    def test_acts_lie_like_acts_and_files_titled_alike_do_not(self):
        act = self.make_act()
        request = self.sent(act)
        self.assertEqual(request.layout_kind, "act:")
        self.assertIn(request.name, self.wizard(self.make_act()).document_facts)
        upload = self.env["ir.attachment"].with_user(self.rep).create(
            {"name": f"{request.title}.pdf", "raw": plain_pdf(), "res_model": "esign.send.wizard", "res_id": 0}
        )  # fmt: skip
        form = self.env["esign.send.wizard"].with_user(self.rep).with_context(
            default_lead_id=self.lead.id
        ).create({"document_ids": [(6, 0, upload.ids)]})  # fmt: skip
        self.assertEqual(form.title, request.title)
        self.assertNotIn(request.name, form.document_facts)

    def test_sent_act_no_longer_changes(self):
        act = self.make_act()
        self.sent(act)
        for change in (
            lambda: act.write({"date": "2031-01-01"}),
            lambda: act.line_ids.write({"price": 1}),
            act.line_ids.unlink,
            lambda: act.line_ids.create({"act_id": act.id, "name": "x", "price": 1}),
            act.unlink,
            act.action_send_for_signature,
        ):
            with self.assertRaisesRegex(UserError, "Correct"):
                change()

    def test_other_file_in_the_wizard_is_no_act(self):
        act = self.make_act()
        wizard = self.wizard(act)
        wizard.document_ids = (
            self.env["ir.attachment"]
            .with_user(self.rep)
            .create(
                {"name": "other.pdf", "raw": plain_pdf(), "res_model": wizard._name, "res_id": 0}
            )
        )
        wizard.action_send()
        self.assertFalse(act.request_id)

    def test_paper_that_is_no_longer_the_act_is_not_sent(self):
        act = self.make_act()
        wizard = self.wizard(act)
        act.line_ids.price = 200
        for _again in range(2):
            with self.assertRaisesRegex(UserError, "changed after this form"):
                wizard.action_send()
            act.action_preview()  # the new paper is none of what the form holds, either
        self.assertFalse(act.request_ids)
        self.wizard(act).action_send()
        self.assertEqual(act.request_state, "sent")

    def test_what_somebody_else_sent_is_not_passed_over_by_a_correction(self):
        act = self.make_act()
        request = self.sent(act)
        manager = new_test_user(
            self.env,
            "mara",
            groups="sales_team.group_sale_manager",
            email="mara@vendor.example.com",
        )
        request.sudo().user_id = manager
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            act.action_correct()
        self.assertFalse(act.next_ids)
        corrected = act.with_user(manager).action_correct()["res_id"]
        self.assertEqual(request.state, "cancelled")
        action = act.browse(corrected).action_send_for_signature()
        self.assertEqual(action["context"]["default_client_phone"], self.CLIENT)

    def test_replaced_version_is_not_sent_by_a_copy_of_its_request(self):
        act = self.make_act()
        request = self.sent(act)
        corrected = act.browse(act.action_correct()["res_id"])
        copies = request.with_user(self.rep)._as_new_draft()
        with self.assertRaisesRegex(UserError, "newer version"):
            copies.action_send()
        sent = self.sent(corrected)
        with self.assertRaisesRegex(UserError, "sent already"):
            sent.with_user(self.rep)._as_new_draft().action_send()

    def test_act_is_tied_to_no_request_by_hand(self):
        act, request = self.make_act(), self.make_request()
        with self.assertRaises(AccessError):
            act.write({"request_id": request.id})
        with self.assertRaises(AccessError):
            act.write({"amount_total": 1})

    def test_corrected_act_keeps_everything_and_cancels_what_was_sent(self):
        act = self.make_act([("Works", 2, 10, 20)], notes="A note", basis="Contract 17")
        request = self.sent(act)
        corrected = act.browse(act.action_correct()["res_id"])
        self.assertEqual((corrected.number, corrected.version), (act.number, 2))
        self.assertEqual(corrected.previous_id, act)
        self.assertEqual(corrected.line_ids.mapped("name"), ["Works"])
        self.assertEqual((corrected.notes, corrected.basis), ("A note", "Contract 17"))
        self.assertEqual(corrected.date, act.date)
        self.assertFalse(corrected.is_locked)
        self.assertEqual(request.state, "cancelled")
        self.assertIn("version 2", request.cancel_reason)
        self.assertEqual(act.browse(act.action_correct()["res_id"]), corrected)
        self.assertIn("version 1", self.text(self._printed(corrected.with_context(lang="en_US"))))

    def _printed(self, act):
        act.lang = "en_US"
        act.action_preview()
        return act._pdf_bytes()

    def test_corrected_act_is_sent_with_the_boxes_of_the_last_version(self):
        act = self.make_act()
        wizard = self.wizard(act)
        draft = self.env["esign.request"].browse(wizard.action_save_draft()["res_id"])
        day = {"role": "Client", "type": "date", "name": "Day", "page": 1, "required": False}
        day |= {"x": 0.1, "y": 0.9, "width": 0.2, "height": 0.03}
        draft.field_ids.create(draft._field_values(1, day))
        draft.action_send()
        corrected = act.browse(act.action_correct()["res_id"])
        corrected.line_ids = [
            (0, 0, {"name": f"More {number}", "price": 1}) for number in range(40)
        ]
        again = self.sent(corrected)
        day = again.field_ids.filtered(lambda box: box.type == "date")
        self.assertEqual((day.name, day.page, day.x, day.signer_id.side), ("Day", 1, 0.1, "client"))
        signatures = again.field_ids.filtered(lambda box: box.type == "signature")
        self.assertEqual(signatures.mapped("page"), [corrected.page_count] * 2)

    def test_corrected_act_goes_to_both_signers_of_the_last_version(self):
        act = self.make_act()
        self.wizard(act, own_name="Olga Other", own_email="olga@vendor.example.com").action_send()
        corrected = act.browse(act.action_correct()["res_id"])
        context = corrected.action_send_for_signature()["context"]
        self.assertEqual(context["default_own_name"], "Olga Other")
        self.assertEqual(context["default_own_email"], "olga@vendor.example.com")
        self.assertEqual(context["default_client_name"], "Claude Client")
        signer = act.request_id.signer_ids.filtered(lambda each: each.side == "own")
        party = self.env["esign.party"].create(
            {"name": "Olga Other", "side": "own", "email": signer.email, "active": False}
        )
        signer._set_system_sudo(party_id=party.id)
        self.assertNotIn("default_own_name", corrected._people_of_previous())

    def test_act_is_sent_by_its_own_company(self):
        other = self.env["res.company"].create({"name": "Another company"})
        self.rep.company_ids |= other
        self.lead.company_id = False
        act = self.make_act(company_id=other.id)
        wizard = self.wizard(act)
        self.assertEqual(wizard.env.company, other)
        foreign = self.make_request(send=False)
        with self.assertRaisesRegex(UserError, "Another company"):
            act._join_request(foreign)
        wizard.with_context(allowed_company_ids=[self.company.id, other.id]).action_save_draft()
        self.assertEqual(act.request_id.company_id, other)

    def test_signed_act_says_that_it_stays_signed(self):
        act = self.make_act()
        self.sent(act)
        self.assertFalse(act.is_signed)
        act.request_id._set_system_sudo(state="done")
        self.assertTrue(act.is_signed)
        act.request_id._set_system_sudo(withdrawn_at="2031-01-01")
        self.assertFalse(act.is_signed)

    def test_act_whose_request_is_a_draft_is_opened_again(self):
        act = self.make_act()
        self.wizard(act).action_save_draft()
        self.assertTrue(act.is_locked)
        self.assertEqual(act.action_correct()["res_id"], act.id)
        self.assertFalse(act.request_ids)
        act.notes = "changed"

    def test_undone_act_stays_with_its_new_draft(self):
        act = self.make_act()
        wizard = self.wizard(act).with_context(esign_may_undo=True)
        wizard.action_send()
        undone = act.request_id
        undone.with_user(self.rep).action_undo_send()
        self.assertEqual(act.request_id.state, "draft")
        self.assertNotEqual(act.request_id, undone)
