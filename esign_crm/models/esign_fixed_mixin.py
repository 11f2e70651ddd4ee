"""Rows that stay what they were: made and moved on by their own methods, and by nobody's hand."""

from odoo import api, models

from .guards import passes_door


class EsignFixedMixin(models.AbstractModel):
    """For what a second person decides about: he approves what he saw.

    The model has ``_refusal()``, the error that says how such a row comes to be.
    """

    _name = "esign.fixed.mixin"
    _description = "Rows that nobody changes by hand"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what does not come through the door of the model's own methods."""
        if not passes_door(self):
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: what was asked stays what it was, and only a decision moves it."""
        if not passes_door(self):
            raise self._refusal()
        return super().write(vals)

    def copy(self, default=None):
        """Refuse."""
        raise self._refusal()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """Refuse; what the database deletes along with a draft does not come by here."""
        raise self._refusal()
