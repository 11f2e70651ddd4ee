"""Why a field does not take a value, in words."""

from odoo import models

from ..tools.errors import FieldValueError


class EsignField(models.Model):
    """Sentences about one field, for the sender; the signing page has its own beside the field."""

    _inherit = "esign.field"

    def _value_words(self, error):
        """Return the sentence of an ``EsignError`` about this field's value, with its name and page."""
        self.ensure_one()
        what = {"field": self.name, "page": self.page}
        if error.code == "missing_glyph":
            return self.env._(
                "“%(field)s” on page %(page)s: these characters cannot be printed: %(characters)s",
                characters=error.params.get("characters", ""),
                **what,
            )
        if error.code in ("does_not_fit", "too_long"):
            return self.env._(
                "“%(field)s” on page %(page)s: the box is too small for what must stand in it; at most %(limit)s "
                "characters fit. Make it larger or the text shorter.",
                limit=error.params.get("limit", 0),
                **what,
            )
        return self._kind_words(error, what)

    def _kind_words(self, error, what):
        reason = error.params.get("reason") if isinstance(error, FieldValueError) else None
        if reason in ("does_not_fit", "too_long", "missing_glyph"):
            return self._value_words(FieldValueError(reason, **error.params))
        return {
            "number": self.env._("“%(field)s” on page %(page)s must be a number.", **what),
            "date": self.env._("“%(field)s” on page %(page)s must be a date: YYYY-MM-DD.", **what),
            "choice": self.env._(
                "“%(field)s” on page %(page)s must be one of its answers.", **what
            ),
        }.get(reason) or self.env._("“%(field)s” on page %(page)s cannot hold this.", **what)
