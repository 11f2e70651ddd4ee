"""Whether a party has agreed to sign electronically, and whether it must have."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EsignParty(models.Model):
    """The agreement on e-signature between our company and the party."""

    _inherit = "esign.party"

    agreement = fields.Selection(
        [
            ("none", "None"),
            ("paper", "Signed on paper"),
            ("accession", "By accession (clause accepted when signing)"),
            ("elsewhere", "Signed elsewhere"),
        ],
        string="Agreement on e-signature",
        required=True,
        default="none",
        tracking=True,
    )
    agreement_on = fields.Date(string="Agreed on", tracking=True)
    agreement_file = fields.Binary(string="Signed agreement", attachment=True, copy=False)
    agreement_file_name = fields.Char(string="Name of the agreement's file", copy=False)
    agreement_words = fields.Char(compute="_compute_agreement_words")

    @api.constrains("agreement", "agreement_on")
    def _check_agreement_date(self):
        for party in self:
            if party.agreement == "paper" and not party.agreement_on:
                raise ValidationError(
                    self.env._(
                        "%(name)s: an agreement signed on paper has a date.", name=party.name
                    )
                )

    @api.depends("agreement", "side", "country_id", "company_id")
    def _compute_agreement_words(self):
        words = {
            "agreement_missing": self.env._(
                "There is no agreement on e-signature, which the company demands: nothing can be sent to this party."
            ),
            "agreement_advised": self.env._("There is no agreement on e-signature yet."),
        }
        for party in self:
            party.agreement_words = words.get(party._agreement_problem(), False)

    def _agreement_problem(self):
        """Return ``""``, ``"agreement_advised"`` (a warning) or ``"agreement_missing"`` (do not send).

        By the setting of the company for the party's country; called before sending. Our side needs none.
        """
        self.ensure_one()
        if self.side == "own" or self.agreement != "none":
            return ""
        company_sudo = self.sudo().company_id  # a setting that senders go by
        policy = company_sudo._esign_agreement_policy(self.country_id or company_sudo.country_id)
        return {"warn": "agreement_advised", "demand": "agreement_missing"}.get(policy, "")
