"""What people may write into a draft's fields by hand: a box on a page of that request, for one of its signers."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools import field_types, field_values
from ..tools.errors import FieldValueError


class EsignField(models.Model):
    """Drafts are edited over RPC too, not only by ``create_from_deal``."""

    _inherit = "esign.field"

    def write(self, vals):
        """Keep each field in its request.

        :raises UserError: the field would change its request
        """
        if any(
            field.request_id.id != vals.get("request_id", field.request_id.id) for field in self
        ):
            raise UserError(self.env._("A field stays with its request."))
        return super().write(vals)

    @api.constrains("signer_id", "request_id")
    def _check_signer_of_request(self):
        for field in self:
            if field.signer_id.request_id != field.request_id:
                raise UserError(
                    self.env._("“%(field)s” is for a signer of another request.", field=field.name)
                )

    @api.constrains("page", "request_id")
    def _check_page_exists(self):
        for field in self:
            field._refuse_missing_page(field.request_id.uploaded_document_id.page_count)

    def _refuse_missing_page(self, count):
        """Refuse a place beyond the last of ``count`` pages; 0 while there is no document."""
        if count and self.page > count:
            raise UserError(
                self.env._(
                    "There is no page %(page)s for “%(field)s”; the document has %(count)s.",
                    page=self.page, field=self.name, count=count,
                )
            )  # fmt: skip

    @api.constrains("type", "filled_by")
    def _check_filled_by(self):
        for field in self:
            if field.filled_by not in field_types.may_fill(field.type):
                raise UserError(
                    self.env._(
                        "“%(field)s”: fields of the type “%(type)s” are not filled by that side.",
                        field=field.name,
                        type=field._type_label(),
                    )
                )

    @api.constrains("type", "options", "default")
    def _check_options_and_default(self):
        for field in self:
            field._check_options()
            if field.default:
                field._checked_default()

    def _check_options(self):
        options = field_types.options(self.options)
        if len(options) > field_types.MAX_OPTIONS:
            raise UserError(
                self.env._(
                    "“%(field)s” offers too many answers: at most %(count)s.",
                    field=self.name,
                    count=field_types.MAX_OPTIONS,
                )
            )
        if any(len(option) > field_types.MAX_OPTION for option in options):
            raise UserError(
                self.env._("“%(field)s” has an answer that is too long.", field=self.name)
            )

    def _checked_default(self):
        """Return ``default`` as a normal value.

        :raises UserError: a value of this type cannot be that
        """
        try:
            return field_values.normalise(
                self.type,
                self.default or None,
                required=False,
                field=self.id,
                options=field_types.options(self.options),
            )
        except FieldValueError as error:
            raise UserError(self._value_words(error)) from error

    def _type_label(self):
        return dict(self._fields["type"]._description_selection(self.env))[self.type]
