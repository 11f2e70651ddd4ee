"""Where the lines of a new act come from: the deal's quotation, else the client's last act."""

from decimal import Decimal

from odoo import api, fields, models

from ..tools import act_totals

COPIED = ("name", "quantity", "unit", "price", "tax_percent")


class EsignAct(models.Model):
    """A new act starts filled in."""

    _inherit = "esign.act"

    origin_warning = fields.Char(string="Not as in the quotation", copy=False)

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
        priced = self._priced(order, lines)
        return {
            "origin": order.display_name,
            "origin_warning": self._warning_of_quotation(order, lines, priced),
            "currency_id": order.currency_id.id,
            "line_ids": [
                fields.Command.create(
                    {
                        "name": line.name, "unit": line.product_uom_id.name, "quantity": float(quantity),
                        "price": float(price), "tax_percent": rate,
                    }
                )
                for line, (quantity, price, rate) in zip(lines, priced, strict=True)
            ],
        }  # fmt: skip

    @api.model
    def _priced(self, order, lines):
        """Return (quantity, price, tax rate) of each line, which come to what the quotation comes to."""
        amounts = [
            (_quantity(line), _unrounded_net(line), self._tax_percent(line) or 0) for line in lines
        ]
        prices = act_totals.prices(
            amounts, _sums(order), order.currency_id.decimal_places,
            by_line=order.company_id._esign_rounds_by_line(),
        )  # fmt: skip
        return [
            (quantity, price, rate)
            for (quantity, _net, rate), price in zip(amounts, prices, strict=True)
        ]

    @api.model
    def _tax_percent(self, line):
        """Return the rate of a quotation's line, or ``None`` for taxes that are no plain percentage of its amount."""
        taxes = line.sudo().tax_ids.flatten_taxes_hierarchy()  # a rep need not see taxes
        rate = act_totals.rounded(sum(map(act_totals.exact, taxes.mapped("amount")), Decimal(0)), 4)
        is_plain = all(
            tax.amount_type == "percent" and tax.amount >= 0 and not tax.has_negative_factor
            for tax in taxes
        )
        is_on_tax = len(taxes) > 1 and any(tax.include_base_amount for tax in taxes)
        is_exact = rate <= act_totals.HUNDRED and rate == act_totals.rounded(rate, 3)
        return float(rate) if is_plain and is_exact and not is_on_tax else None

    @api.model
    def _warning_of_quotation(self, order, lines, priced):
        """Return what the act does not have from its quotation, or nothing."""
        odd = [line.name for line in lines if self._tax_percent(line) is None]
        sums = act_totals.totals(
            priced, order.currency_id.decimal_places,
            by_line=order.company_id._esign_rounds_by_line(),
        )  # fmt: skip
        if not odd and (sums.net, sums.tax) == _sums(order):
            return False
        words = self.env._(
            "%(quotation)s comes to %(total)s, of which %(tax)s is tax: make the act come to the same.",
            quotation=order.display_name,
            total=order.currency_id.format(order.amount_total),
            tax=order.currency_id.format(order.amount_tax),
        )
        if not odd:
            return words
        return (
            self.env._(
                "The tax of these lines is no plain percentage and was left out: %(lines)s.",
                lines="; ".join(name.partition("\n")[0] for name in odd),
            )
            + f" {words}"
        )


def _quantity(line):
    """Return how much a line of a quotation sells, as exactly as a line of an act can tell."""
    return act_totals.rounded(act_totals.exact(line.product_uom_qty), 3) or Decimal(1)


def _unrounded_net(line):
    """Return what a line of a quotation comes to without tax, before it is rounded."""
    line_sudo = line.sudo()  # a rep need not see taxes
    base = line_sudo._prepare_base_line_for_taxes_computation()
    line_sudo.env["account.tax"]._add_tax_details_in_base_line(base, line_sudo.company_id)
    return act_totals.exact(base["tax_details"]["raw_total_excluded_currency"])


def _sums(order):
    """Return what a quotation comes to without tax, and its tax."""
    places = order.currency_id.decimal_places
    sums = (order.amount_untaxed, order.amount_tax)
    return tuple(act_totals.rounded(act_totals.exact(each), places) for each in sums)
