"""What entitles a party to sign, and until when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import authority

# What has neither number nor day of issue, or no end either.
ENDLESS, UNNUMBERED = ("self",), ("self", "charter", False)
STATES = [("open", "No end"), ("valid", "Valid"), ("ending", "Ends soon"), ("expired", "Expired")]


class EsignParty(models.Model):
    """Charter, power of attorney or himself."""

    _inherit = "esign.party"

    authority_kind = fields.Selection(
        [
            ("charter", "Charter"),
            ("attorney", "Power of attorney"),
            ("self", "Acts for himself"),
        ],
        string="Authority",
        tracking=True,
        help="What entitles this person to sign.",
    )
    authority_number = fields.Char(string="Number of the power of attorney", tracking=True)
    authority_issued_on = fields.Date(string="Issued on", tracking=True)
    authority_until = fields.Date(
        string="Valid until", tracking=True, index="btree_not_null", help="The last valid day."
    )
    authority_state = fields.Selection(
        STATES, compute="_compute_authority_state", search="_search_authority_state"
    )

    _authority_dates = models.Constraint(
        "CHECK (authority_until >= authority_issued_on)",
        "An authority cannot end before it was issued.",
    )

    @api.onchange("authority_kind")
    def _onchange_authority_kind(self):
        self.update(self._fitting_authority({"authority_kind": self.authority_kind}))

    @api.model
    def _fitting_authority(self, vals):
        """Return ``vals`` without number and days that the kind of authority in them does not have."""
        if "authority_kind" not in vals:
            return vals
        kind = vals["authority_kind"] or False
        gone = ("authority_number", "authority_issued_on") if kind in UNNUMBERED else ()
        gone += ("authority_until",) if kind in ENDLESS else ()
        return vals | dict.fromkeys(gone, False)

    @api.depends("authority_kind", "authority_until", "company_id.esign_authority_notice_days")
    def _compute_authority_state(self):
        today = fields.Date.context_today(self)
        for party in self:
            days = party.sudo().company_id.esign_authority_notice_days  # a setting, not a secret
            party.authority_state = authority.state(party._authority_end(), today, days)

    def _search_authority_state(self, operator, value):
        """Search by what the dates say today; each company has its own days of notice, which anybody goes by: sudo."""
        if operator != "in":
            return NotImplemented
        companies_sudo = self.env["res.company"].sudo().search([], limit=None)
        return Domain.OR(
            company._esign_authority_domain(state) for state in value for company in companies_sudo
        )

    @api.constrains("authority_kind", "authority_number")
    def _check_authority_number(self):
        for party in self:
            if party.authority_kind == "attorney" and not party.authority_number:
                raise ValidationError(
                    self.env._("%(name)s: a power of attorney has a number.", name=party.name)
                )

    def _authority_problem(self, day=None):
        """Return ``""``, ``"authority_expired"`` or ``"authority_early"`` (not valid yet) on ``day``, today when left out.

        Called before sending, for both sides.
        """
        self.ensure_one()
        day = day or fields.Date.context_today(self)
        issued = self.authority_kind == "attorney" and self.authority_issued_on
        if authority.has_ended(self._authority_end(), day):
            return "authority_expired"
        return "" if authority.has_begun(issued or None, day) else "authority_early"

    def _authority_end(self):
        """Return the last valid day, None for no end; whoever acts for himself has none."""
        return None if self.authority_kind in ENDLESS else self.authority_until or None

    def _authority_words(self, lang=None):
        """Return the authority as documents name it, ``""`` for none.

        :param lang: language of the words; the party's own when left out
        """
        self.ensure_one()
        party = self.with_context(lang=lang or self._lang_code())
        env = party.env
        if party.authority_kind == "charter":
            return env._("the charter")
        if party.authority_kind == "self":
            return env._("acts for himself")
        return party._attorney_words() if party.authority_kind == "attorney" else ""

    def _attorney_words(self):
        number, issued, until = (
            self.authority_number,
            format_date(self.env, self.authority_issued_on),
            format_date(self.env, self.authority_until),
        )
        if issued and until:
            return self.env._(
                "power of attorney no. %(number)s of %(issued)s, valid until %(until)s",
                number=number,
                issued=issued,
                until=until,
            )
        if issued:
            return self.env._(
                "power of attorney no. %(number)s of %(issued)s", number=number, issued=issued
            )
        return self.env._("power of attorney no. %(number)s", number=number)
