"""What a signer enters into the fields: checked as it is entered and once more at signing."""

from odoo import models

from ..tools import field_types, signature_input
from ..tools.errors import EsignError, FieldValueError, ImageError, TextError
from .esign_marks import check_hand
from .esign_page_texts import refusal_words


class EsignSigner(models.Model):
    """The server decides type, place and what is required; the browser sends ``{field id: value}``."""

    _inherit = "esign.signer"

    def _clean_values(self, values):
        """Return {field: normal text or PNG of a stamp}; each of them can be drawn.

        A field that is not mentioned keeps the value that it had beforehand.

        :raises FieldValueError: with ``field``, the id
        :raises ImageError: a stamp that cannot be used, with ``field``
        """
        given, mine = self._given_values(values)
        return {
            field: field._clean_value(given.get(str(field.id), field._default_value()))
            for field in mine
        }

    def _refused_values(self, values):
        """Return a refusal in words for each entry so far that could not be signed with; empty ones are no fault yet.

        Stamps are left out: they are judged when they are chosen (``_judge_pictures``) and at signing.
        """
        try:
            given, mine = self._given_values(values)
        except FieldValueError as error:
            return [self._refusal_in_words(error)]
        refusals = []
        for field in mine.filtered(lambda each: each.type != "stamp"):
            try:
                field._clean_value(given.get(str(field.id)), is_final=False)
            except EsignError as error:
                refusals.append(self._refusal_in_words(error))
        return refusals

    def _refused_hand(self, signature):
        """Return the refusal in words, in a list, where the chosen hand lacks letters that another one has."""
        try:
            check_hand(signature_input.check(signature))
        except EsignError as error:
            return [self._refusal_in_words(error)] if error.params.get("hand") else []
        return []

    def _refusal_in_words(self, error):
        refusal = self._input_refusal(error)
        return refusal | {"message": refusal_words(self.env, refusal)}

    def _given_values(self, values):
        """Return (what was sent by id as text, the fields that are asked of this signer)."""
        if not isinstance(values, dict):
            raise FieldValueError("field_invalid")
        given = {str(key): value for key, value in values.items()}
        mine = self._asked_fields_sudo()
        unknown = set(given) - {str(field.id) for field in mine}
        if unknown:
            raise FieldValueError("field_invalid", field=sorted(unknown)[0])
        return given, mine

    def _asked_fields_sudo(self):
        """Return the fields that this signer, who has no rights of his own, fills in: sudo."""
        return self.sudo().field_ids.filtered(
            lambda field: field._is_asked() and field.type not in field_types.FROM_SIGNATURE
        )

    def _asked_ids(self):
        """Return the ids of those fields, as the page names them."""
        return {str(field.id) for field in self._asked_fields_sudo()}

    def _input_refusal(self, error):
        """Return the refusal for values or a signature that cannot be taken, with the reason and what completes it."""
        params = {
            key: error.params[key]
            for key in ("field", "limit", "characters", "hand")
            if error.params.get(key)
        }
        if isinstance(error, FieldValueError):
            code = "field_required" if error.code == "field_required" else "field_invalid"
            refusal = {"error": code, "field": self._signature_field_id()} | params
            reason = error.params.get("reason")
            return refusal | ({"reason": reason} if reason else {})
        if isinstance(error, ImageError):
            return {"error": "image_refused", "reason": error.code} | params
        if isinstance(error, TextError):
            refusal = {"error": "field_invalid", "field": self._signature_field_id()}
            return refusal | {"reason": error.code} | params
        # the jail's words for a hostile image
        return {"error": "image_refused", "reason": error.code}

    def _signature_field_id(self):
        return self.sudo().field_ids.filtered(lambda field: field.type == "signature")[:1].id
