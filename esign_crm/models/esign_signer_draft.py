"""What people may write into a draft's signers by hand: one address each, in its normal form."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164
from .guards import without_defaults
from .person_country import phone_country


class EsignSigner(models.Model):
    """Drafts are edited in the form and over RPC too, not only by ``create_from_deal``.

    The refusal of our own addresses on the client's side compares normal forms, so that nothing else may ever be
    stored: a second address in the same field, or a national form of the rep's number, would get the client's codes.
    """

    _inherit = "esign.signer"

    @api.model_create_multi
    def create(self, vals_list):
        """Store addresses in their normal form, and take none from the context, where nothing makes them normal.

        :raises UserError: one is not exactly one e-mail address or phone number
        """
        for vals in vals_list:
            self._normalise_addresses(vals)
        signers = super(EsignSigner, without_defaults(self)).create(vals_list)
        return signers.with_env(self.env)

    def write(self, vals):
        """Store addresses in their normal form, and keep each signer in its request.

        :raises UserError: an address is none, or the signer would change its request
        """
        if any(
            signer.request_id.id != vals.get("request_id", signer.request_id.id) for signer in self
        ):
            raise UserError(self.env._("A signer stays with its request."))
        vals = dict(vals)
        self[:1]._normalise_addresses(vals)
        return super().write(vals)

    def _phone_country(self, vals):
        """Return the code of the country of a number in ``vals``; the contact is only asked where he is: sudo."""
        request = self.request_id or self.env["esign.request"].browse(vals.get("request_id"))
        partner_id = vals.get("partner_id", self.partner_id.id)
        return phone_country(
            self.env["res.partner"].sudo().browse(partner_id or []),
            request.lead_id.sudo(),
            request.company_id or self.env.company,
            vals.get("side") or self.side or "client",
        )

    def _normalise_addresses(self, vals):
        """Replace e-mail address and phone number in ``vals``, which are this signer's or a new one's, by their normal forms."""
        email, phone = vals.get("email"), vals.get("phone")
        if email:
            vals["email"] = email_normalize(email)
            if not vals["email"]:
                raise UserError(self.env._("“%(email)s” is not one e-mail address.", email=email))
        if phone:
            vals["phone"] = e164(phone, self._phone_country(vals))
            if not vals["phone"]:
                raise UserError(
                    self.env._(
                        "“%(phone)s” is not a phone number. Write it in international form, e.g. +33 6 12 34 56 78.",
                        phone=phone,
                    )
                )
