"""Stamps that a signer chose and has not signed with yet: kept for a reload, as the other entries are."""

import base64

from odoo import fields, models
from odoo.orm.models import NO_ACCESS

from ..tools.errors import EsignError, FieldValueError
from .guards import not_from_typed_code, through_door


class EsignField(models.Model):
    """A chosen picture is kept as the jail drew it anew, encrypted, in a column that no group reads."""

    _inherit = "esign.field"

    draft_image = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)

    def _keep_picture_sudo(self, png):
        """Keep what was chosen, ``b""`` for nothing any more; its signer has no rights of his own, hence the sudo."""
        self.ensure_one()
        wrapped = png and self.env["esign.master.key"]._encrypt("stamp", png, self._draft_context())
        through_door(self.sudo()).write({"draft_image": png and base64.b64encode(wrapped)})

    def _draft_context(self):
        return f"draft:{self.id}".encode()

    @not_from_typed_code
    def _picture_sudo(self):
        """Return the PNG that is kept, ``b""`` for none; read only for the signer's own page, hence the sudo."""
        wrapped = self.sudo().with_context(bin_size=False).draft_image
        return wrapped and self.env["esign.master.key"]._decrypt(
            "stamp", base64.b64decode(wrapped), self._draft_context()
        )


class EsignSigner(models.Model):
    """Pictures travel once, when they are chosen; they are judged then and come back after a reload."""

    _inherit = "esign.signer"

    def _stamp_fields_sudo(self):
        """Return the stamps that are asked of this signer, who has no rights of his own: sudo."""
        return self.sudo().field_ids.filtered(
            lambda field: field.type == "stamp" and field._is_asked()
        )

    def _judge_pictures(self, pictures):
        """Return ({field: PNG, empty for one taken back or refused}, refusals in words) of what was chosen.

        :param dict pictures: {field id: base64 or a ``data:`` address}
        """
        if not isinstance(pictures, dict):
            return {}, [self._refusal_in_words(FieldValueError("field_invalid"))]
        stamps = {str(field.id): field for field in self._stamp_fields_sudo()}
        kept, refused = {}, []
        for key, raw in pictures.items():
            field = stamps.get(str(key))
            if not field:
                refused.append(self._refusal_in_words(FieldValueError("field_invalid")))
                continue
            try:
                kept[field] = field._clean_value(raw, is_final=False) if raw else b""
            except EsignError as error:
                kept[field] = b""
                refused.append(self._refusal_in_words(error))
        return kept, refused

    def _kept_pictures_sudo(self):
        """Return {field id: ``data:`` address} of the pictures chosen so far, for the signer's own page."""
        found = {field.id: field._picture_sudo() for field in self._stamp_fields_sudo()}
        return {
            str(field_id): f"data:image/png;base64,{base64.b64encode(png).decode()}"
            for field_id, png in found.items()
            if png
        }

    def _drop_pictures_sudo(self):
        """Forget what was chosen: it was signed with, or the one who chose it is another."""
        through_door(self.sudo().field_ids).write({"draft_image": False})

    def _store_signature(self, values, signature, digest):
        """Keep no second copy of what is signed with."""
        result = super()._store_signature(values, signature, digest)
        self._drop_pictures_sudo()
        return result

    def _forget_old_address_sudo(self):
        """Keep nothing of whoever had the old address."""
        result = super()._forget_old_address_sudo()
        self._drop_pictures_sudo()
        return result
