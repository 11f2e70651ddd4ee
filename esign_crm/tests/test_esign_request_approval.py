"""Sending above an amount: whether approval is needed, what waits, what is told."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.esign_rule_chain import running
from .approval_common import ApprovalCommon
from .send_common import SendCommon


@tagged("post_install", "-at_install")
class TestEsignRequestApproval(ApprovalCommon, SendCommon):
    """Sending where managers approve above 10 000."""

    def assert_sent(self, request):
        self.assertEqual(request.state, "sent")
        self.assertNotEqual(request.approval_id.state, "asked")

    def act_over(self, amount, currency=None):
        act = self.env["esign.act"].create(
            {
                "lead_id": self.lead.id,
                "currency_id": (currency or self.company.currency_id).id,
                "line_ids": [(5, 0, 0), (0, 0, {"name": "Works", "quantity": 1, "price": amount})],
            }
        )
        draft = self.make_request(send=False)
        draft._set_system_sudo(act_id=act.id)
        return draft.with_user(self.rep)

    # --- whether it is needed --------------------------------------------------------------------------------------

    def test_above_the_amount_nothing_leaves(self):
        request = self.asked()
        self.deliver()
        self.assertFalse(self.wires.mails_to(self.DIRECTOR))
        self.assertFalse(request.event_ids)
        self.assertFalse(request.frozen_document_id)

    def test_up_to_the_amount_it_is_sent(self):
        self.lead.expected_revenue = 10_000
        request = self.make_request()
        self.assert_sent(request)
        self.assertFalse(request.approval_id)
        self.assertNotIn("approved_by", request.event_ids.sorted("sequence")[0]._details())

    def test_where_nobody_approves_everything_is_sent(self):
        self.company.esign_approval_by = "nobody"
        self.assert_sent(self.make_request())

    def test_zero_asks_for_every_document(self):
        self.company.esign_approval_amount = 0
        self.lead.expected_revenue = 1
        self.asked()

    def test_unknown_amount_is_asked_for(self):
        self.lead.expected_revenue = 0
        request = self.asked()
        self.assertFalse(request.approval_id.is_amount_known)
        self.assertIn("not known", request.approval_id.amount_words)

    def test_amount_of_an_act_is_its_total(self):
        below = self.act_over(9_000)
        below.action_send()
        self.assert_sent(below)
        self.lead.expected_revenue = 5
        above = self.act_over(11_000)
        above.action_send()
        self.assertEqual((above.state, above.approval_id.amount), ("draft", 11_000))

    def test_other_currencies_are_converted_by_odoos_rates(self):
        currency = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "T",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 100})],
            }
        )
        own_rate = self.company.currency_id.rate
        below = self.act_over(900_000 / own_rate, currency)
        below.action_send()
        self.assert_sent(below)
        above = self.act_over(1_100_000 / own_rate, currency)
        above.action_send()
        self.assertEqual(above.approval_id.currency_id, currency)

    def test_trail_says_by_which_amount_it_was_judged(self):
        self.lead.expected_revenue = 9_000
        request = self.make_request()
        self.lead.expected_revenue = 12_000
        sent = request.event_ids.sorted("sequence")[0]
        details = sent._details()
        self.assertEqual(
            (details["judged_amount"], details["judged_currency"]),
            ("9000.00", self.company.currency_id.name),
        )
        for lang, words in (("en_US", "9,000.00"), ("de_DE", "9.000,00")):
            self.env["res.lang"]._activate_lang(lang)
            self.assertIn(words, sent.with_context(lang=lang).summary)

    def test_signers_do_not_read_by_which_amount_it_was_judged(self):
        request = self.make_request(send=False)
        self.manager_sends(request)
        rows = " ".join(row.value for row in request._certificate_audit())
        self.assertIn("approved by Max Manager", rows)
        self.assertNotIn("12,000", rows)

    def test_trail_says_that_no_amount_was_known(self):
        self.lead.expected_revenue = 0
        request = self.make_request(send=False)
        self.manager_sends(request)
        self.assertIn("without a known amount", request.event_ids.sorted("sequence")[0].summary)

    def test_where_nobody_approves_no_amount_is_judged(self):
        self.company.esign_approval_by = "nobody"
        sent = self.make_request().event_ids.sorted("sequence")[0]
        self.assertNotIn("judged_amount", sent._details())
        self.assertNotIn("judged", sent.summary)

    # --- who approves by sending -----------------------------------------------------------------------------------

    def manager_sends(self, request, **context):
        request.with_user(self.manager).with_context(**context).action_send()

    def test_sending_by_an_approver_is_his_approval(self):
        request = self.make_request(send=False)
        self.manager_sends(request)
        self.assert_sent(request)
        approval = request.approval_id
        self.assertEqual((approval.state, approval.decided_by_id), ("approved", self.manager))
        details = request.event_ids.sorted("sequence")[0]._details()
        self.assertEqual(details["approved_by"], "Max Manager")
        self.assertTrue(details["approved_at"])

    def test_approver_may_send_himself_what_waits(self):
        request = self.asked()
        approval = request.approval_id
        self.manager_sends(request)
        self.assert_sent(request)
        self.assertEqual((approval.state, approval.asked_by_id), ("approved", self.rep))
        self.assertFalse(request.activity_ids)

    def test_rule_of_an_approver_approves_nothing(self):
        request = self.make_request(send=False)
        with running(self.env.cr, 1):
            self.manager_sends(request)
        self.assertEqual(request.approval_id.state, "asked")

    def test_automation_of_an_approver_approves_nothing(self):
        attached = self.make_request(send=False).uploaded_document_id._bytes()
        self.env["ir.attachment"].create(
            {"name": "a.pdf", "raw": attached, "res_model": "crm.lead", "res_id": self.lead.id}
        )
        self.partner.email = "claude@client.example.org"
        self.company.esign_own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        action = self.env["ir.actions.server"].create(
            {"name": "Send", "model_id": self.env["ir.model"]._get_id("crm.lead"), "state": "esign_send"}
        )  # fmt: skip
        before = self.lead.esign_request_ids
        action.sudo()._esign_send_from(self.lead.with_user(self.manager))
        action.sudo().with_user(self.manager).sudo()._esign_send_from(self.lead)
        made = self.lead.esign_request_ids - before
        self.assertTrue(made)
        self.assertEqual(set(made.mapped("state")), {"draft"})
        self.assertEqual(set(made.approval_id.mapped("state")), {"asked"})

    def test_typed_code_in_the_name_of_an_approver_approves_nothing(self):
        request = self.make_request(send=False)
        action = self.env["ir.actions.server"].create(
            {
                "name": "In his name",
                "model_id": self.env["ir.model"]._get_id("esign.request"),
                "state": "code",
                "code": f"record.with_user({self.manager.id}).sudo(False).action_send()",
            }
        )
        action.with_context(active_id=request.id, active_model=request._name).run()
        self.assertEqual((request.state, request.approval_id.state), ("draft", "asked"))

    def test_the_system_asks_in_the_senders_name(self):
        request = self.make_request(send=False)
        request.with_user(self.env.ref("base.user_root")).action_send()
        self.assertEqual(request.approval_id.asked_by_id, self.rep)

    # --- asking again ----------------------------------------------------------------------------------------------

    def test_sending_twice_says_whom_it_waits_for(self):
        request = self.asked()
        with self.assertRaisesRegex(UserError, "Max Manager"):
            request.with_user(self.rep).action_send()

    def test_sending_after_a_change_asks_anew(self):
        request = self.asked()
        first = request.approval_id
        request.with_user(self.rep).title = "Another title"
        request.with_user(self.rep).action_send()
        self.assertEqual((first.state, request.approval_id.state), ("void", "asked"))
        self.assertNotEqual(first, request.approval_id)
        self.assertEqual(request.activity_ids.user_id, self.manager)

    def test_other_approvers_are_asked_where_the_settings_changed(self):
        request = self.asked()
        self.name_approvers(self.named)
        request.with_user(self.rep).action_send()
        self.assertEqual(request.approval_id.approver_ids, self.named)

    def test_whom_it_waits_for_having_left_is_said(self):
        self.name_approvers(self.named)
        request = self.asked()
        self.named.active = False
        with self.assertRaisesRegex(UserError, "nobody who may give it"):
            request.with_user(self.rep).action_send()
        self.company.esign_approver_ids = self.leader
        request.with_user(self.rep).action_send()
        self.assertEqual(request.approval_id.approver_ids, self.leader)

    def test_what_needs_no_approval_any_more_is_sent(self):
        request = self.asked()
        approval = request.approval_id
        self.company.esign_approval_by = "nobody"
        request.with_user(self.rep).action_send()
        self.assert_sent(request)
        self.assertEqual(approval.state, "void")
        self.assertFalse(request.activity_ids)

    def test_without_approvers_it_is_said_in_words(self):
        self.name_approvers(self.named)
        self.named.active = False
        request = self.make_request(send=False)
        with self.assertRaisesRegex(UserError, "nobody who may give it"):
            request.with_user(self.rep).action_send()
        self.company.esign_approver_ids = False
        with self.assertRaisesRegex(UserError, "nobody who may give it"):
            request.with_user(self.rep).action_send()

    def test_copy_needs_an_approval_of_its_own(self):
        request = self.make_request(send=False)
        self.manager_sends(request, esign_may_undo=True)
        draft = self.env["esign.request"].browse(
            request.with_user(self.manager).action_undo_send()["res_id"]
        )
        self.assertFalse(draft.approval_id)
        draft.with_user(self.rep).action_send()
        self.assertEqual(draft.approval_id.state, "asked")

    # --- what is told ----------------------------------------------------------------------------------------------

    def test_card_list_and_form_say_whom_it_waits_for(self):
        request = self.asked().with_user(self.rep)
        self.assertEqual(request.approval_words, "Waits for approval by Max Manager")
        self.assertEqual(request.waiting_for, "Max Manager")
        self.assertFalse(request.may_approve)
        self.assertTrue(request.with_user(self.manager).may_approve)

    def test_many_approvers_are_counted(self):
        self.name_approvers(
            *(self._user(f"n{number}", "group_user", f"N{number}") for number in range(5))
        )
        words = self.asked().approval_id.waits_for
        self.assertIn("3 others", words)

    def test_dragged_card_goes_back_and_asks_nobody(self):
        draft = self.make_request(send=False)
        stage = self.env.ref("esign_crm.esign_stage_own")
        with self.assertRaisesRegex(UserError, "press “Send”"), self.env.cr.savepoint():
            draft.with_user(self.rep).write({"stage_id": stage.id})
        self.assertFalse(draft.approval_id)
        self.assertEqual(draft.stage_id.state, "draft")
        waiting = self.asked()
        with self.assertRaisesRegex(UserError, "Max Manager"):
            waiting.with_user(self.rep).write({"stage_id": stage.id})
        draft.with_user(self.manager).write({"stage_id": stage.id})
        self.assert_sent(draft)

    def test_sending_form_says_that_it_was_not_sent(self):
        form = self.filled()
        notice = form.save().action_send()["params"]
        request = self.lead.esign_request_ids
        self.assertEqual(request.approval_id.state, "asked")
        self.assertIn("not sent", notice["title"])
        self.assertIn("Max Manager", notice["message"])
        self.lead.expected_revenue = 1
        notice = self.filled().save().action_send()["params"]
        self.assertIn("was sent", notice["title"])

    def test_nobody_writes_the_pointer_by_hand(self):
        request = self.asked()
        with self.assertRaises(AccessError):
            request.with_user(self.rep).write({"approval_id": False})
        with self.assertRaises(AccessError):
            request.with_user(self.rep).write({"approval_ids": [(0, 0, {"state": "approved"})]})

    def test_weekly_digest_names_what_waits(self):
        request = self.asked()
        sections = self.company.with_user(self.manager)._esign_digest_sections()
        rows = next(each for each in sections if each["title"] == "Waits for approval")["rows"]
        self.assertEqual([row["number"] for row in rows], [request.name])
