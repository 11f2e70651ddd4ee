"""One value as a signer enters it."""

from odoo import models

from ..tools import field_types, field_values
from ..tools.errors import EsignError, ImageError
from ..tools.pdf import images
from . import esign_marks

WORTH_TELLING = 200  # letters


class EsignField(models.Model):
    """Values from the signing page."""

    _inherit = "esign.field"

    def _clean_value(self, raw, is_final=True):
        """Return a value in its normal form, checked against its box.

        :param bool is_final: whether a required one must be there
        """
        self.ensure_one()
        required = self.required and is_final
        if self.type == "stamp":
            value = self._clean_stamp(raw, required)
        else:
            value = field_values.normalise(
                self.type, raw, required=required, field=self.id,
                options=field_types.options(self.options),
            )  # fmt: skip
        esign_marks.check_value(self, value)
        return value

    def _clean_picture(self, raw):
        """Return the PNG of a stamp that was just chosen."""
        return self._clean_value(raw, is_final=False)

    def _clean_stamp(self, raw, required):
        """Return the PNG that the jail made of an uploaded image, else the stamp on file, empty for none."""
        on_file = self._stamp_on_file_sudo()
        content = field_values.image(raw, required=required and not on_file, field=self.id)
        if not content:
            return on_file
        try:
            return images.prepare_in_jail(content, esign_marks.box_points(self))
        except EsignError as error:
            raise ImageError(error.code, field=self.id) from error

    def _stamp_on_file_sudo(self):
        """Return the stamp that the party directory has of a signer of our side, empty for none.

        The signer has no account to read it with, hence the sudo; whoever signs for the client brings his own.
        """
        party_sudo = self.signer_id._proven_party_sudo()
        return (self.signer_id.side == "own" and party_sudo and party_sudo._stamp_sudo()) or b""

    def _entry_hints(self):
        """Return what the page tells beside the field: the answers of a choice, how much fits into a text."""
        self.ensure_one()
        if self.type == "choice":
            return {"options": field_types.options(self.options)}
        if self.type == "stamp":
            return {"on_file": bool(self._stamp_on_file_sudo())}
        room = esign_marks.room(self) if self.type in ("text", "multiline") else 0
        # beside a large box the number would only be in the way
        return {"room": room} if 0 < room <= WORTH_TELLING else {}
