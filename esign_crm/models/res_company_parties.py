"""What a company sets for its party directory."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

DEMANDING = "BY,RU"  # where a simple e-signature needs an agreement


class ResCompany(models.Model):
    """Agreements by country, warnings of authorities that end."""

    _inherit = "res.company"

    esign_agreement_policy = fields.Selection(
        [
            ("ignore", "Send without a word"),
            ("warn", "Warn the sender"),
            ("demand", "Do not send"),
        ],
        string="Without an agreement on e-signature",
        default="ignore",
        required=True,
        help="For parties of all countries but those named below.",
    )
    # Codes in a column: companies that exist already get its default too.
    esign_agreement_warn_codes = fields.Char()
    esign_agreement_demand_codes = fields.Char(default=DEMANDING)
    esign_agreement_warn_country_ids = fields.Many2many(
        "res.country",
        string="Warn in these countries",
        compute="_compute_esign_agreement_countries",
        inverse="_inverse_esign_agreement_countries",
    )
    esign_agreement_demand_country_ids = fields.Many2many(
        "res.country",
        string="Demand one in these countries",
        compute="_compute_esign_agreement_countries",
        inverse="_inverse_esign_agreement_countries",
    )
    esign_authority_notice_days = fields.Integer(
        string="Notice before an authority ends",
        default=30,
        help="Days before the end of an authority that whoever keeps the party is told; 0 tells on its end only.",
    )

    _esign_authority_notice_range = models.Constraint(
        "CHECK (esign_authority_notice_days BETWEEN 0 AND 365)",
        "The notice comes 0 to 365 days before the end.",
    )

    @api.depends("esign_agreement_warn_codes", "esign_agreement_demand_codes")
    def _compute_esign_agreement_countries(self):
        countries = self.env["res.country"]
        for company in self:
            for kind in ("warn", "demand"):
                codes = (company[f"esign_agreement_{kind}_codes"] or "").split(",")
                found = countries.search([("code", "in", codes)])
                company[f"esign_agreement_{kind}_country_ids"] = found

    def _inverse_esign_agreement_countries(self):
        for company in self:
            company.write(
                {
                    f"esign_agreement_{kind}_codes": ",".join(
                        company[f"esign_agreement_{kind}_country_ids"].mapped("code")
                    )
                    for kind in ("warn", "demand")
                }
            )

    def _esign_authority_domain(self, state):
        """Return the domain of the company's parties whose authority is ``open``, ``valid``, ``ending`` or ``expired``."""
        today = fields.Date.context_today(self)
        near = today + timedelta(days=self.esign_authority_notice_days or -1)
        endless = Domain("authority_kind", "=", "self")
        if state == "open":
            return Domain("company_id", "=", self.id) & (
                endless | Domain("authority_until", "=", False)
            )
        return (
            Domain("company_id", "=", self.id)
            & ~endless
            & {
                "valid": Domain("authority_until", ">", max(near, today - timedelta(days=1))),
                "ending": Domain("authority_until", ">=", today)
                & Domain("authority_until", "<=", near),
                "expired": Domain("authority_until", "<", today),
            }.get(state, Domain.FALSE)
        )

    def _esign_agreement_policy(self, country):
        """Return ``ignore``, ``warn`` or ``demand`` for parties of ``country``.

        Senders go by it who may not read the company, hence the sudo.
        """
        self.ensure_one()
        company_sudo = self.sudo()
        for policy in ("demand", "warn"):
            codes = company_sudo[f"esign_agreement_{policy}_codes"] or ""
            if country.code and country.code in codes.split(","):
                return policy
        return company_sudo.esign_agreement_policy
