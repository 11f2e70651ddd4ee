"""Our own side: who may sign for which company and team, who is proposed, whose authority ends."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import authority

_logger = logging.getLogger(__name__)

ACTIVITY = "esign_crm.mail_activity_authority"


class EsignParty(models.Model):
    """Default signers of a company and its teams; warnings before an authority ends and when it has."""

    _inherit = "esign.party"

    team_ids = fields.Many2many(
        "crm.team",
        "esign_party_team_rel",
        string="Signs for the teams",
        help="Only for requests of these sales teams; empty: for all of the company.",
    )
    is_default = fields.Boolean(
        string="Proposed first",
        copy=False,
        help="Proposed as our signer in new requests of the company, or of these teams.",
    )
    authority_told = fields.Char(
        readonly=True, copy=False, help="The last warning given about this end: ending, expired."
    )

    @api.constrains("is_default", "team_ids", "company_id", "side", "active")
    def _check_one_default(self):
        """Refuse a second one who is proposed first for the same team, or for all."""
        for party in self.filtered(lambda each: each.is_default and each.active):
            same = Domain("id", "!=", party.id) & party._defaults_domain(party.company_id)
            teams = party.team_ids.ids
            rivals = Domain("team_ids", "in", teams) if teams else Domain("team_ids", "=", False)
            other = self.search(same & rivals, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(name)s is already proposed first: choose one of the two.",
                        name=other.name,
                    )
                )

    def write(self, vals):
        """Warn anew of a new end of an authority."""
        if "authority_until" not in vals:
            return super().write(vals)
        result = super().write(vals | {"authority_told": False})
        self.activity_unlink([ACTIVITY])
        return result

    # --- who signs for us ------------------------------------------------------------------------------------------

    @api.model
    def _defaults_domain(self, company):
        return (
            Domain("side", "=", "own")
            & Domain("company_id", "=", company.id)
            & Domain("is_default", "=", True)
        )

    @api.model
    def _default_own(self, company, team=None):
        """Return who is proposed to sign for ``company``: the team's own, else the company's, or none.

        Nobody whose authority has ended. Called by whoever prepares a request.
        """
        found = self.search(self._defaults_domain(company))
        able = found.filtered(lambda party: not party._authority_problem())
        of_team = able.filtered(lambda party: team and team in party.team_ids)
        return (of_team or able.filtered(lambda party: not party.team_ids))[:1]

    def _may_sign_for(self, company, team=None):
        """Tell whether this party of our side signs for ``company`` and its ``team``."""
        self.ensure_one()
        is_team_right = not self.team_ids or (team and team in self.team_ids)
        return self.side == "own" and self.company_id == company and bool(is_team_right)

    # --- ends of authorities ---------------------------------------------------------------------------------------

    @api.model
    def _cron_tell_authorities(self):
        """Tell once before and once after the end of each authority; told ones are marked in the same transaction."""
        today = fields.Date.context_today(self)
        near = Domain("authority_until", "<=", today + timedelta(days=365))
        near &= Domain("authority_kind", "!=", "self")
        for party in self.search(near & Domain("authority_told", "!=", "expired")):
            days = party.company_id.esign_authority_notice_days
            warning = authority.notice(
                party.authority_until, today, days, party.authority_told or ""
            )
            if not warning:
                continue
            try:
                with self.env.cr.savepoint():
                    party._tell_authority(warning)
            except Exception:  # the others are told all the same; this one is tried again tomorrow
                _logger.exception("party %s: its authority's end could not be told", party.id)

    def _tell_authority(self, warning):
        """Put one activity on the party for whoever keeps it, else for a manager of the company."""
        user = self._whom_to_tell()
        if not user:
            _logger.warning("party %s: nobody is there to be told of its authority's end", self.id)
            return
        env = self.with_context(lang=user.lang or "en_US").env
        day = format_date(env, self.authority_until)
        if warning == "expired":
            words = env._("The authority of %(name)s ended on %(day)s.", name=self.name, day=day)
        else:
            words = env._("The authority of %(name)s ends on %(day)s.", name=self.name, day=day)
        self.authority_told = warning
        self.activity_schedule(
            ACTIVITY,
            date_deadline=self.authority_until if warning == "ending" else None,
            summary=words,
            note=Markup("<p>%s</p>")
            % env._("Enter the new power of attorney, or choose somebody else to sign."),
            user_id=user.id,
        )

    def _whom_to_tell(self):
        """Return whoever keeps the party, else a manager of its company; never OdooBot, whose activities nobody reads."""
        if self.user_id.active and self.with_user(self.user_id).has_access("read"):
            return self.user_id
        managers = self.env.ref("esign_crm.group_manager").all_user_ids
        return managers.filtered(
            lambda each: (
                each.active and self.company_id in each.company_ids and not each._is_superuser()
            )
        )[:1]
