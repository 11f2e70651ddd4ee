"""Pictures that a signer chose and has not signed with yet: kept for a reload, as the other entries are."""

import base64

from odoo import fields, models
from odoo.orm.models import NO_ACCESS

from ..tools import picture_policy
from ..tools.errors import EsignError, FieldValueError, ImageError
from .esign_page_texts import refusal_words
from .esign_signer_counts import HOUR
from .guards import not_from_typed_code, through_door

SIGNATURE = "signature"


class EsignField(models.Model):
    """A chosen stamp is kept as the jail drew it anew, encrypted, in a column that no group reads."""

    _inherit = "esign.field"

    draft_image = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)

    def _keep_picture_sudo(self, png):
        """Keep what was chosen, ``b""`` for nothing any more; its signer has no rights of his own, hence the sudo."""
        self.ensure_one()
        through_door(self.sudo()).write({"draft_image": _wrapped(self, "stamp", png)})

    def _picture_place(self):
        """Return what a refusal says of where the page tells it."""
        return {"field": self.id}

    @not_from_typed_code
    def _picture_sudo(self):
        """Return the PNG that is kept, ``b""`` for none; read only for the signer's own page, hence the sudo."""
        return _unwrapped(self, "stamp", self.sudo().with_context(bin_size=False).draft_image)

    def _is_kept_picture_sudo(self, raw):
        """Tell whether this is the picture that is kept; for the signer's own page, hence the sudo."""
        return _is_same(raw, self._picture_sudo())


