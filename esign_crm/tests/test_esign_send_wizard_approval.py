"""What the sending form says of approval before one sends."""

from odoo.tests import Form, tagged

from .act_common import EsignActCommon
from .approval_common import ApprovalCommon
from .send_common import SendCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizardApproval(ApprovalCommon, SendCommon, EsignActCommon):
    """The form of a deal over 12 000, where managers approve above 10 000."""

    def assert_says(self, form, *words):
        self.assertTrue(form.asks_approval)
        for each in words:
            self.assertIn(each, form.approval_words)

    def assert_silent(self, form):
        self.assertFalse(form.asks_approval)
        self.assertFalse(form.approval_words)

    def test_chosen_document_is_said_to_need_approval_and_by_whom(self):
        form = self.open()
        self.assert_silent(form)
        self.upload(form)
        self.assert_says(form, "12,000.00", "Max Manager")

    def test_document_below_the_amount_is_said_nothing_of(self):
        self.lead.expected_revenue = 10_000
        self.assert_silent(self.filled())
        self.lead.expected_revenue = 12_000
        self.company.esign_approval_by = "nobody"
        self.assert_silent(self.filled())

    def test_printed_paper_is_judged_by_its_own_amount(self):
        self.lead.expected_revenue = 5
        act = self.make_act([("Works", 1, 11_000, 0)])
        act._prepare_paper()
        form = self.filled()
        self.assert_silent(form)
        form.document_ids.clear()
        self.upload(form, act._pdf_bytes(), "act.pdf")
        self.assert_says(form, "11,000.00")

    def test_act_is_judged_by_its_total(self):
        self.lead.expected_revenue = 5
        action = self.make_act([("Works", 1, 11_000, 0)]).action_send_for_signature()
        self.env.cr.execute(
            "DELETE FROM esign_paper"
        )  # one that was printed before they were noted
        self.env["esign.paper"].invalidate_model()
        wizards = self.env["esign.send.wizard"].with_user(self.rep)
        self.assert_says(Form(wizards.with_context(**action["context"])), "11,000.00")

    def test_unknown_amount_is_called_so(self):
        self.lead.expected_revenue = 0
        self.assert_says(self.filled(), "not known", "Max Manager")

    def test_nobody_who_may_approve_is_said(self):
        self.name_approvers(self.named)
        self.named.active = False
        self.assert_says(self.filled(), "nobody who may give it")

    def test_approver_is_told_that_his_sending_is_the_approval(self):
        self.name_approvers(self.rep)
        form = self.filled()
        self.assertFalse(form.asks_approval)
        self.assertIn("you give by sending", form.approval_words)

    def test_what_the_form_says_is_what_sending_does(self):
        for revenue in (12_000, 9_000):
            self.lead.expected_revenue = revenue
            form = self.filled()
            says = form.asks_approval
            request = self.sent(form)
            self.assertEqual(says, request.state == "draft")
            self.assertEqual(says, bool(request.approval_id))
