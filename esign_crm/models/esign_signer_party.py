"""The party that a signer was found to be."""

from statistics import median

from odoo import api, fields, models
from odoo.exceptions import UserError

from .esign_party_may_sign import Person
from .person_country import country_of

WHO = {"name", "partner_id", "email", "phone", "side"}


class EsignSigner(models.Model):
    """A pointer into the party directory, found by address or contact; a signer keeps his own frozen copies."""

    _inherit = "esign.signer"

    party_id = fields.Many2one(
        "esign.party", ondelete="set null", index="btree_not_null", copy=True
    )
    address_source = fields.Selection(
        selection_add=[("party", "From the party directory"), ("typed",)],
        ondelete={"party": "set null"},
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Find the party of whoever comes without one."""
        signers = super().create(vals_list)
        signers.filtered(lambda each: not each.party_id)._find_parties()
        signers._check_party()
        return signers

    def write(self, vals):
        """Find the party again when a draft's person changes."""
        result = super().write(vals)
        if "party_id" in vals:
            self._check_party()
            # of what was sent, whence the addresses came is evidence
            self.filtered(lambda each: each.request_id.state == "draft")._record_provenance()
            self.mapped("is_private_person")  # follows the party only while this is a draft: now
        elif WHO & vals.keys():
            self.filtered(lambda each: each.request_id.state == "draft")._find_parties()
        return result

    def _find_parties(self):
        for signer in self:
            party = self.env["esign.party"]._find_for(
                signer.partner_id,
                signer.email,
                signer.phone,
                signer.request_id.company_id,
                side=signer.side,
                name=signer.name,
            )
            if party != signer.party_id:
                signer._set_system_sudo(party_id=party.id)

    def _address_origin(self):
        """Say so where the directory has this address; who sends may not read all of it, hence the sudo.

        What a sender typed and nobody has confirmed there comes from him, or from the contact, which may have it too.
        """
        party_sudo, name = self.sudo().party_id, self._address_name_in_party_sudo()
        if name and not party_sudo._typed_by(name):
            return "party", party_sudo.write_date
        source, since = super()._address_origin()
        if name and source == "typed":
            return source, party_sudo.address_typed_at or party_sudo.create_date
        return source, since

    def _address_typist(self):
        """Return who typed an address that was taken from the directory and is nobody else's word."""
        name = self._address_name_in_party_sudo()
        is_typed = name and self._address_origin()[0] == "typed"
        typist = is_typed and self.sudo().party_id._typed_by(name)
        return typist or super()._address_typist()

    def _address_name_in_party_sudo(self):
        """Return ``email`` or ``phone`` where the party has this signer's very address, else ``""``; sudo as above."""
        party_sudo = self.sudo().party_id
        name = "email" if self.channel == "email" else "phone"
        return name if party_sudo and self[name] and party_sudo[name] == self[name] else ""

    def _freeze_origin(self):
        """Say anew, at sending, where each address comes from: the directory may have changed since it was entered."""
        for signer in self.filtered("party_id"):
            source, since = signer._address_origin()
            if source != signer.address_source:
                signer._set_system_sudo(
                    address_source=source, address_since=since, address_by=signer._address_typist()
                )

    def _proven_party_sudo(self):
        """Return the parties of those who are reached at the party's own address, as it was at sending.

        A sender may name any party; only whoever has its address is that party and uses its stamp, or agrees for it.
        Signers may read no party, hence the sudo.
        """
        return self.filtered(lambda each: each.address_source == "party").sudo().party_id

    def _agreeing_party_sudo(self):
        """Return the parties for whom these agree: the proven ones, and whoever was entered with the same typed address.

        That address was his when he signed the agreement first, and is until somebody writes another. Sudo as above.
        """
        parties_sudo = self._proven_party_sudo()
        for signer in self:
            party_sudo, name = signer.sudo().party_id, signer._address_name_in_party_sudo()
            if name and party_sudo._typed_by(name):
                parties_sudo |= party_sudo
        return parties_sudo

    def _check_party(self):
        """Refuse a party of another company's directory or of the other side; RPC may name any: sudo reads it."""
        for signer in self.filtered("party_id"):
            party_sudo = signer.sudo().party_id
            if (party_sudo.company_id, party_sudo.side) != (
                signer.request_id.company_id,
                signer.side,
            ):
                raise UserError(
                    self.env._(
                        "%(name)s: this party belongs to another company or side.", name=signer.name
                    )
                )

    def _person(self):
        """Return who this is, for the question whether he may sign; senders may read neither contacts nor parties: sudo."""
        self.ensure_one()
        signer_sudo = self.sudo()
        request_sudo, partner_sudo = signer_sudo.request_id, signer_sudo.partner_id
        return Person(
            name=self.name,
            side=self.side,
            party=signer_sudo.party_id,
            partner=partner_sudo,
            email=self.email,
            phone=self.phone,
            company=request_sudo.company_id,
            team=request_sudo.team_id,
            country=country_of(partner_sudo, request_sudo.lead_id),
        )

    def _median_hours(self):
        """Return the median of the hours from invitation to signature, 0 for none."""
        hours = [
            (signer.signed_at - signer.invited_at).total_seconds() / 3600
            for signer in self
            if signer.signed_at and signer.invited_at
        ]
        return round(median(hours), 1) if hours else 0.0
