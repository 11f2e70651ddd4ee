"""What rules do: each action in the name and with the rights of the rule's owner."""

from dateutil.relativedelta import relativedelta
from markupsafe import Markup, escape

from odoo import api, fields, models

from ..tools import rule_policy
from .esign_rule_words import RuleError, RuleSkip


class EsignRule(models.Model):
    """``self`` is read by the system; whatever is acted upon is in the owner's environment."""

    _inherit = "esign.rule"

    # --- the owner -------------------------------------------------------------------------------------------------

    def _owner_env(self, request):
        """Return the environment that a run works in: the owner himself, never the superuser.

        :raises RuleError: there is no owner, he has left, or he may not see ``request``
        """
        owner, company = self.user_id, request.company_id
        if not owner:
            raise RuleError(
                self.env._("The rule has no owner any more: choose the person it runs as.")
            )
        if not owner.active or not owner._is_internal() or owner._is_superuser():
            raise RuleError(
                self.env._(
                    "%(owner)s, as whom the rule runs, has no active account: choose another person.",
                    owner=owner.name,
                )
            )
        if company not in owner.company_ids:
            raise RuleError(
                self.env._(
                    "%(owner)s, as whom the rule runs, does not work in %(company)s.",
                    owner=owner.name, company=company.name,
                )
            )  # fmt: skip
        context = {"lang": owner.lang, "tz": owner.tz, "allowed_company_ids": company.ids}
        env = api.Environment(self.env.cr, owner.id, context, su=False)
        if not request.with_env(env).has_access("read"):
            raise self._may_not(env, request)
        return env

    def _may_not(self, env, record):
        """Return the refusal of what the owner may not do."""
        return RuleError(
            self.env._(
                "%(owner)s, as whom the rule runs, has no rights to “%(record)s”.",
                owner=env.user.name, record=record.sudo().display_name,
            )
        )  # fmt: skip

    # --- the deal --------------------------------------------------------------------------------------------------

    def _deal(self, request):
        """Return the request's deal in the environment of ``request``, the owner's.

        :raises RuleSkip: there is none
        :raises RuleError: the owner may not change it
        """
        lead = self.env["crm.lead"].browse(request.sudo().lead_id.id).with_env(request.env)
        if not lead:
            raise RuleSkip("no_deal")
        if not lead.has_access("write"):
            raise self._may_not(request.env, lead)
        return lead

    def _open_deal(self, request):
        """Return the deal, unless it is over: rules neither revive a lost deal nor touch a won one.

        :raises RuleSkip: won, lost or archived
        """
        lead = self._deal(request)
        if lead.won_status == "won":
            raise RuleSkip("won")
        if lead.won_status == "lost" or not lead.active:
            raise RuleSkip("lost")
        return lead

    # --- actions ---------------------------------------------------------------------------------------------------

    def _act(self, request, run):
        """Do what the rule says.

        :param request: in the owner's environment
        :param run: the ``esign.rule.run`` that this is
        :raises RuleSkip: there is nothing to do
        :raises UserError: it cannot be done
        """
        getattr(self, f"_do_{self.action}")(request, run)

    def _do_move(self, request, _run):
        """Move the deal on to a stage, never back."""
        stage = self.target_stage_id
        if not stage:
            raise RuleError(
                self.env._(
                    "The stage that the deal should move to was deleted: choose another one."
                )
            )
        lead = self._open_deal(request)
        present = _place(lead.stage_id.sudo()) if lead.stage_id else None
        reason = rule_policy.why_not_move(present, _place(stage), lead.team_id.id or 0)
        if reason:
            raise RuleSkip(reason)
        lead.write({"stage_id": stage.id})

    def _do_won(self, request, _run):
        """Mark the deal as won."""
        self._open_deal(request).action_set_won()

    def _do_lost(self, request, _run):
        """Mark the deal as lost."""
        self._open_deal(request).action_set_lost(lost_reason_id=self.lost_reason_id.id)

    def _do_assign(self, request, _run):
        """Give the deal to somebody."""
        lead, user = self._open_deal(request), self.assigned_user_id
        if not user.active:
            raise RuleError(
                self.env._(
                    "The person whom the rule assigns deals to has no active account: choose another one."
                )
            )
        if lead.user_id == user:
            raise RuleSkip("assigned_already")
        lead.write({"user_id": user.id})

    def _do_activity(self, request, _run):
        """Put an activity on the deal; on the request where there is none, or its person may not see the deal."""
        user = self._activity_user(request)
        if not user.active:
            raise RuleError(
                self.env._("There is nobody for the activity: choose somebody in the rule.")
            )
        if not self.activity_type_id:
            raise RuleError(self.env._("The type of the activity was deleted: choose another one."))
        record = self._talked_about(request)
        of_user = record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        if not of_user.has_access("read"):
            record = request
        today = fields.Date.context_today(request)
        record.activity_schedule(
            activity_type_id=self.activity_type_id.id,
            summary=self.activity_summary or self.activity_type_id.summary or False,
            note=Markup("<p>%s</p>") % self._activity_words(request),
            date_deadline=today + relativedelta(days=self.activity_days),
            user_id=user.id,
        )

    def _activity_user(self, request):
        """Return the person who gets the activity; none where there is none."""
        lead_sudo, team_sudo = request.sudo().lead_id, request.sudo().team_id
        return {
            "rep": request.sudo().user_id,
            "deal": lead_sudo.user_id,
            "leader": (lead_sudo.team_id or team_sudo).user_id,
            "owner": self.user_id,
            "user": self.activity_user_id,
        }[self.activity_for]

    def _activity_words(self, request):
        """Return which request the activity is about, and what happened to it."""
        return self.env._(
            "%(number)s %(title)s: %(when)s.",
            number=request.sudo().name, title=request.sudo().title, when=self._when_words(),
        )  # fmt: skip

    def _do_note(self, request, _run):
        """Write the note as it stands, never as a template or as HTML."""
        lines = Markup("<br/>").join(escape(line) for line in (self.note or "").splitlines())
        self._talked_about(request).message_post(body=lines, subtype_xmlid="mail.mt_note")

    def _do_server_action(self, request, _run):
        """Run a released server action on the request, or on its deal when it is one for deals."""
        action_sudo = self.server_action_id.sudo()
        if not action_sudo.is_esign_released:
            raise RuleError(
                self.env._(
                    "The server action is not released any more: an administrator has to look at it again."
                )
            )
        record = self._deal(request) if action_sudo.model_name == "crm.lead" else request
        if not record.has_access("write"):
            raise self._may_not(request.env, record)
        action_sudo._run_released(record)

    def _do_webhook(self, request, run):
        """Queue a call of a released endpoint, which leaves after the commit."""
        endpoint = self.endpoint_id
        if not endpoint.active or not endpoint.is_released:
            raise RuleError(
                self.env._(
                    "The webhook is not released any more: choose another one, or ask an administrator."
                )
            )
        endpoint._queue_call(request, run.trigger, run)

    def _talked_about(self, request):
        """Return the deal, or the request where there is none."""
        return self._deal(request) if request.sudo().lead_id else request


def _place(stage):
    return rule_policy.Place(
        stage.id, stage.sequence, is_won=stage.is_won, team_ids=frozenset(stage.team_ids.ids)
    )
