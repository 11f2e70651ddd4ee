"""Which server actions rules may run, and how: an administrator releases them, nobody's rights are raised."""

from functools import reduce
from operator import getitem

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .guards import not_from_typed_code, without_defaults
from .ir_actions_server import SEND

MODELS = ("crm.lead", "esign.request")
# Odoo runs the other kinds with all rights, or has a better one among the actions of rules themselves.
KINDS = ("code", "object_write", "multi", SEND)
# What may change without a new look at the action: none of it is what the action does.
HARMLESS = {
    "is_esign_released",
    "sequence",
    "binding_model_id",
    "binding_type",
    "binding_view_types",
    "help",
    "path",
}


class IrActionsServer(models.Model):
    """``is_esign_released`` stands for a look that an administrator took: any later change by others voids it."""

    _inherit = "ir.actions.server"

    is_esign_released = fields.Boolean(
        string="Released for signing rules",
        copy=False,
        help="Managers may choose this action in their signing rules. It runs with the rights of the rule's owner.",
    )

    @api.constrains("is_esign_released", "state", "model_id", "child_ids", "parent_id")
    def _check_esign_release(self):
        """Refuse to release what rules cannot run."""
        for action in self.filtered("is_esign_released"):
            family = action._with_descendants()
            if any(each.state not in KINDS for each in family):
                raise ValidationError(
                    self.env._(
                        "Rules run server actions that update a record, send for signature or execute code, alone or several: "
                        "“%(action)s” does something else.",
                        action=action.name,
                    )
                )
            if any(each.model_name not in MODELS for each in family):
                raise ValidationError(
                    self.env._("Rules run server actions on deals or signing requests: “%(action)s” is for something else.",
                               action=action.name)
                )  # fmt: skip

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Check who releases; a new part of a released action voids its release."""
        if any(vals.get("is_esign_released") for vals in vals_list):
            self._check_may_release()
        plain = without_defaults(self, {"is_esign_released"})
        actions = super(IrActionsServer, plain).create(vals_list).with_env(self.env)
        actions.parent_id._void_release()
        return actions

    def write(self, vals):
        """Check who releases; a change by anybody else than an administrator of e-signature voids the release.

        :raises AccessError: released by somebody else
        """
        if vals.get("is_esign_released"):
            self._check_may_release()
        is_change = bool(vals.keys() - HARMLESS)
        families = self._with_ancestors() if is_change else self.browse()
        result = super().write(vals)
        if is_change:
            (families | self._with_ancestors())._void_release()
        return result

    def unlink(self):
        """Void the release of what these are part of: without them it is another action."""
        parents = self.parent_id - self
        parents._void_release()
        return super().unlink()

    def _check_may_release(self):
        if not self.env.user.has_group("esign_crm.group_admin"):
            raise AccessError(
                self.env._(
                    "Only an administrator of e-signature releases server actions for signing rules."
                )
            )

    def _void_release(self):
        """Take the release away from these and whatever they are part of, unless an administrator is at work."""
        if self.env.user.has_group("esign_crm.group_admin"):
            return
        released = self._with_ancestors().filtered("is_esign_released")
        if released:
            released.write({"is_esign_released": False})

    def _with_ancestors(self):
        found = self
        while missing := found.parent_id - found:
            found |= missing
        return found

    def _with_descendants(self):
        found = self
        while missing := found.child_ids - found:
            found |= missing
        return found

    # --- running ---------------------------------------------------------------------------------------------------

    @not_from_typed_code
    def _run_released(self, record):
        """Run these actions on ``record`` with the rights of its environment and no others.

        Odoo's own ``run`` raises rights: parts of an action of several, and updates, run as superuser there.

        :param record: in the environment of the rule's owner
        :raises AccessError: the owner does not belong to the action's groups
        """
        for action_sudo in self.with_env(record.env).sudo():
            action_sudo._check_groups(record.env.user)
            if action_sudo.state == "multi":
                action_sudo.child_ids.sorted()._run_released(record)
            elif action_sudo.state in KINDS:
                action_sudo._run_one(record)
            else:
                raise UserError(
                    self.env._("Rules cannot run “%(action)s”.", action=action_sudo.name)
                )

    def _check_groups(self, user):
        if self.group_ids and not self.group_ids & user.all_group_ids:
            raise AccessError(
                self.env._(
                    "%(owner)s, as whom the rule runs, may not run “%(action)s”.",
                    owner=user.name, action=self.name,
                )
            )  # fmt: skip

    def _run_one(self, record):
        """Run code, or an update, as Odoo would for a person who may do only what ``record.env`` may."""
        context = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
        of_owner = self.browse().with_env(record.env(context={**record.env.context, **context}))
        eval_context = of_owner._get_eval_context(self)
        if self.state != "object_write":
            runner, _is_multi = (
                self._get_runner()
            )  # both take their records from the context of evaluation
            runner(self, eval_context=eval_context)
            return
        values = {self.update_field_id.name: self._eval_value(eval_context)[self.id]}
        target = reduce(getitem, self.update_path.split(".")[:-1], record)
        target.write(values)
