"""One box on a page of a request's document."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ..tools import field_types
from .guards import (
    not_from_typed_code,
    passes_door,
    refuse_system_fields,
    through_door,
    without_defaults,
)

TYPES = [
    ("signature", "Signature"),
    ("initials", "Initials"),
    ("stamp", "Stamp"),
    ("text", "Text"),
    ("multiline", "Text of several lines"),
    ("number", "Number"),
    ("date", "Date"),
    ("checkbox", "Checkbox"),
    ("choice", "Choice"),
    ("requisites", "Requisites"),
    ("crm_value", "Value from the deal"),
    ("date_signed", "Date of signature"),
    ("document_number", "Document number"),
]
SYSTEM_FIELDS = {"value", "image", "draft_image"}


class EsignField(models.Model):
    """A box that sender, signer or system fills; position in ratios of the displayed page.

    ``default`` is what stands in it beforehand; in a field of the sender, what he fills in.
    """

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
        [("sender", "Sender"), ("signer", "Signer"), ("system", "System")],
        compute="_compute_filled_by",
        store=True,
        precompute=True,
        readonly=False,
        help="Who fills it: the sender before sending, the signer on the page, or the system.",
    )
    default = fields.Char(
        string="Value beforehand",
        help="What the signer finds in the field; in a field of the sender, what he fills in.",
    )
    options = fields.Text(string="Answers", help="What a choice offers: one answer a line.")
    # Fixed at sending or signing: no group reads them before completion.
    value = fields.Char(groups=NO_ACCESS, copy=False)
    image = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)

    _page_positive = models.Constraint("CHECK (page > 0)", "Pages are counted from 1.")
    _box_on_page = models.Constraint(
        "CHECK (x >= 0 AND y >= 0 AND width > 0 AND height > 0 AND x + width <= 1.00001 AND y + height <= 1.00001)",
        "A field must lie on its page.",
    )

    @api.depends("type")
    def _compute_filled_by(self):
        for field in self:
            allowed = field_types.may_fill(field.type)
            if field.filled_by not in allowed:
                field.filled_by = allowed[0]

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a field for a request that was sent."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        boxes = without_defaults(self, SYSTEM_FIELDS | {"filled_by"})
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
        self.request_id._touch_drafts(self.env._("The request was sent: its fields are fixed."))

    def _set_value_sudo(self, value):
        """Fix the value of one field; values are readable by nobody before completion, hence the sudo.

        :param value: a text, or the PNG of a stamp: encrypted, its SHA-256 stands for it elsewhere
        """
        self.ensure_one()
        if isinstance(value, bytes):
            wrapped = self.env["esign.master.key"]._encrypt("stamp", value, self._image_context())
            vals = {"value": hashlib.sha256(value).hexdigest(), "image": base64.b64encode(wrapped)}
        else:
            vals = {"value": value}
        through_door(self.sudo()).write(vals)

    def _image_context(self):
        return f"field:{self.id}".encode()

    @not_from_typed_code
    def _image_sudo(self):
        """Return the PNG of a stamp; read only to draw the finished document, hence the sudo."""
        self.ensure_one()
        wrapped = base64.b64decode(self.sudo().with_context(bin_size=False).image)
        return self.env["esign.master.key"]._decrypt("stamp", wrapped, self._image_context())
