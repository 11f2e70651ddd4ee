"""Whether a party has agreed to sign electronically, and whether it must have."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError

from .guards import passes_door, refuse_system_fields, through_door, without_defaults

# Of the whole entry: what the product's own steps write, and nobody by hand.
SYSTEM_FIELDS = {"agreement_request_id", "email_typed_by", "phone_typed_by", "address_typed_at"}


class EsignParty(models.Model):
    """The agreement on e-signature between our company and the party."""

    _inherit = "esign.party"

    agreement = fields.Selection(
        [
            ("none", "None"),
            ("paper", "Signed on paper"),
            ("accession", "By accession (clause accepted when signing)"),
            ("elsewhere", "Signed elsewhere"),
            ("here", "Signed here, by a request"),
        ],
        string="Agreement on e-signature",
        required=True,
        default="none",
        tracking=True,
    )
    agreement_on = fields.Date(string="Agreed on", tracking=True)
    agreement_file = fields.Binary(string="Signed agreement", attachment=True, copy=False)
    agreement_file_name = fields.Char(string="Name of the agreement's file", copy=False)
    agreement_request_id = fields.Many2one(
        "esign.request",
        string="Signed as",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The request by which the party signed the agreement.",
    )
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

    @api.constrains("agreement", "agreement_request_id")
    def _check_agreement_request(self):
        for party in self:
            if party.agreement == "here" and not party.agreement_request_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: no request says that this party signed the agreement here.",
                        name=party.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what only the product's own steps write, such as the request of an agreement."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        parties = without_defaults(self, SYSTEM_FIELDS)
        return super(EsignParty, parties).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Refuse what only the product's own steps write, such as the request of an agreement."""
        if SYSTEM_FIELDS & vals.keys() and not passes_door(self):
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        return super().write(vals)

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
        return self._missing_agreement_problem(self.sudo().company_id, self.country_id)

    @api.model
    def _missing_agreement_problem(self, company, country):
        """Return what :meth:`_agreement_problem` does for somebody without an agreement, in the directory or not.

        :param country: where the person is, empty: that of ``company``
        """
        company_sudo = company.sudo()  # a setting that senders go by
        policy = company_sudo._esign_agreement_policy(country or company_sudo.country_id)
        return {"warn": "agreement_advised", "demand": "agreement_missing"}.get(policy, "")

    # --- agreements signed here -----------------------------------------------------------------------------------

    def _agree_by_sudo(self, request):
        """Note that these parties signed the agreement by ``request``; one on paper stays what counts.

        Called when the last one has signed, as whoever that is: he may change no party, hence the superuser, in whose name
        and the company's language the change is noted.
        """
        agreeing_sudo = self.with_user(SUPERUSER_ID).with_context(lang=request._note_lang())
        agreeing_sudo = agreeing_sudo.filtered(lambda party: party.agreement != "paper")
        through_door(agreeing_sudo).write(
            {
                "agreement": "here",
                "agreement_on": fields.Date.context_today(self),
                "agreement_request_id": request.id,
            }
        )

    @api.model
    def _disagree_by_sudo(self, request):
        """Drop the agreement that ``request`` was, because it was withdrawn; parties of others too, hence the sudo."""
        agreed_sudo = self.sudo().with_context(active_test=False)
        agreed_sudo = agreed_sudo.search([("agreement_request_id", "=", request.id)])
        here_sudo = agreed_sudo.filtered(lambda party: party.agreement == "here")
        here_sudo.write({"agreement": "none", "agreement_on": False})
        through_door(agreed_sudo).write({"agreement_request_id": False})
