"""Rules that wait for days to pass."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .esign_rule import TIME_TRIGGERS
from .esign_signer import IN_TURN
from .transactions import run_alone

_logger = logging.getLogger(__name__)


class EsignRule(models.Model):
    """A turn that lasts too long sets a rule off once."""

    _inherit = "esign.rule"

    @api.model
    def _cron_clock(self):
        """Queue what the passing of days sets off; run by a cron, rule by rule in transactions of their own."""
        for rule in self.sudo().search([("trigger", "in", TIME_TRIGGERS)]):
            try:
                run_alone(
                    self.env,
                    lambda env, each=rule.id: env["esign.rule"].browse(each)._queue_turns(),
                )
            except Exception:  # the others must not wait for it
                _logger.exception("rule %s could not be queued", rule.id)

    def _queue_turns(self):
        """Queue this rule for each turn that has lasted its days."""
        for signer in self._late_turns():
            self.env["esign.rule.run"]._queue_rules(
                self, signer.request_id, self._turn_of(signer), side=signer.side
            )

    def _late_turns(self):
        """Return the signers whose turn has lasted too long and has not set this rule off yet."""
        self.env.cr.execute(
            """
            SELECT signer.id FROM esign_signer signer
            JOIN esign_request request ON request.id = signer.request_id
            WHERE signer.state = ANY(%(states)s) AND signer.kind = 'signer'
              AND signer.invited_at <= %(before)s AND request.state = 'sent'
              AND (%(side)s IS NULL OR signer.side = %(side)s)
              AND NOT EXISTS (SELECT FROM esign_rule_run run
                              WHERE run.rule_id = %(rule)s AND run.request_id = signer.request_id
                                AND run.occasion = 'turn:' || signer.id || ':'
                                    || to_char(signer.invited_at, 'YYYY-MM-DD HH24:MI:SS'))
            ORDER BY signer.invited_at, signer.id
            """,
            {
                "states": list(self._turn_states()),
                "side": "own" if self.trigger == "own_idle" else self.side or None,
                "before": fields.Datetime.now() - timedelta(days=self.days),
                "rule": self.id,
            },
        )
        return self.env["esign.signer"].sudo().browse([row[0] for row in self.env.cr.fetchall()])

    def _turn_states(self):
        """Return the states of a signer whose turn this rule watches."""
        return ("invited",) if self.trigger == "not_opened" else IN_TURN

    @api.model
    def _turn_of(self, signer):
        """Return the name of a turn, as :meth:`_late_turns` writes it: who asks anew begins another one."""
        return f"turn:{signer.id}:{fields.Datetime.to_string(signer.invited_at)}"

    def _still_waits(self, request, occasion):
        """Tell whether the turn that set this rule off still goes on; what happened cannot be undone."""
        if self.trigger == "sent":
            return request.state != "cancelled"  # undone, or cancelled before the rule's turn came
        if self.trigger not in TIME_TRIGGERS:
            return True
        turn = Domain("request_id", "=", request.id) & Domain("state", "in", self._turn_states())
        signers = self.env["esign.signer"].sudo().search(turn)
        return request.state == "sent" and occasion in map(self._turn_of, signers)
