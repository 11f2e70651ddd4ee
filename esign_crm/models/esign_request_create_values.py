"""Who fills a field of ``create_from_deal``, with what: its keys ``filled_by``, ``default``, ``options``, ``value``."""

from odoo import models
from odoo.exceptions import UserError

from ..tools import field_types


class EsignRequest(models.Model):
    """Bad input is refused with its number."""

    _inherit = "esign.request"

    def _filling_values(self, where, field, kind):
        """Return the values of a field's filling.

        ``value`` is what the sender fills in, or of the type *crm_value* a path of the administrator's list.
        """
        allowed = field_types.may_fill(kind)
        vals = {
            "filled_by": self._one_of(
                where, "filled_by", field.get("filled_by") or allowed[0], allowed
            ),
            "default": self._given_value(where, "default", field.get("default"), kind),
            "options": self._given_options(where, field.get("options")) if kind == "choice" else "",
        }
        if kind == "crm_value":
            vals["crm_value_id"] = self._given_crm_value(where, field.get("value"))
        elif field.get("value") not in (None, ""):
            if vals["filled_by"] != "sender":
                raise UserError(
                    self.env._(
                        "%(where)s: value is for fields that the sender fills; pass “default” instead.",
                        where=where,
                    )
                )
            vals["default"] = self._given_value(where, "value", field["value"], kind)
        return vals

    def _given_value(self, where, key, value, kind):
        """Return a value as it is stored beforehand; whether it fits its type is checked with the field."""
        if value in (None, False, ""):
            return False
        if kind in field_types.PICTURES | field_types.SYSTEM:
            raise UserError(
                self.env._(
                    "%(where)s: %(key)s: a field of this type holds none.", where=where, key=key
                )
            )
        if value is True:
            return "1"
        if not isinstance(value, str | int | float):
            raise UserError(self.env._("%(where)s: %(key)s must be a text.", where=where, key=key))
        return str(value)

    def _given_options(self, where, options):
        """Return the answers of a choice, one a line."""
        is_list = isinstance(options, (list, tuple)) and options
        if not is_list or not all(isinstance(each, str) and each.strip() for each in options):
            raise UserError(
                self.env._("%(where)s: options: a list of answers is expected.", where=where)
            )
        return "\n".join(" ".join(each.split()) for each in options)

    def _given_crm_value(self, where, path):
        found = self.env["esign.crm.value"].search([("path", "=", path)], limit=1)
        if not isinstance(path, str) or not found:
            raise UserError(
                self.env._(
                    "%(where)s: value: “%(path)s” is none of the values that the administrator allowed.",
                    where=where,
                    path=path,
                )
            )
        return found.id
