"""How a rule reads."""

from odoo import api, models

from .esign_rule import SIGNER_TRIGGERS, TIME_TRIGGERS


class EsignRule(models.Model):
    """When … for … then …, in the reader's language."""

    _inherit = "esign.rule"

    @api.depends(
        "trigger", "days", "side", "template_ids", "team_ids", "stage_ids", "amount_from", "amount_to", "action",
        "target_stage_id", "lost_reason_id", "assigned_user_id", "activity_type_id", "activity_summary", "server_action_id", "endpoint_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            conditions = "; ".join(rule._condition_words())
            rule.sentence = self.env._(
                "When %(when)s%(conditions)s: %(then)s",
                when=rule._when_words(),
                conditions=f" ({conditions})" if conditions else "",
                then=rule._then_words(),
            )

    def _when_words(self):
        """Return the clause after *when*."""
        if self.trigger == "not_opened":
            return self.env._(
                "a signer has not looked at the document for %(days)s days", days=self.days
            )
        if self.trigger == "own_idle":
            return self.env._("our side has not signed for %(days)s days", days=self.days)
        return self._label("trigger")

    def _condition_words(self):
        """Return what limits the rule, each in words."""
        words = []
        if self.side and self.trigger in SIGNER_TRIGGERS:
            words.append(self._label("side"))
        if self.template_ids:
            words.append(self.env._("template: %(names)s", names=self._names("template_ids")))
        if self.team_ids:
            words.append(self.env._("sales team: %(names)s", names=self._names("team_ids")))
        if self.stage_ids:
            words.append(self.env._("stage: %(names)s", names=self._names("stage_ids")))
        if self.amount_from:
            words.append(self.env._("from %(amount)s", amount=f"{self.amount_from:,.2f}"))
        if self.amount_to:
            words.append(self.env._("up to %(amount)s", amount=f"{self.amount_to:,.2f}"))
        return words

    def _then_words(self):
        """Return the clause that says what is done."""
        what = {
            "move": self.target_stage_id.display_name,
            "lost": self.lost_reason_id.display_name,
            "assign": self.assigned_user_id.display_name,
            "activity": self.activity_summary or self.activity_type_id.display_name,
            # the name of what was released is no secret, whoever reads the rule
            "server_action": self.server_action_id.sudo().name,
            "webhook": self.endpoint_id.sudo().name,
        }.get(self.action)
        return self._said_of(what) if what else self._label("action")

    def _said_of(self, what):
        """Return the clause of an action that names something."""
        return {
            "move": self.env._("move the deal to “%(stage)s”", stage=what),
            "lost": self.env._("mark the deal as lost (%(reason)s)", reason=what),
            "assign": self.env._("assign the deal to %(name)s", name=what),
            "activity": self.env._("schedule the activity “%(name)s”", name=what),
            "server_action": self.env._("run the server action “%(name)s”", name=what),
            "webhook": self.env._("call the webhook “%(name)s”", name=what),
        }[self.action]

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    def _names(self, name):
        return ", ".join(self[name].mapped("display_name"))

    def _is_timed(self):
        """Tell whether the rule waits for days to pass and not for something to happen."""
        return self.trigger in TIME_TRIGGERS
