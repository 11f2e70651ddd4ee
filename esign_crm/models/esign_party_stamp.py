"""The stamp of a party."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.orm.models import NO_ACCESS

from ..tools.errors import ImageError, JailError
from ..tools.pdf import images
from .guards import not_from_typed_code

STAMP_BOX_POINTS = (170.0, 170.0)  # 6 cm: the largest round stamp in use


class EsignParty(models.Model):
    """A stamp is kept in a column that no group reads: in an attachment every administrator could fetch it."""

    _inherit = "esign.party"

    stamp = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)
    stamp_image = fields.Binary(
        string="Stamp",
        compute="_compute_stamp_image",
        inverse="_inverse_stamp_image",
        help="PNG, JPEG or WebP up to 5 MB. Shown to whoever may change this party.",
    )
    has_stamp = fields.Boolean(compute="_compute_has_stamp", string="Has a stamp")

    @api.depends("stamp", "is_private_person")
    @api.depends_context("uid")
    def _compute_stamp_image(self):
        """Show it to whoever may replace it, and to nobody else."""
        mine = self._origin._filtered_access("write") if self.env.uid else self.browse()
        for party in self:
            shown = party._origin in mine and party._stamp_sudo()
            party.stamp_image = base64.b64encode(shown) if shown else False

    def _inverse_stamp_image(self):
        """Store the image as the jail drew it anew.

        :raises ValidationError: it is no usable image, or the party is a private person
        """
        for party in self:
            if party.stamp_image and party.is_private_person:
                raise ValidationError(
                    self.env._("%(name)s is a private person, who has no stamp.", name=party.name)
                )
            png = party._redrawn(party.stamp_image) if party.stamp_image else False
            party.sudo().stamp = png and base64.b64encode(png)  # no group writes the column
            party._message_log(body=self.env._("The stamp was replaced.") if png else self.env._("The stamp was removed."))  # fmt: skip

    @api.depends("stamp", "is_private_person")
    def _compute_has_stamp(self):
        for party in self:
            party.has_stamp = bool(party._stamp_sudo())

    def write(self, vals):
        """Drop the stamp of whoever turns out to be a private person; no group writes the column, hence the sudo."""
        result = super().write(vals)
        if vals.get("is_private_person"):
            self.sudo().stamp = False
        return result

    def _redrawn(self, content):
        """Return foreign image bytes (base64) as a PNG without anything else in it."""
        try:
            raw = base64.b64decode(content, validate=True)
            return images.prepare_in_jail(raw, STAMP_BOX_POINTS)
        except (ImageError, JailError, binascii.Error) as error:
            raise ValidationError(
                self.env._(
                    "The stamp of %(name)s cannot be used: %(why)s",
                    name=self.name,
                    why=self._image_words(error),
                )
            ) from error

    def _image_words(self, error):
        return {
            "unsupported": self.env._("only PNG, JPEG and WebP images are taken."),
            "too_large": self.env._("it is larger than 5 MB."),
            "too_many_pixels": self.env._("it has more than 20 megapixels."),
            "blank": self.env._("it is blank."),
        }.get(getattr(error, "code", ""), self.env._("it is not an image that can be read."))

    @not_from_typed_code
    def _stamp_sudo(self):
        """Return the PNG of the stamp, ``b""`` for none; a private person never has one.

        No group reads its column, hence the sudo. Called when a document is stamped.
        """
        if len(self) != 1 or self.is_private_person:
            return b""
        stamp = self._origin.sudo().with_context(bin_size=False).stamp
        return base64.b64decode(stamp) if stamp else b""
