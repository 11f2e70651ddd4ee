"""One line of an act: what was done, how much of it, at what price."""

from odoo import api, fields, models

from ..tools import act_totals
from .guards import without_defaults


class EsignActLine(models.Model):
    """Changes with its act, and no longer than that."""

    _name = "esign.act.line"
    _description = "Line of an act"
    _order = "sequence, id"

    act_id = fields.Many2one("esign.act", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Description", required=True)
    quantity = fields.Float(digits=(16, 3), min_display_digits=0, default=1.0, required=True)
    unit = fields.Char()
    # As many as tools.act_totals.PRICE_PLACES: discounts of a quotation are not rounded away.
    price = fields.Float(digits=(16, 8), min_display_digits=2, required=True, help="Without tax.")
    tax_percent = fields.Float(string="Tax, %", digits=(6, 3), min_display_digits=0)
    currency_id = fields.Many2one(related="act_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", store=True, help="Without tax.")

    _sane = models.Constraint(
        "CHECK (abs(price) <= 1e12 AND abs(quantity) <= 1e9)",
        "A price or a quantity is too large.",
    )
    _name_length = models.Constraint(
        "CHECK (length(name) <= 4000)", "A description has at most 4000 letters."
    )
    _tax_percent = models.Constraint(
        "CHECK (tax_percent >= 0 AND tax_percent <= 100)",
        "A tax rate lies between 0 and 100 per cent.",
    )

    @api.depends("quantity", "price", "currency_id")
    def _compute_amount(self):
        for line in self:
            places = line.currency_id.decimal_places
            line.amount = float(act_totals.line_amount(line.quantity, line.price, places))

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines of acts that no longer change; what was printed without them is printed anew."""
        given = {vals.get("act_id") for vals in vals_list}
        self.env["esign.act"].browse(filter(None, given))._before_change()
        lines = super(EsignActLine, without_defaults(self, {"act_id"})).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        """Refuse changes of acts that no longer change; the rest as :meth:`create`."""
        (self.act_id | self.env["esign.act"].browse(vals.get("act_id") or []))._before_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self.act_id._before_change()
