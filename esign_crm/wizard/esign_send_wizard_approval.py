"""What the sending form says where somebody has to approve first."""

from odoo import api, fields, models
from odoo.tools import format_amount


class EsignSendWizard(models.TransientModel):
    """Says so before one sends, and calls sending what it is; a document that waits was not sent."""

    _inherit = "esign.send.wizard"

    approval_words = fields.Char(
        string="Before it is sent", compute="_compute_approval", compute_sudo=False
    )
    asks_approval = fields.Boolean(compute="_compute_approval", compute_sudo=False)

    @api.depends(
        "lead_id.expected_revenue", "document_ids", "document_pages", "document_hashes", "template_id",
        "act_id", "act_paper_id",
    )  # fmt: skip
    @api.depends_context("uid", "lang")
    def _compute_approval(self):
        for wizard in self:
            words = wizard.document_pages and wizard._approval_needed()
            wizard.asks_approval = words and not wizard._approves_by_sending()
            wizard.approval_words = words and wizard._approval_words_of(words)

    def _approval_needed(self):
        """Return the amount in words where *Send* would ask for approval or give it; else nothing."""
        company, act = self._sending_company(), self._act_sent()
        if company.sudo().esign_approval_by == "nobody":
            return False
        papers = self.env["esign.paper"]._amounts_sudo(*self.document_hashes or ())
        papers += [(each.amount_total, each.currency_id) for each in act]
        amount, currency = company._esign_judged_amount_sudo(self.lead_id._origin, papers)
        if not company._esign_needs_approval(amount, currency):
            return False
        if amount is None:
            return self.env._("not known")
        return format_amount(self.env, amount, currency)

    def _approval_words_of(self, amount):
        """Return what to know before one presses *Send*, with who would be asked."""
        if self._approves_by_sending():
            return self.env._(
                "Needs approval, which you give by sending it. Amount: %(amount)s", amount=amount
            )
        names = self.env["esign.approval"]._names(self._sending_company()._esign_approvers_sudo())
        if not names:
            return self.env._(
                "Needs approval before it is sent, and there is nobody who may give it. Amount: %(amount)s",
                amount=amount,
            )
        return self.env._(
            "Needs approval by %(names)s before it is sent. Amount: %(amount)s",
            amount=amount,
            names=names,
        )

    def _approves_by_sending(self):
        is_by_hand = self.env["esign.request"]._is_by_hand()
        return is_by_hand and self.env.user in self._sending_company()._esign_approvers_sudo()

    def _sending_company(self):
        """Return the company that the request will be of: an act's own, where it is one."""
        return self._act_sent().company_id or self._company()

    def _closing_notice(self, request):
        """Say whom a draft waits for."""
        notice = super()._closing_notice(request)
        if request.state != "draft":
            return notice
        return notice | {
            "type": "warning",
            "title": self.env._("%(number)s is not sent yet", number=request.name),
            "message": self.env._(
                "It needs approval by %(names)s, and is sent as soon as that is given.",
                names=request.approval_id.waits_for,
            ),
            "links": [],
        }
