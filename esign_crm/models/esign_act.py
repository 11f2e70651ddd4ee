"""The act of completed works that is made from a deal."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import act_totals
from ..tools.amount_in_words import amount_in_words
from ..tools.languages import ENGLISH, NAMES
from .guards import (
    passes_door,
    refuse_system_fields,
    through_door,
    with_defaults,
    without_defaults,
)

PRINT_STATES = [
    ("none", "Not printed yet"),
    ("queued", "Being printed"),
    ("ready", "Printed"),
    ("failed", "Could not be printed"),
]
# What only the act itself writes.
SYSTEM_FIELDS = {
    "number", "version", "previous_id", "print_state", "print_error", "paper_digest", "pdf",
    "page_count", "places", "request_id", "amount_untaxed", "amount_tax", "amount_total",
}  # fmt: skip
# Who looks after it may change at any time.
FREE_FIELDS = {"user_id", "team_id", "lead_id"}
FROM_DEAL = {"store": True, "readonly": False, "precompute": True, "compute_sudo": False}


class EsignAct(models.Model):
    """What was done for a client and what it costs, in the client's language.

    Once a request was made from it, an act no longer changes: a corrected one is a new version.
    """

    _name = "esign.act"
    _description = "Act of completed works"
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True

    number = fields.Char(readonly=True, copy=False, index=True)
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    previous_id = fields.Many2one(
        "esign.act", string="Corrects", readonly=True, copy=False, ondelete="restrict", index=True
    )
    next_ids = fields.One2many("esign.act", "previous_id", string="Corrected by")
    lead_id = fields.Many2one(
        "crm.lead", string="Deal", required=True, ondelete="cascade", index=True, check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="restrict", index=True,
        check_company=True, compute="_compute_partner_id", **FROM_DEAL,
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company", string="Our company", required=True, index=True,
        compute="_compute_company_id", **FROM_DEAL,
    )  # fmt: skip
    user_id = fields.Many2one(
        "res.users", string="Made by", index=True, default=lambda self: self.env.user, ondelete="set null"
    )  # fmt: skip
    team_id = fields.Many2one(
        "crm.team", string="Sales team", index=True, ondelete="set null",
        compute="_compute_team_id", **FROM_DEAL,
    )  # fmt: skip
    lang = fields.Selection(
        list(NAMES.items()), string="Language", required=True, compute="_compute_lang", **FROM_DEAL
    )
    date = fields.Date(required=True, default=fields.Date.context_today, copy=True)
    period_from = fields.Date(string="Works from")
    period_to = fields.Date(string="Works until")
    basis = fields.Char(
        string="On the basis of", help="For example the contract's number and date."
    )
    notes = fields.Text(help="Printed below the total, as it stands here.")
    origin = fields.Char(string="Lines taken from", copy=False)
    line_ids = fields.One2many("esign.act.line", "act_id", string="Lines", copy=True)

    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        ondelete="restrict",
        compute="_compute_currency_id",
        **FROM_DEAL,
    )
    amount_untaxed = fields.Monetary(string="Without tax", compute="_compute_amounts", store=True)
    amount_tax = fields.Monetary(string="Tax", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(string="Total", compute="_compute_amounts", store=True)
    amount_words = fields.Char(string="Total in words", compute="_compute_amount_words")

    _number_unique = models.UniqueIndex(
        "(company_id, number, version) WHERE number IS NOT NULL", "This act's number is taken."
    )
    _notes_length = models.Constraint(
        "CHECK (length(notes) <= 20000)", "The notes of an act have at most 20000 letters."
    )
    _period = models.Constraint(
        "CHECK (period_to >= period_from)", "The works end before they begin."
    )

    # --- defaults of the deal --------------------------------------------------------------------------------------

    @api.depends("lead_id")
    def _compute_partner_id(self):
        for act in self:
            act.partner_id = act.partner_id or act.lead_id.partner_id

    @api.depends("lead_id")
    def _compute_company_id(self):
        for act in self:
            act.company_id = act.company_id or act.lead_id.company_id or self.env.company

    @api.depends("lead_id")
    def _compute_team_id(self):
        for act in self:
            act.team_id = act.team_id or act.lead_id.team_id

    @api.depends("company_id")
    def _compute_currency_id(self):
        for act in self:
            act.currency_id = act.currency_id or act.company_id.currency_id

    @api.depends("partner_id")
    def _compute_lang(self):
        for act in self:
            known = (
                act.partner_id._esign_party_with(lambda each: each.lang).lang,
                act.partner_id.lang,
                act.lead_id.lang_id.code,
                self.env.user.lang,
            )
            act.lang = next((code for code in known if code in NAMES), ENGLISH)

    # --- sums ------------------------------------------------------------------------------------------------------

    @api.depends(
        "line_ids.quantity", "line_ids.price", "line_ids.tax_percent", "currency_id", "company_id"
    )
    def _compute_amounts(self):
        for act in self:
            found = act._totals()
            act.amount_untaxed = float(found.net)
            act.amount_tax = float(found.tax)
            act.amount_total = float(found.total)

    @api.depends("amount_total", "currency_id", "lang")
    def _compute_amount_words(self):
        for act in self:
            is_sum = act.currency_id and act.line_ids and act.amount_total >= 0
            act.amount_words = is_sum and amount_in_words(
                act_totals.exact(act.amount_total),
                act.currency_id.name,
                act.lang or ENGLISH,
                act.currency_id.decimal_places,
            )

    def _totals(self):
        """Return the sums (``tools.act_totals.Totals``), rounded the way the company rounds its taxes."""
        lines = [(line.quantity, line.price, line.tax_percent) for line in self.line_ids]
        by_line = self.company_id._esign_rounds_by_line()
        return act_totals.totals(lines, self.currency_id.decimal_places, by_line=by_line)

    @api.depends("number", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for act in self:
            if not act.number:
                act.display_name = self.env._("Act without a number")
            elif act.version > 1:
                act.display_name = self.env._(
                    "Act %(number)s, version %(version)s", number=act.number, version=act.version
                )
            else:
                act.display_name = self.env._("Act %(number)s", number=act.number)

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what the system alone writes, and deals that the caller may not change."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
            self._check_deal(with_defaults(self, vals))
        acts = super(EsignAct, without_defaults(self, SYSTEM_FIELDS)).create(vals_list)
        return acts.with_env(self.env)

    def write(self, vals):
        """Refuse what the system alone writes, and any change of substance once a request was made."""
        if passes_door(self):
            return super().write(vals)
        refuse_system_fields(self, SYSTEM_FIELDS, vals)
        self._check_deal(vals)
        if vals.keys() - FREE_FIELDS:
            self._before_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_open()

    def _before_change(self):
        """Refuse a change of substance to what is locked, and let what was printed before it be printed anew."""
        self._check_open()
        self.filtered(lambda act: act.print_state != "none")._forget_paper()

    def _check_deal(self, vals):
        if vals.get("lead_id"):
            self.env["crm.lead"].browse(vals["lead_id"]).check_access("write")

    def _check_open(self):
        """Refuse to touch what was made into a request or has a newer version.

        :raises UserError: one of them was; says what to do instead
        """
        for act in self:
            if act.is_locked:
                raise UserError(
                    self.env._(
                        "%(act)s was made into a request: press “Correct” on it for a new version.",
                        act=act.display_name,
                    )
                )

    def _set_system_sudo(self, **values):
        """Write what only the act itself writes, past the refusals of :meth:`write`."""
        through_door(self.sudo()).write(values)
