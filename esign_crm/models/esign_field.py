"""One box on a page of a request's document."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS

from .guards import passes_door, refuse_system_fields, through_door, without_defaults

TYPES = [
    ("signature", "Signature"),
    ("text", "Text"),
    ("multiline", "Text of several lines"),
    ("number", "Number"),
    ("date", "Date"),
    ("checkbox", "Checkbox"),
    ("date_signed", "Date of signature"),
    ("document_number", "Document number"),
]
SYSTEM_TYPES = ("date_signed", "document_number")
SYSTEM_FIELDS = {"filled_by", "value"}


class EsignField(models.Model):
    """A box that a signer fills (or the system, for dates and numbers); position in ratios of the displayed page."""

    _name = "esign.field"
    _description = "Field of a signing request"
    _order = "page, y, x, id"

    request_id = fields.Many2one("esign.request", ondelete="cascade", index=True)
    signer_id = fields.Many2one("esign.signer", ondelete="cascade", index=True)
    type = fields.Selection(TYPES, required=True, default="signature")
    name = fields.Char(string="Label", required=True)
    page = fields.Integer(required=True, default=1)
    x = fields.Float(string="Left", digits=(8, 6), help="Ratio of the page width, from the left.")
    y = fields.Float(string="Top", digits=(8, 6), help="Ratio of the page height, from the top.")
    width = fields.Float(digits=(8, 6), help="Ratio of the page width.")
    height = fields.Float(digits=(8, 6), help="Ratio of the page height.")
    required = fields.Boolean(default=True)
    filled_by = fields.Selection(
        [("signer", "Signer"), ("system", "System")], compute="_compute_filled_by", store=True
    )
    value = fields.Char(groups=NO_ACCESS, copy=False)

    _page_positive = models.Constraint("CHECK (page > 0)", "Pages are counted from 1.")
    _box_on_page = models.Constraint(
        "CHECK (x >= 0 AND y >= 0 AND width > 0 AND height > 0 AND x + width <= 1.00001 AND y + height <= 1.00001)",
        "A field must lie on its page.",
    )

    @api.depends("type")
    def _compute_filled_by(self):
        for field in self:
            field.filled_by = "system" if field.type in SYSTEM_TYPES else "signer"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a field for a request that was sent."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        boxes = without_defaults(self, SYSTEM_FIELDS)
        records = super(EsignField, boxes).create(vals_list).with_env(self.env)
        records._check_is_draft()
        return records

    def write(self, vals):
        """Refuse to change the layout, or a value by hand, once the request was sent."""
        if not passes_door(self):
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
            self._check_is_draft()
        return super().write(vals)

    def unlink(self):
        """Refuse to drop a field of a request that was sent."""
        self._check_is_draft()
        return super().unlink()

    def _check_is_draft(self):
        if any(field.request_id.state != "draft" for field in self if field.request_id):
            raise UserError(self.env._("The request was sent: its fields are fixed."))

    def _set_value_sudo(self, value):
        """Fix the value of one field at signing; values are readable by nobody before completion, hence the sudo."""
        self.ensure_one()
        through_door(self.sudo()).write({"value": value})
