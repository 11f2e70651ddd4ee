"""Fields of templates: the same boxes, owned by a template and for one of its roles."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import field_types
from .esign_field import SYSTEM_FIELDS
from .guards import without_defaults


class EsignField(models.Model):
    """A field belongs either to a request and one of its signers, or to a template and one of its roles."""

    _inherit = "esign.field"

    template_id = fields.Many2one("esign.template", ondelete="cascade", index="btree_not_null")
    role_id = fields.Many2one("esign.template.role", ondelete="cascade", index="btree_not_null")
    layout_key = fields.Char(
        readonly=True, copy=False, help="The name that the field placer gave this field."
    )

    _one_owner = models.Constraint(
        """CHECK ((request_id IS NOT NULL AND signer_id IS NOT NULL AND template_id IS NULL AND role_id IS NULL)
            OR (request_id IS NULL AND signer_id IS NULL AND template_id IS NOT NULL AND role_id IS NOT NULL))""",
        "A field belongs either to a signer of a request or to a role of a template.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the version of a template that was used, before it gets another field."""
        templates = self.env["esign.template"].browse(
            {vals["template_id"] for vals in vals_list if vals.get("template_id")}
        )
        templates._before_layout_changes()
        boxes = without_defaults(self, {"template_id", "role_id"})
        return super(EsignField, boxes).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Keep the version of a template that was used, before one of its fields changes.

        :raises UserError: the field would change its template, or is of a kept version
        """
        if (
            not vals.keys() <= SYSTEM_FIELDS
        ):  # the door in the context opens once: it is for the model itself
            if any(
                field.template_id.id != vals.get("template_id", field.template_id.id)
                for field in self
            ):
                raise UserError(self.env._("A field stays with its template."))
            self.template_id._before_layout_changes()
        return super().write(vals)

    def unlink(self):
        """Keep the version of a template that was used, before it loses a field."""
        self.template_id._before_layout_changes()
        return super().unlink()

    @api.model
    def _fillers(self, kind):
        """Return who may fill a field of this type; whoever does so by default comes first."""
        return list(field_types.may_fill(kind))

    @api.constrains("role_id", "template_id")
    def _check_role_of_template(self):
        for field in self:
            if field.role_id.template_id != field.template_id:
                raise UserError(
                    self.env._("“%(field)s” is for a role of another template.", field=field.name)
                )

    @api.constrains("page", "template_id")
    def _check_page_of_template(self):
        for field in self:
            field._refuse_missing_page(field.template_id.document_id.page_count)
