"""Which values of a deal may be put into documents: a list that administrators keep."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime, formatLang

MAX_DEPTH = 3
PRINTABLE = {
    "char", "text", "integer", "float", "monetary", "date", "datetime", "selection", "many2one",
}  # fmt: skip


class EsignCrmValue(models.Model):
    """A path from a deal to one value; it is read with the sender's rights when a request is sent."""

    _name = "esign.crm.value"
    _description = "Value of deals for documents"
    _order = "sequence, name, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    path = fields.Char(
        required=True,
        help="From the deal to the value, at most three steps, e.g. partner_id.country_id.name.",
    )
    active = fields.Boolean(default=True)

    _path_unique = models.UniqueIndex("(path)", "This value of the deal is in the list already.")

    @api.constrains("path")
    def _check_path(self):
        for value in self:
            value._fields_on_path()

    def _fields_on_path(self):
        """Return the fields that the path goes through, the last one with the value.

        :raises UserError: it leads nowhere, is too long, or ends at what cannot be printed
        """
        self.ensure_one()
        names = (self.path or "").split(".")
        if len(names) > MAX_DEPTH:
            raise UserError(
                self.env._("“%(path)s” has too many steps: at most 3 are allowed.", path=self.path)
            )
        model, found = self.env["crm.lead"], []
        for name in names:
            field = model._fields.get(name) if model is not None else None
            if not field:
                raise UserError(self.env._("“%(path)s” leads to no value.", path=self.path))
            found.append(field)
            model = self.env[field.comodel_name] if field.type == "many2one" else None
        if found[-1].type not in PRINTABLE or any(field.groups for field in found):
            raise UserError(
                self.env._("“%(path)s” ends at something that is not printed.", path=self.path)
            )
        return found

    def _text_of(self, lead):
        """Return the value as a text in the language of ``lead``'s environment, empty for none.

        :param lead: the deal, in the environment of whoever sends
        :raises UserError: that person may not read it
        """
        self.ensure_one()
        record = lead
        *steps, last = self._fields_on_path()
        try:
            for field in steps:
                record.check_access("read")
                record = record[field.name]
            record.check_access("read")
            return self._printed(record, last) if record else ""
        except AccessError as error:
            raise UserError(
                self.env._(
                    "You may not read “%(value)s” of this deal: ask a colleague to send the request, or take the field "
                    "out.",
                    value=self.name,
                )
            ) from error

    def _printed(self, record, field):
        value = record[field.name]
        if field.type == "many2one":
            value.check_access("read")
            return value.display_name or ""
        if value is False or value is None:
            return ""
        return _PRINTERS.get(field.type, lambda *_: str(value))(record, field, value)


def _monetary(record, field, value):
    currency = record[field.get_currency_field(record)]
    return formatLang(record.env, value, currency_obj=currency or None)


def _float(record, field, value):
    digits = field.get_digits(record.env)
    return formatLang(record.env, value, digits=digits[1] if digits else 2)


def _selection(record, field, value):
    return dict(field._description_selection(record.env)).get(value, "")


_PRINTERS = {
    "monetary": _monetary,
    "float": _float,
    "selection": _selection,
    "date": lambda record, _field, value: format_date(record.env, value),
    "datetime": lambda record, _field, value: format_datetime(record.env, value),
}
