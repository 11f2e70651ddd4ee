"""One place in a template for which a signer is found when it is used."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .guards import passes_door, without_defaults


class EsignTemplateRole(models.Model):
    """A role, e.g. “Our director” or “Client”; its fields are filled by whoever signs in that role."""

    _name = "esign.template.role"
    _description = "Role of a template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("esign.template", required=True, ondelete="cascade", index=True)
    name = fields.Char(string="Role", required=True, help="E.g. “Our director” or “Client”.")
    side = fields.Selection(
        [("own", "Our side"), ("client", "Client")], required=True, default="client"
    )
    sequence = fields.Integer(
        string="Order",
        default=2,
        help="Equal numbers sign in parallel; the next start when the former did.",
    )
    field_ids = fields.One2many("esign.field", "role_id", string="Fields")
    field_count = fields.Integer(string="Number of fields", compute="_compute_field_count")

    _template_name_unique = models.UniqueIndex(
        "(template_id, name)", "Each role of a template needs a name of its own."
    )

    @api.depends("field_ids")
    def _compute_field_count(self):
        for role in self:
            role.field_count = len(role.field_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the version of a template that was used, before it gets another role."""
        ids = {vals["template_id"] for vals in vals_list if vals.get("template_id")}
        self.env["esign.template"].browse(ids)._before_layout_changes()
        roles = super(EsignTemplateRole, without_defaults(self, {"template_id"})).create(vals_list)
        return roles.with_env(self.env)

    def write(self, vals):
        """Keep the version of a template that was used, before one of its roles changes.

        :raises UserError: the role would change its template
        """
        if not passes_door(self):
            if any(
                role.template_id.id != vals.get("template_id", role.template_id.id) for role in self
            ):
                raise UserError(self.env._("A role stays with its template."))
            self.template_id._before_layout_changes()
        return super().write(vals)

    def unlink(self):
        """Keep the version of a template that was used, before it loses a role."""
        self.template_id._before_layout_changes()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_only_without_fields(self):
        for role in self.filtered("field_ids"):
            raise UserError(
                self.env._(
                    "“%(role)s” still has fields: delete or move them first.", role=role.name
                )
            )
