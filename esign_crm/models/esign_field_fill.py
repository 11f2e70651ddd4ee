"""What sender and system fill in, fixed when the request is sent."""

from odoo import models
from odoo.exceptions import UserError

from ..tools import field_types
from ..tools.errors import EsignError
from .esign_marks import check_box, check_value


class EsignField(models.Model):
    """Values that no signer gives."""

    _inherit = "esign.field"

    def _is_fixed_at_sending(self):
        """Tell whether the value is known when the request is sent."""
        self.ensure_one()
        return self.filled_by == "sender" or self.type in field_types.AT_SENDING

    def _is_asked(self):
        """Tell whether its signer fills it on the page; a stamp is never asked of a private person."""
        self.ensure_one()
        is_for_company = self.type != "stamp" or not self.signer_id.is_private_person
        return self.filled_by == "signer" and is_for_company

    def _values_at_sending(self):
        """Return {field: text} of all that is fixed at sending, read with the caller's rights.

        :raises UserError: a value is missing, or the caller may not read it; names the fields
        """
        boxes = self.filtered(lambda field: field._is_fixed_at_sending())
        missing = boxes.filtered(
            lambda field: field.filled_by == "sender" and field.required and not field.default
        )
        if missing:
            raise UserError(
                self.env._(
                    "Fill in what you fill before sending: %(fields)s.", fields=missing._named()
                )
            )
        values = {field: field._value_at_sending() for field in boxes}
        empty = boxes.filtered(
            lambda field: field.type == "crm_value" and field.required and not values[field]
        )
        if empty:
            raise UserError(
                self.env._("The deal has nothing to put into %(fields)s.", fields=empty._named())
            )
        return values

    def _value_at_sending(self):
        if self.type == "document_number":
            return self.request_id.name
        if self.type == "requisites":
            return "\n".join(self.signer_id._requisites_lines())
        if self.type == "crm_value":
            return self._crm_value()
        return self._checked_default() if self.default else ""

    def _crm_value(self):
        """Return what the deal holds, in the signer's language, read with the sender's rights."""
        if not self.crm_value_id:
            raise UserError(
                self.env._("“%(field)s”: choose which value of the deal it shows.", field=self.name)
            )
        request = self.request_id
        # the superuser reads everything: where the system sends, the request's sender counts
        reader = request.user_id if self.env.user._is_superuser() else self.env.user
        lead = request.lead_id.with_user(reader).with_context(lang=self.signer_id._lang_code())
        return self.crm_value_id._text_of(lead)

    def _check_values_fit(self, values):
        """Refuse what could not be printed in the end: boxes that are too small, letters that no font has.

        :param dict values: {field: text} fixed at sending
        :raises UserError: names the field, its page and the limit
        """
        for field in self:
            if field.type == "choice" and not field_types.options(field.options):
                raise UserError(
                    self.env._("“%(field)s” offers no answers: write one a line.", field=field.name)
                )
            try:
                check_box(field)
                check_value(field, values.get(field) or field._default_value())
            except EsignError as error:
                raise UserError(field._value_words(error)) from error

    def _default_value(self):
        """Return what stands in the box beforehand, as a normal value."""
        return self._checked_default() if self.default and self._is_asked() else ""

    def _named(self):
        """Return the labels with their pages, for a refusal."""
        return ", ".join(
            self.env._("“%(field)s” (page %(page)s)", field=field.name, page=field.page)
            for field in self
        )
