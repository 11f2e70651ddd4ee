"""A rule of automation: when something happens in signing, something happens to the deal."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import rule_policy
from .guards import without_defaults

TRIGGERS = [
    ("sent", "a request is sent"),
    ("own_signed", "our side has signed"),
    ("signer_signed", "a signer has signed"),
    ("all_signed", "everybody has signed"),
    ("page_shown", "a signer looks at the document"),
    ("declined", "a signer declines"),
    ("expired", "the deadline has passed"),
    ("bounced", "a message to a signer does not arrive"),
    ("not_opened", "a signer has not looked at the document for some days"),
    ("own_idle", "our side has not signed for some days"),
]
TIME_TRIGGERS = ("not_opened", "own_idle")
# Whose events belong to one signer, so that his side can be asked for.
SIGNER_TRIGGERS = ("signer_signed", "page_shown", "declined", "bounced", "not_opened")
ACTIONS = [
    ("move", "move the deal to a stage"),
    ("won", "mark the deal as won"),
    ("lost", "mark the deal as lost"),
    ("assign", "assign the deal to somebody"),
    ("activity", "schedule an activity"),
    ("note", "write a note"),
    ("server_action", "run a server action"),
    ("webhook", "call a webhook"),
]
# What each action cannot do without.
NEEDED = {
    "assign": "assigned_user_id",
    "activity": "activity_type_id",
    "note": "note",
    "server_action": "server_action_id",
    "webhook": "endpoint_id",
}
# What changes nothing of what a rule does: whoever writes only these does not become its owner.
FREE_FIELDS = {"name", "sequence"}


class EsignRule(models.Model):
    """Read as a sentence: when, for what, then.

    A rule acts with the rights of its owner, ``user_id``. So whoever changes what it does becomes its owner, unless he is
    an administrator of e-signature: nobody gets more done by a rule than he may do himself.
    """

    _name = "esign.rule"
    _description = "Signing rule"
    _order = "sequence, id"

    name = fields.Char(string="Own name", translate=True)
    sentence = fields.Char(compute="_compute_sentence", string="Rule")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Runs as",
        default=lambda self: self.env.user,
        ondelete="set null",
        domain=[("share", "=", False)],
        help="The rule does what this person may do, no more.",
    )

    trigger = fields.Selection(
        TRIGGERS, string="When", required=True, default="own_signed", index=True
    )
    days = fields.Integer(default=2)
    side = fields.Selection([("own", "of our side"), ("client", "of the client")], string="Whose")
    template_ids = fields.Many2many("esign.template", string="Templates", ondelete="restrict")
    team_ids = fields.Many2many(
        "crm.team",
        string="Sales teams",
        ondelete="restrict",  # without it the rule would be for all of them
    )
    stage_ids = fields.Many2many(
        "crm.stage", "esign_rule_stage_rel", string="Deal stages", ondelete="restrict"
    )
    amount_from = fields.Float(string="Amount from")
    amount_to = fields.Float(string="Amount up to")

    action = fields.Selection(ACTIONS, string="Then", required=True, default="move")
    target_stage_id = fields.Many2one("crm.stage", string="To stage", ondelete="set null")
    lost_reason_id = fields.Many2one("crm.lost.reason", ondelete="set null")
    assigned_user_id = fields.Many2one(
        "res.users", string="To whom", ondelete="set null", domain=[("share", "=", False)]
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        ondelete="set null",
        domain=[("res_model", "in", (False, "crm.lead"))],
        default=lambda self: self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False),
    )
    activity_summary = fields.Char(string="Summary")
    activity_days = fields.Integer(string="Due in days", default=0)
    activity_for = fields.Selection(
        [
            ("rep", "the sender of the request"),
            ("deal", "the deal's salesperson"),
            ("leader", "the team leader"),
            ("owner", "the rule's owner"),
            ("user", "a certain person"),
        ],
        string="For whom",
        default="rep",
    )
    activity_user_id = fields.Many2one(
        "res.users", string="Person", ondelete="set null", domain=[("share", "=", False)]
    )
    note = fields.Text(help="Written as it stands here.")
    server_action_id = fields.Many2one(
        "ir.actions.server",
        string="Server action",
        ondelete="set null",
        domain=[("is_esign_released", "=", True)],
        help="One of those that an administrator released for rules.",
    )

    endpoint_id = fields.Many2one(
        "esign.endpoint",
        string="Webhook",
        ondelete="set null",
        domain=[("is_released", "=", True)],
        help="One of the endpoints that an administrator released for rules.",
    )

    run_ids = fields.One2many("esign.rule.run", "rule_id", string="Runs")

    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A rule that waits needs at least one day."
    )
    _amounts = models.Constraint(
        "CHECK (amount_to = 0 OR amount_to >= amount_from)",
        "The amount up to which a rule applies is lower than the one from which it does.",
    )

    @api.depends("name", "sentence")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.name or rule.sentence

    @api.constrains("action", *NEEDED.values(), "activity_for", "activity_user_id")
    def _check_complete(self):
        """Refuse an action without what it needs; a stage may be missing, as people delete stages."""
        for rule in self:
            field = NEEDED.get(rule.action)
            if field and not rule[field]:
                raise ValidationError(
                    self.env._("“%(rule)s”: something is missing: %(field)s.",
                               rule=rule.display_name, field=self._fields[field]._description_string(self.env))
                )  # fmt: skip
            if (
                rule.action == "activity"
                and rule.activity_for == "user"
                and not rule.activity_user_id
            ):
                raise ValidationError(self.env._("Choose the person who gets the activity."))

    @api.constrains("action", "server_action_id", "endpoint_id")
    def _check_released(self):
        """Refuse what was not released; whether it was is for us to check, whatever the caller may read."""
        for rule_sudo in self.sudo():
            action, endpoint = rule_sudo.server_action_id, rule_sudo.endpoint_id
            if rule_sudo.action == "server_action" and not action.is_esign_released:
                raise ValidationError(
                    self.env._(
                        "Only server actions that an administrator released can be run by rules."
                    )
                )
            if rule_sudo.action == "webhook" and not (endpoint.active and endpoint.is_released):
                raise ValidationError(
                    self.env._(
                        "Only webhooks that an administrator released can be called by rules."
                    )
                )

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Make the creator the owner; only an administrator may name somebody else.

        :raises AccessError: the owner is somebody else
        """
        for vals in vals_list:
            self._check_owner(vals)
        rules = super(EsignRule, without_defaults(self, {"user_id"})).create(vals_list)
        rules.with_env(self.env)._check_all_companies()
        return rules.with_env(self.env)

    def write(self, vals):
        """Make whoever changes what a rule does its owner, unless he is an administrator.

        :raises AccessError: the new owner is somebody else
        """
        self._check_owner(vals)
        if vals.keys() - (FREE_FIELDS - {"active"}):
            self._check_all_companies()
        free = FREE_FIELDS if vals.get("active", True) else FREE_FIELDS | {"active"}
        if vals.keys() - free and not self._is_administrator():
            vals = {**vals, "user_id": self.env.uid}
        result = super().write(vals)
        if "company_id" in vals:
            self._check_all_companies()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_all_companies(self):
        """Keep the rules that other companies live by."""
        self._check_all_companies()

    def copy(self, default=None):
        """Let a copy belong to whoever made it."""
        return super().copy({"user_id": self.env.uid, **(default or {})})

    def _is_administrator(self):
        return self.env.user.has_group("esign_crm.group_admin")

    def _check_owner(self, vals):
        """Check who is to own the rule.

        :raises AccessError: somebody else than the caller, who is no administrator
        :raises UserError: nobody whose rights a rule could have
        """
        if "user_id" not in vals or vals["user_id"] == self.env.uid:
            return
        if not self._is_administrator():
            raise AccessError(
                self.env._(
                    "A rule runs as yourself: only an administrator may choose another person."
                )
            )
        owner_sudo = self.env["res.users"].sudo().browse(vals["user_id"] or ())
        if (
            not owner_sudo
            or not owner_sudo._is_internal()
            or not owner_sudo.has_group("esign_crm.group_user")
        ):
            raise UserError(
                self.env._(
                    "A rule runs as a colleague who has rights of e-signature: choose one of them."
                )
            )

    def _check_all_companies(self):
        """Refuse to touch a rule of all companies to those who do not work in all of them; administrators may."""
        shared = self.filtered(lambda rule: not rule.company_id)
        if not shared or self.env.su or self._is_administrator():
            return
        count_sudo = self.env["res.company"].sudo().search_count([])
        if len(self.env.user.company_ids) < count_sudo:
            raise AccessError(
                self.env._(
                    "“%(rule)s” is for all companies: make one of your own for your company instead.",
                    rule=shared[0].display_name,
                )
            )

    # --- whom it is for --------------------------------------------------------------------------------------------

    def _wanted(self):
        """Return whom the rule is for, as a plain value."""
        self.ensure_one()
        return rule_policy.Wanted(
            company_id=self.company_id.id or 0,
            template_ids=frozenset(self.template_ids.ids),
            team_ids=frozenset(self.team_ids.ids),
            stage_ids=frozenset(self.stage_ids.ids),
            amount_from=self.amount_from,
            amount_to=self.amount_to,
            side=(self.trigger in SIGNER_TRIGGERS and self.side) or "",
        )

    def _mismatch(self, request, side):
        """Return the word of the condition that ``request`` does not meet, nothing when all are met.

        :param str side: of the signer that the event is about; empty when it is about none
        """
        lead = request.lead_id
        facts = rule_policy.Facts(
            company_id=request.company_id.id,
            side=side or "",
            template_id=request.template_id.id or 0,
            team_id=(lead.team_id if lead else request.team_id).id or 0,
            has_deal=bool(lead),
            stage_id=lead.stage_id.id or 0,
            amount=lead.expected_revenue,
        )
        return rule_policy.mismatch(self._wanted(), facts)
