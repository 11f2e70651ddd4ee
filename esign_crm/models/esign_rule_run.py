"""One run of a rule for one thing that happened: queued with it, done after it, kept as the request's log."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import rule_policy
from . import esign_rule_chain
from .esign_rule import TRIGGERS
from .esign_rule_words import stop_words

STATES = [
    ("queued", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("skipped", "Nothing to do"),
    ("failed", "Failed"),
]
MOVES = {
    "queued": {"running"},
    "running": {"queued", "done", "skipped", "failed"},
    "failed": {"queued"},
}
CRONS = ("esign_crm.esign_rule_cron_run_1", "esign_crm.esign_rule_cron_run_2")


class EsignRuleRun(models.Model):
    """Written by the system only; ``state`` moves through :meth:`_set_state`.

    A rule runs once for each occasion: the unique index sees to it, whoever queues how often.
    """

    _name = "esign.rule.run"
    _inherit = "esign.queue.mixin"
    _description = "Run of a signing rule"
    _order = "id desc"
    _rec_name = "rule_name"
    _queue_busy = "running"
    _queue_crons = CRONS

    rule_id = fields.Many2one("esign.rule", ondelete="set null", index=True)
    rule_name = fields.Char(string="Rule as it was called")
    request_id = fields.Many2one("esign.request", required=True, ondelete="cascade", index=True)
    trigger = fields.Selection(TRIGGERS, string="When", required=True)
    occasion = fields.Char(
        required=True, help="What happened, once: an entry of the trail, a turn."
    )
    side = fields.Char()
    wanted = fields.Char(help="Whom the rule was for when it was queued; met then.")
    state = fields.Selection(STATES, required=True, default="queued")
    attempts = fields.Integer(default=0)
    next_try_at = fields.Datetime(string="Next try")
    claimed_at = fields.Datetime(string="Last try")
    done_at = fields.Datetime(string="Over since")
    words = fields.Char(string="What came of it")
    origin_run_id = fields.Many2one(
        "esign.rule.run", string="Set off by", ondelete="set null", index="btree_not_null"
    )
    is_stopped = fields.Boolean(
        help="Stopped because rules set each other off; not to be repeated."
    )

    _once = models.UniqueIndex("(rule_id, request_id, occasion)")
    _due_idx = models.Index("(next_try_at, id) WHERE state IN ('queued', 'running')")
    _waiting_idx = models.Index("(request_id, id) WHERE state IN ('queued', 'running')")
    _failed_idx = models.Index("(request_id) WHERE state = 'failed'")

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: runs are queued by what happens."""
        if vals_list:
            raise AccessError(self.env._("Runs are written by the rules themselves."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: runs are written by the rules themselves, through :meth:`_set_state`."""
        raise AccessError(self.env._("Runs are written by the rules themselves."))

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_retry(self):
        """Run again, now, what failed; for those who may change the request."""
        for run in self:
            run.check_access("read")
            run.request_id.check_access("write")
            if run.state != "failed" or run.is_stopped:
                raise UserError(self.env._("Only what failed can be run again."))
            run._set_state("queued", attempts=0, next_try_at=fields.Datetime.now(), done_at=False)
        self._wake()
        return True

    # --- queueing --------------------------------------------------------------------------------------------------

    @api.model
    def _queue(self, request, triggers, occasion, *, side="", origin=False):
        """Queue each rule that starts with one of ``triggers`` and is for ``request``, in the caller's transaction.

        :param triggers: what happened, in the words of rules
        :param str occasion: names it within the request, so that no rule runs for it twice
        :param str side: of the signer that it is about
        :param origin: id of the run that caused it, when not one of this transaction did
        """
        domain = [
            ("trigger", "in", triggers),
            ("company_id", "in", (False, request.sudo().company_id.id)),
        ]
        rules_sudo = (
            self.env["esign.rule"].sudo().with_context(active_test=True).search_fetch(domain)
        )
        self._queue_rules(rules_sudo, request, occasion, side=side, origin=origin)

    @api.model
    def _queue_rules(self, rules, request, occasion, *, side="", origin=False):
        """Queue those of ``rules`` that are for ``request``; the rest as :meth:`_queue`."""
        runs_sudo = self.sudo()
        origin_sudo = runs_sudo.browse(esign_rule_chain.cause(self.env.cr) or origin or ()).exists()
        for rule_sudo in rules.sudo():
            if not rule_sudo._mismatch(request.sudo(), side):
                due = runs_sudo._first_try_at(rule_sudo, request.sudo())
                about = {"request_id": request.id, "occasion": occasion, "side": side or None}
                runs_sudo._insert(
                    rule_sudo.with_context(lang=rule_sudo.user_id.lang),
                    about | {"next_try_at": due},
                    origin_sudo,
                )
                self._wake(due)
        request.invalidate_recordset(["rule_run_ids", "rule_failure"], flush=False)

    @api.model
    def _first_try_at(self, rule, request):
        """Return when the rule may run: at once, but what is sent only when it cannot be undone any more."""
        now = fields.Datetime.now()
        if rule.trigger == "sent" and request.undo_until:
            return max(now, request.undo_until)
        return now

    @api.model
    def _hasten(self, request):
        """Let what waits for the end of the time to undo run at once."""
        now = fields.Datetime.now()
        waiting = [
            ("request_id", "=", request.id),
            ("state", "=", "queued"),
            ("trigger", "=", "sent"),
            ("attempts", "=", 0),
            ("next_try_at", ">", now),
        ]
        runs_sudo = self.sudo().search(waiting)
        runs_sudo._write_sudo({"next_try_at": now})
        if runs_sudo:
            self._wake()

    @api.model
    def _insert(self, rule, about, origin):
        """Write one row, if this rule has none for this occasion; one that would go in circles is stopped at once."""
        chain = origin._chain_rules().with_env(rule.env)
        stop = rule_policy.why_not_in_chain(rule.id, chain.ids)
        now = fields.Datetime.now()
        row = about | {
            "rule_id": rule.id,
            "rule_name": rule.display_name,
            "trigger": rule.trigger,
            "wanted": rule._wanted().fingerprint(),
            "origin_run_id": origin.id or None,
            "attempts": 0,
            "is_stopped": bool(stop),
            "state": "failed" if stop else "queued",
            "words": stop_words(rule.env, stop, rule, chain) if stop else None,
            "next_try_at": None if stop else about["next_try_at"],
            "done_at": now if stop else None,
            "create_date": now,
            "create_uid": self.env.uid,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO esign_rule_run (%s) VALUES %s ON CONFLICT DO NOTHING",
                SQL(", ").join(map(SQL.identifier, row)),
                tuple(row.values()),
            )
        )

    def _chain_rules(self):
        """Return the rules of this run and of those that led to it, first cause first."""
        rules, run = [], self
        while run and len(rules) <= rule_policy.MAX_DEPTH:
            rules.append(run.rule_id.id)
            run = run.origin_run_id
        return self.env["esign.rule"].sudo().browse([each for each in reversed(rules) if each])

    # --- the one door of the state ---------------------------------------------------------------------------------

    def _set_state(self, state, **values):
        """Move to ``state`` with the ``values`` that belong to the move. The only writer.

        :raises UserError: the move is not one of the state machine's
        """
        labels = dict(STATES)
        for run in self:
            if state not in MOVES.get(run.state, ()):
                raise UserError(
                    self.env._(
                        "A run cannot go from “%(old)s” to “%(new)s”.",
                        old=labels[run.state], new=labels[state],
                    )
                )  # fmt: skip
        if state in ("done", "skipped", "failed"):
            values = {"next_try_at": False, "done_at": fields.Datetime.now()} | values
        self._write_sudo(values | {"state": state})

    def _write_sudo(self, values):
        """Write past the refusal of :meth:`write`; runs belong to nobody, hence the sudo."""
        return super(EsignRuleRun, self.sudo()).write(values)
