"""The stamp that a signer's side of the table used last, offered to him again."""

from odoo import models
from odoo.tools import format_date

from .esign_signer_pictures import picture_address


class EsignSigner(models.Model):
    """Offered only to a browser that confirmed the code; the signer takes it as if he had uploaded it."""

    _inherit = "esign.signer"

    def _earlier_stamp(self, field_id, cookie):
        """Return ``image`` (a ``data:`` address) and ``when`` of the stamp used last, both empty for none; or a refusal.

        :param field_id: of the stamp that is asked, as the page sends it
        """
        self.ensure_one()
        if self.state != "confirmed" or not self._confirmation_sudo(cookie):
            return {"error": "not_confirmed"}
        if str(field_id) not in map(str, self._stamp_fields_sudo().ids):
            return {"error": "field_invalid"}
        stamp_sudo = self._last_stamp_sudo()
        if not stamp_sudo:
            return {"image": "", "when": ""}
        signed_at = stamp_sudo.signer_id.signed_at
        here = self.with_context(tz=self.request_id._timezone())
        return {
            "image": picture_address(stamp_sudo._image_sudo()),
            "when": format_date(here.env, signed_at, date_format="long"),
        }

    def _last_stamp_sudo(self):
        """Return the field that holds the stamp used last by this signer's party, or by himself where he is no party's.

        Only whoever is reached at the party's own address is that party, then as now. A signer has no rights: sudo.
        """
        whose = self._whose_stamps_sudo()
        if not whose:
            return self.env["esign.field"].sudo()
        signers_sudo = self.sudo().search(
            [
                *whose,
                ("id", "!=", self.id),
                ("state", "=", "signed"),
                ("side", "=", self.side),
                ("request_id.company_id", "=", self.request_id.company_id.id),
                ("field_ids", "any", [("type", "=", "stamp"), ("image", "!=", False)]),
            ],
            order="signed_at desc, id desc",
            limit=1,
        )
        return signers_sudo.field_ids.filtered(lambda each: each.type == "stamp" and each.value)[:1]

    def _whose_stamps_sudo(self):
        """Return the domain of the signers who are this one, None where that is not sure; sudo as above."""
        party_sudo = self._proven_party_sudo()
        if party_sudo:
            return [("party_id", "=", party_sudo.id), ("address_source", "=", "party")]
        name = "email" if self.channel == "email" else "phone"
        partner_sudo, address = self.sudo().partner_id, self[name]
        if self.party_id or not partner_sudo or not address:
            return None
        # he confirmed a code at this very address when he used it
        return [
            ("party_id", "=", False),
            ("partner_id", "=", partner_sudo.id),
            (name, "=", address),
        ]
