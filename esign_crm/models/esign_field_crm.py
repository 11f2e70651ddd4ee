"""Fields that show a value of the deal."""

from odoo import fields, models


class EsignField(models.Model):
    """Which value: one of the administrator's list."""

    _inherit = "esign.field"

    crm_value_id = fields.Many2one(
        "esign.crm.value", string="Value of the deal", ondelete="restrict", index="btree_not_null"
    )
