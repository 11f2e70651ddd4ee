"""Whose approval a company wants before a document over some amount is sent."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import approval_policy


class ResCompany(models.Model):
    """Nobody's from the start; managers' or that of named people, above an amount or always."""

    _inherit = "res.company"

    esign_approval_by = fields.Selection(
        [
            ("nobody", "Nobody: whoever sends decides"),
            ("managers", "Managers of e-signature"),
            ("named", "The people named here"),
        ],
        string="Who approves before sending",
        default="nobody",
        required=True,
    )
    esign_approver_ids = fields.Many2many(
        "res.users",
        "esign_company_approver_rel",
        string="Named for approval",
        help="Users of e-signature. They read what waits for their approval, whoever sends it.",
    )
    esign_approval_amount = fields.Monetary(
        string="Approval above",
        currency_field="currency_id",
        help="In the company's currency; 0 means every document.",
    )

    _esign_approval_amount_range = models.Constraint(
        "CHECK (esign_approval_amount >= 0)",
        "The amount above which approval is needed is 0 or more.",
    )

    @api.constrains("esign_approver_ids")
    def _check_esign_approvers(self):
        """Refuse people who could not open what they are asked about."""
        for company in self.sudo():
            for user in company.esign_approver_ids - company._esign_able_to_approve():
                raise ValidationError(
                    self.env._(
                        "%(name)s has no rights of e-signature in %(company)s, and could not approve there.",
                        name=user.name,
                        company=company.name,
                    )
                )

    def _esign_able_to_approve(self):
        """Return those of the named people who have an account and rights here today."""
        return self.esign_approver_ids.filtered(
            lambda user: (
                user.active and self in user.company_ids and user.has_group("esign_crm.group_user")
            )
        )

    def _esign_approvers_sudo(self):
        """Return who approves here today; who sends may not read settings, groups and colleagues, hence the sudo."""
        self.ensure_one()
        company_sudo = self.sudo()
        if company_sudo.esign_approval_by == "named":
            return company_sudo._esign_able_to_approve()
        if company_sudo.esign_approval_by == "managers":
            members = self.env.ref("esign_crm.group_manager").sudo().all_user_ids
            return members.filtered(
                lambda user: user.active and not user.share and self in user.company_ids
            )
        return company_sudo.esign_approver_ids.browse()

    def _esign_needs_approval(self, amount, currency):
        """Tell whether somebody has to approve a document over ``amount``, a setting all go by: sudo.

        :param amount: ``None`` where nothing is known
        """
        company_sudo = self.sudo()
        if company_sudo.esign_approval_by == "nobody":
            return False
        own = None if amount is None else company_sudo._esign_in_own_currency(amount, currency)
        return approval_policy.is_needed(own, company_sudo.esign_approval_amount)

    def _esign_judged_amount_sudo(self, lead, papers):
        """Return (amount, currency) of what a document from ``lead`` is about; ``None`` where nothing is known.

        What the paper itself carries, where it is known; else the highest of the deal's expected revenue and its
        quotations' totals. Nobody gets round an approval by what he may not read, hence the sudo.

        :param papers: (amount, currency) of what is known to stand in the document
        """
        self.ensure_one()
        company_sudo, lead_sudo = self.sudo(), lead.sudo().with_company(self)
        known = [each for each in papers if each[0]] or [
            each for each in _worth_of(lead_sudo) if each[0]
        ]
        return max(
            ((abs(amount), currency) for amount, currency in known),
            key=lambda each: company_sudo._esign_in_own_currency(*each),
            default=(None, company_sudo.currency_id),
        )

    def _esign_in_own_currency(self, amount, currency):
        """Return ``amount`` in this company's currency, by today's rate of Odoo."""
        today = fields.Date.context_today(self)
        company_sudo = self.sudo()
        return currency.sudo()._convert(amount, company_sudo.currency_id, company_sudo, today)


def _worth_of(lead):
    """Return (amount, currency) of all that a deal says of its worth."""
    if not lead:
        return []
    orders = [(order.amount_total, order.currency_id) for order in lead._esign_quotations()]
    return [(lead.expected_revenue, lead.company_currency), *orders]
