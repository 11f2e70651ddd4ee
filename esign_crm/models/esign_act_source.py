"""Where the lines of a new act come from: the deal's quotation, else the client's last act."""

from odoo import api, fields, models

from ..tools import act_totals

COPIED = ("name", "quantity", "unit", "price", "tax_percent")


class EsignAct(models.Model):
    """A new act starts filled in."""

    _inherit = "esign.act"

    @api.model
    def default_get(self, fields_list):
        """Fill a new act of a deal with lines; what may be typed is never overwritten."""
        values = super().default_get(fields_list)
        lead = self.env["crm.lead"].browse(values.get("lead_id") or [])
        if lead and "line_ids" in fields_list and not values.get("line_ids"):
            found = self._values_of_quotation(lead) or self._values_of_last_act(lead)
            values |= {name: value for name, value in found.items() if name in fields_list}
        return values

    # --- the client's last act -------------------------------------------------------------------------------------

    @api.model
    def _values_of_last_act(self, lead):
        """Return lines, currency and basis of the client's last act that the caller may see, or nothing."""
        client = lead.partner_id.commercial_partner_id
        if not client:
            return {}
        company = lead.company_id or self.env.company
        domain = [("partner_id", "child_of", client.id), ("company_id", "=", company.id)]
        last = self.search(domain, limit=1)
        if not last.line_ids:
            return {}
        return {
            "origin": last.display_name,
            "currency_id": last.currency_id.id,
            "basis": last.basis,
            "line_ids": [fields.Command.create(line.read(COPIED)[0]) for line in last.line_ids],
        }

    # --- the quotation ---------------------------------------------------------------------------------------------

    @api.model
    def _values_of_quotation(self, lead):
        """Return lines and currency of the deal's quotation, or nothing (Sales may not be installed)."""
        order = lead._esign_quotation()
        lines = order and order.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment and line.product_uom_qty
        )
        if not lines:
            return {}
        return {
            "origin": order.display_name,
            "currency_id": order.currency_id.id,
            "line_ids": [fields.Command.create(self._line_of_quotation(line)) for line in lines],
        }

    @api.model
    def _line_of_quotation(self, line):
        """Return a line of a quotation as one of an act, which comes to the very same amount."""
        places = line.currency_id.decimal_places
        quantity, unit = line.product_uom_qty, line.product_uom_id.name
        subtotal = act_totals.rounded(act_totals.exact(line.price_subtotal), places)
        price = float(act_totals.rounded(subtotal / act_totals.exact(quantity), 4))
        values = {"name": line.name, "tax_percent": self._tax_percent(line)}
        if act_totals.line_amount(quantity, price, places) == subtotal:
            return values | {"quantity": quantity, "unit": unit, "price": price}
        # A price of four decimals does not reach the amount (many pieces, odd discounts): the whole is one line.
        name = f"{line.name} ({quantity:g} {unit})"
        return values | {"name": name, "quantity": 1, "unit": False, "price": float(subtotal)}

    @api.model
    def _tax_percent(self, line):
        """Return the rate of a quotation's line: its taxes' own, else what they came to."""
        taxes = line.sudo().tax_ids.flatten_taxes_hierarchy()  # a rep need not see taxes
        if all(tax.amount_type == "percent" for tax in taxes):
            return sum(taxes.mapped("amount"))
        return round(100 * line.price_tax / line.price_subtotal, 3) if line.price_subtotal else 0
