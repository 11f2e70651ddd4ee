"""How long signing takes and how much of it succeeds, for graphs and pivot tables."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import signing_time
from .esign_request import CLOSED_STATES


class EsignRequest(models.Model):
    """Figures whose averages leave out what has no figure yet."""

    _inherit = "esign.request"

    own_hours = fields.Float(
        string="Hours, our side",
        compute="_compute_hours",
        store=True,
        copy=False,
        aggregator="avg",
        help="From our side's first invitation to its last signature; 0 while one is missing.",
    )
    client_hours = fields.Float(
        string="Hours, client",
        compute="_compute_hours",
        store=True,
        copy=False,
        aggregator="avg",
        help="From the client's first invitation to the last signature; 0 while one is missing.",
    )
    completion_rate = fields.Float(
        string="Completion rate",
        compute="_compute_completion_rate",
        aggregator="avg",
        help="Of the requests that have ended, those that everybody signed.",
    )

    @api.depends("signer_ids.signed_at", "signer_ids.first_invited_at", "signer_ids.state")
    def _compute_hours(self):
        for request in self:
            for side in ("own", "client"):
                asked = request.signer_ids.filtered(
                    lambda each, side=side: (each.kind, each.side) == ("signer", side)
                )
                turns = [
                    signing_time.Turn(signer.first_invited_at, signer.signed_at)
                    for signer in asked._acting()
                ]
                handed_over = (asked - asked._acting()).mapped("first_invited_at")
                request[f"{side}_hours"] = signing_time.hours(turns, handed_over)

    @api.depends("state")
    def _compute_completion_rate(self):
        for request in self:
            request.completion_rate = 1.0 if request.state == "done" else 0.0

    def _read_group_select(self, aggregate_spec, query):
        """Average over requests that have the figure: an unsigned one took no zero hours."""
        name, _, how = aggregate_spec.partition(":")
        if how == "avg" and name in ("own_hours", "client_hours"):
            column = self._field_to_sql(self._table, name, query)
            return SQL("AVG(%s) FILTER (WHERE %s > 0)", column, column)
        if aggregate_spec == "completion_rate:avg":
            state = self._field_to_sql(self._table, "state", query)
            return SQL(
                "AVG(CASE WHEN %s = 'done' THEN 1.0 ELSE 0.0 END) FILTER (WHERE %s IN %s)",
                state, state, CLOSED_STATES,
            )  # fmt: skip
        return super()._read_group_select(aggregate_spec, query)
