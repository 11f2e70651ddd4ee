"""Withdrawing a signed document: who may, what the public and the parties learn."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..tools.gateways.sms_text import segments
from .common import EsignHttpCommon

REASON = "Signed for the wrong period"


@tagged("post_install", "-at_install")
class TestEsignRequestWithdraw(EsignHttpCommon):
    """A document that everybody has signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "withdraw_manager", groups="esign_crm.group_manager", name="Max Manager"
        )

    def done_request(self, **arguments):
        """Return a request that both have signed; their completion messages have gone out."""
        request = self.make_request(**arguments)
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.deliver()
        self.assertEqual(request.state, "done")
        return request

    def withdraw(self, request, reason=REASON):
        """Withdraw as the manager does, by the form."""
        wizard = self.env["esign.withdraw.wizard"].with_user(self.manager)
        with Form(wizard.with_context(default_request_id=request.id)) as form:
            form.reason = reason
        form.save().action_confirm()

    def verdict(self, path, **kwargs):
        """Return the JSON of the public check."""
        with self.serving():
            answer = self.browser().request(
                "POST" if kwargs else "GET", self.base_url() + path,
                headers={"Accept": "application/json"}, timeout=60, **kwargs,
            )  # fmt: skip
        return json.loads(answer.text)

    # --- who, when ---------------------------------------------------------------------------------------------------

    def test_only_managers_withdraw(self):
        request = self.done_request()
        leader = new_test_user(
            self.env, "withdraw_leader", groups="esign_crm.group_team_leader", name="Lea Leader"
        )
        request.user_id = leader
        with self.assertRaises(AccessError):
            request.with_user(leader).action_withdraw(REASON)
        wizard = self.env["esign.withdraw.wizard"].with_user(leader)
        with self.assertRaises(AccessError):
            wizard.create({"request_id": request.id, "reason": REASON})
        self.assertFalse(request.withdrawn_at)

    def test_manager_of_another_company_withdraws_nothing(self):
        request = self.done_request()
        other = self.env["res.company"].create({"name": "Other company"})
        stranger = new_test_user(
            self.env,
            "withdraw_other",
            groups="esign_crm.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            request.with_user(stranger).action_withdraw(REASON)

    def test_unsigned_is_not_withdrawn(self):
        request = self.make_request().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "not signed by all"):
            request.action_withdraw(REASON)

    def test_reason_is_demanded(self):
        request = self.done_request().with_user(self.manager)
        for reason in ("", "  ", None, False, "\u202e", 17, "x" * 501):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                request.action_withdraw(reason)
        self.assertFalse(request.withdrawn_at)

    def test_withdrawn_once_only(self):
        request = self.done_request()
        self.withdraw(request)
        moment = request.withdrawn_at
        with self.assertRaisesRegex(UserError, "withdrawn before"):
            request.with_user(self.manager).action_withdraw("Again")
        self.assertEqual((request.withdrawn_at, request.withdrawn_reason), (moment, REASON))
        self.assertEqual(self.event_kinds(request).count("withdrawn"), 1)

    # --- what everybody learns -----------------------------------------------------------------------------------------

    def test_signers_copies_and_sender_are_told(self):
        copy = {"side": "client", "role": "Accountant", "kind": "copy", "name": "Ann Archive",
                "email": "ann@client.example.com", "channel": "email", "sequence": 3}  # fmt: skip
        request = self.done_request(signers=[*self.signers(), copy])
        self.withdraw(request)
        self.deliver()
        for address in (self.DIRECTOR, self.CLIENT, "ann@client.example.com", self.rep.email):
            text = self.wires.texts_to(address)[-1]
            self.assertIn("has withdrawn", text, address)
            self.assertNotIn("/esign/s/", text)
            if "@" in address:
                self.assertIn(REASON, text)
        sms = self.wires.texts_to(self.CLIENT)[-1]
        self.assertLessEqual(segments(sms), 2, sms)

    def test_trail_names_manager_and_reason_and_verifies(self):
        request = self.done_request()
        self.withdraw(request)
        event = request.event_ids.filtered(lambda each: each.kind == "withdrawn")
        self.assertEqual(event._details(), {"by": "Max Manager", "reason": REASON})
        self.assertIn("Max Manager", event.summary)
        self.env["esign.event"]._verify(request)
        self.assertEqual(request.state, "done")

    def test_record_and_file_are_revoked(self):
        request = self.done_request()
        content = request._sealed_bytes()
        files = {"file": ("act.pdf", content, "application/pdf")}
        self.assertEqual(self.verdict("/esign/verify", files=files)["verdict"], "valid")
        self.withdraw(request)
        answers = {
            "record": self.verdict(f"/esign/verify/{request.verification_code}"),
            "file": self.verdict("/esign/verify", files=files),
        }
        for checked, answer in answers.items():
            self.assertEqual(
                (answer["verdict"], answer["checked"], answer["reasons"]),
                ("revoked", checked, ["withdrawn"]),
            )
            self.assertTrue(answer["facts"]["withdrawn_at"].endswith("Z"))
            self.assertNotIn(REASON, json.dumps(answer))
        page = self.get(self.browser(), f"/esign/verify/{request.verification_code}").text
        self.assertIn("later withdrawn", page)
        self.assertNotIn(REASON, page)

    def test_changed_file_of_a_withdrawn_document_stays_invalid(self):
        request = self.done_request()
        content = bytearray(request._sealed_bytes())
        content[500] ^= 1
        self.withdraw(request)
        files = {"file": ("act.pdf", bytes(content), "application/pdf")}
        self.assertEqual(self.verdict("/esign/verify", files=files)["verdict"], "invalid")

    def test_download_ends_and_its_page_tells_no_details(self):
        request = self.done_request()
        token, visitor = self.wires.last_token(self.DIRECTOR), self.browser()
        self.assertEqual(self.get(visitor, f"/esign/s/{token}/download").status_code, 200)
        self.withdraw(request)
        self.assertEqual(self.get(visitor, f"/esign/s/{token}/download").status_code, 404)
        page = self.page(visitor, token)
        self.assertEqual(page["situation"], "withdrawn")
        self.assertEqual(set(page["request"]), {"number"})
        self.assertNotIn("download", page)
        self.assertNotIn(REASON, json.dumps(page))

    def test_completion_messages_that_still_wait_bring_nothing_any_more(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.withdraw(request)
        completed = request.message_out_ids.filtered(lambda each: each.purpose == "completed")
        self.assertEqual(set(completed.mapped("state")), {"cancelled"})
        self.deliver()
        self.assertFalse([mail for mail in self.wires.mails if list(mail.iter_attachments())])

    def test_failed_notice_is_repeated_without_a_link(self):
        request = self.done_request()
        self.withdraw(request)
        notice = request.message_out_ids.filtered(
            lambda each: each.purpose == "withdrawn_notice" and each.signer_id.side == "own"
        )
        notice._set_state("sending")
        notice._set_state("failed")
        self.deliver()
        before = len(self.wires.texts_to(self.DIRECTOR))
        notice.with_user(self.manager).action_send_again()
        self.deliver()
        texts = self.wires.texts_to(self.DIRECTOR)[before:]
        self.assertEqual(len(texts), 1)
        self.assertNotIn("/esign/s/", texts[0])

    def test_board_and_deal_say_that_it_is_withdrawn(self):
        request = self.done_request()
        self.assertEqual(self.lead.esign_sealed_count, 1)
        self.withdraw(request)
        self.lead.invalidate_recordset()
        self.assertEqual(self.lead.esign_status, "Withdrawn")
        self.assertFalse(self.lead.esign_state or self.lead.esign_sealed_count)
        self.assertIn("valid no longer", str(self.lead.message_ids.mapped("body")))


@tagged("post_install", "-at_install")
class TestEsignCancelWizard(EsignHttpCommon):
    """Cancelling with a reason."""

    def _cancel(self, request, reason):
        wizard = self.env["esign.cancel.wizard"].with_user(self.rep)
        wizard.create({"request_id": request.id, "reason": reason}).action_confirm()

    def test_blank_reason_is_refused(self):
        request = self.make_request()
        for reason in ("  ", "\u202e\u200b"):
            with self.assertRaisesRegex(UserError, "reason"):
                self._cancel(request, reason)
        self.assertEqual(request.state, "sent")

    def test_whoever_was_invited_is_told_and_nobody_else(self):
        request = self.make_request()
        self.deliver()
        token = self.wires.last_token(self.DIRECTOR)
        self._cancel(request, "The amount has changed")
        self.deliver()
        self.assertIn("cancelled the request", self.wires.texts_to(self.DIRECTOR)[-1])
        self.assertFalse(self.wires.texts_to(self.CLIENT))
        self.assertEqual(self.page(self.browser(), token)["situation"], "cancelled")
        event = request.event_ids.filtered(lambda each: each.kind == "cancelled")
        self.assertEqual(event._details(), {"by": "Rita Rep", "reason": "The amount has changed"})
        with self.assertRaises(UserError):
            self._cancel(request, "Again")
