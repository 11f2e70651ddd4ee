"""Which amount a printed paper carries, wherever its bytes go."""

import hashlib
import runpy
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .act_common import EsignActCommon
from .approval_common import ApprovalCommon
from .pdf_samples import plain_pdf

MIGRATION = Path(__file__).resolve().parents[1] / "migrations" / "19.0.1.4.0" / "post-papers.py"


@tagged("post_install", "-at_install")
class TestEsignPaper(ApprovalCommon, EsignActCommon):
    """An act over 11 000 from a deal worth 5, where managers approve above 10 000."""

    def setUp(self):
        super().setUp()
        self.lead.expected_revenue = 5

    def printed(self, price=11_000):
        act = self.make_act([("Works", 1, price, 0)])
        self.assertTrue(act._prepare_paper())
        return act

    def assert_asked_over(self, request, amount):
        self.assertEqual(
            (request.state, request.approval_id.state, request.approval_id.amount),
            ("draft", "asked", amount),
        )

    def test_paper_of_an_act_uploaded_by_hand_is_judged_by_its_total(self):
        request = self.make_request(content=self.printed()._pdf_bytes())
        self.assertFalse(request.act_id)
        self.assert_asked_over(request, 11_000)

    def test_copy_with_the_same_bytes_keeps_the_amount(self):
        request = self.make_request(content=self.printed()._pdf_bytes(), send=False)
        draft = request.with_user(self.rep)._as_new_draft()
        draft.action_send()
        self.assert_asked_over(draft, 11_000)

    def test_other_paper_is_judged_by_the_deal(self):
        self.printed()
        request = self.make_request(content=plain_pdf(text="Another paper"))
        self.assertEqual(request.state, "sent")

    def test_what_stands_on_the_paper_counts_and_not_the_deal(self):
        self.lead.expected_revenue = 12_000
        small = self.printed(9_000)._pdf_bytes()
        self.assertEqual(self.make_request(content=small).state, "sent")
        self.assert_asked_over(self.make_request(content=self.printed()._pdf_bytes()), 11_000)

    def test_changed_act_is_another_paper(self):
        act = self.printed()
        before = act._pdf_bytes()
        act.line_ids.price = 12_500
        self.assertTrue(act._prepare_paper())
        self.assert_asked_over(self.make_request(content=act._pdf_bytes()), 12_500)
        self.assert_asked_over(self.make_request(content=before), 11_000)

    def test_same_paper_printed_again_is_noted_once(self):
        papers = self.env["esign.paper"]
        currency = self.company.currency_id
        for amount in (7, 7, 8):
            papers.with_user(self.rep)._note_sudo(b"%PDF-1.7", amount, currency)
        sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
        noted = papers.search([("sha256", "=", sha256)])
        self.assertEqual(sorted(noted.mapped("amount")), [7, 8])

    def test_nobody_changes_what_is_noted(self):
        self.printed()
        papers = self.env["esign.paper"].sudo()
        paper = papers.search([], limit=1)
        for change in (
            lambda: papers.create({"sha256": "0" * 64, "amount": 1, "currency_id": 1}),
            lambda: paper.write({"amount": 1}),
            paper.unlink,
        ):
            with self.assertRaises(AccessError):
                change()

    def test_update_notes_what_was_printed_before(self):
        content = self.printed()._pdf_bytes()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM esign_paper")
        self.env["esign.paper"].invalidate_model()
        runpy.run_path(str(MIGRATION))["migrate"](self.env.cr, "19.0.1.3.0")
        noted = self.env["esign.paper"]._amounts_sudo(hashlib.sha256(content).hexdigest())
        self.assertEqual(noted, [(11_000, self.company.currency_id)])