class EsignSigner(models.Model):
    """Pictures travel once, when they are chosen; they are judged then and come back after a reload."""

    _inherit = "esign.signer"

    draft_picture = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)
    pictures_at = fields.Json(
        groups=NO_ACCESS, copy=False, help="When pictures were looked at within the last hour."
    )

    def _keep_picture_sudo(self, png):
        """Keep the picture of a signature as that of a stamp; the signer has no rights of his own, hence the sudo."""
        self.ensure_one()
        self._set_system_sudo(draft_picture=_wrapped(self, "signature", png))

    @not_from_typed_code
    def _picture_sudo(self):
        """Return the PNG of the signature that is kept, ``b""`` for none; for the signer's own page, hence the sudo."""
        return _unwrapped(self, "signature", self.sudo().with_context(bin_size=False).draft_picture)

    def _is_kept_picture_sudo(self, raw):
        """Tell whether this is the picture that is kept; for the signer's own page, hence the sudo."""
        return _is_same(raw, self._picture_sudo())

    def _stamp_fields_sudo(self):
        """Return the stamps that are asked of this signer, who has no rights of his own: sudo."""
        return self.sudo().field_ids.filtered(
            lambda field: field.type == "stamp" and field._is_asked()
        )

    def _judge_pictures(self, pictures):
        """Return ({field, or signer for the signature: PNG, empty for one taken back or refused}, refusals in words).

        Beyond so many in an hour none is looked at, and what is kept stays: it is returned beside the refusal, for the
        page to show again. The caller holds the lock of the request.

        :param dict pictures: {field id, or ``"signature"``: base64 or a ``data:`` address}
        """
        if not isinstance(pictures, dict):
            return {}, [self._refusal_in_words(FieldValueError("field_invalid"))]
        owners = {str(field.id): field for field in self._stamp_fields_sudo()} | {SIGNATURE: self}
        kept, refused = {}, []
        for key, raw in pictures.items():
            owner = owners.get(str(key))
            if owner is None:
                refused.append(self._refusal_in_words(FieldValueError("field_invalid")))
                continue
            refusal = self._too_many_pictures_sudo() if raw else None
            if refusal:
                kept[owner] = owner._picture_sudo()
                refused.append(refusal | owner._picture_place() | {"picture": str(key)})
                continue
            try:
                kept[owner] = owner._clean_picture(raw) if raw else b""
            except EsignError as error:
                kept[owner] = b""
                refused.append(self._refusal_in_words(error) | {"picture": str(key)})
        return kept, refused

    def _refused_pictures_sudo(self, values, signature):
        """Count the pictures that come with a signature; return the refusal in words of one too many, or None.

        What was looked at when it was chosen is kept, and costs nothing again. A signer has no rights of his own: sudo.

        :param values: of the fields, as the page sends them, not looked at yet; ``signature`` too
        """
        values = values if isinstance(values, dict) else {}
        given = {field: values.get(str(field.id)) for field in self._stamp_fields_sudo()}
        if isinstance(signature, dict):
            given[self] = signature.get("image")
        for owner, raw in given.items():
            is_known = not isinstance(raw, str) or not raw or owner._is_kept_picture_sudo(raw)
            refusal = None if is_known else self._too_many_pictures_sudo()
            if refusal:
                return refusal | owner._picture_place()
        return None

    def _too_many_pictures_sudo(self):
        """Count one picture that is to be looked at; return None, or the refusal in words where it is one too many.

        A signer has no rights of his own: sudo.
        """
        limit = picture_policy.PICTURES_PER_HOUR
        seconds = self._count_within_sudo("pictures_at", limit, HOUR)
        if not seconds:
            return None
        refusal = {"error": "image_refused", "reason": "too_many", "retry_after": seconds}
        return refusal | {"message": refusal_words(self.env, refusal)}

    def _picture_place(self):
        """Return nothing more: the page knows where the signature stands."""
        return {}

    def _clean_picture(self, raw):
        """Return the PNG that the jail made of the picture of a signature.

        :raises ImageError: it cannot be used
        """
        if not isinstance(raw, str):
            raise ImageError("unreadable")
        return base64.b64decode(self._clean_signature({"method": "image", "image": raw})["image"])

    def _picture_addresses(self, kept):
        """Return {field id or ``"signature"``: ``data:`` address} of pictures as they will stand in the document."""
        return {
            SIGNATURE if owner == self else str(owner.id): picture_address(png)
            for owner, png in kept.items()
            if png
        }

    def _draft_with_pictures_sudo(self, draft):
        """Return a draft with the pictures chosen so far, for the signer's own page.

        :param dict draft: as ``signing_draft.unpack`` returns it, empty for none
        """
        if not draft:
            return draft
        found = {field: field._picture_sudo() for field in self._stamp_fields_sudo()}
        signature = draft["signature"]
        if signature and signature["method"] == "image":
            png = self._picture_sudo()
            signature = signature | {"image": picture_address(png)} if png else None
        values = draft["values"] | self._picture_addresses(found)
        return {"values": values, "signature": signature}

    def _drop_pictures_sudo(self):
        """Forget what was chosen: it was signed with, or the one who chose it is another."""
        through_door(self.sudo().field_ids).write({"draft_image": False})
        self._set_system_sudo(draft_picture=False)

    def _forget_entries_sudo(self):
        """Forget all that was entered and never signed with: nobody will come back for it."""
        self._drop_pictures_sudo()
        self._set_system_sudo(draft=False)

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


def picture_address(png):
    """Return a PNG as a ``data:`` address."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _is_same(raw, png):
    """Tell whether base64, or a ``data:`` address, is of these bytes."""
    return bool(png) and raw.rpartition(",")[2] == base64.b64encode(png).decode()


def _wrapped(owner, purpose, png):
    """Return a PNG as its column keeps it, ``b""`` for none: encrypted, bound to whose it is."""
    keys = owner.env["esign.master.key"]
    return png and base64.b64encode(keys._encrypt(purpose, png, _context(owner)))


def _unwrapped(owner, purpose, stored):
    """Return the PNG of what a column keeps, empty for nothing."""
    keys = owner.env["esign.master.key"]
    return stored and keys._decrypt(purpose, base64.b64decode(stored), _context(owner))


def _context(owner):
    return f"draft:{owner.id}".encode()
