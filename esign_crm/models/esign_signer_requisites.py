"""The lines that name a signer's party in a document."""

from odoo import api, fields, models


class EsignSigner(models.Model):
    """Requisites, and whether a stamp can be asked."""

    _inherit = "esign.signer"

    is_private_person = fields.Boolean(
        string="Private person",
        compute="_compute_is_private_person",
        store=True,
        readonly=False,
        precompute=True,
        help="Signs for nobody else: is never asked for a stamp.",
    )

    @api.depends("party_id", "partner_id", "company_name", "side")
    def _compute_is_private_person(self):
        """Take it from the party, else from the contact; without both it stays as it was entered."""
        for signer in self:
            # what was sent stays as it was, whatever becomes of the party
            is_draft = signer.request_id.state in (False, "draft")
            if is_draft and signer.party_id:
                signer.is_private_person = signer.sudo().party_id.is_private_person
            elif is_draft and signer.partner_id:
                signer.is_private_person = signer._is_contact_without_firm()
            else:
                signer.is_private_person = signer.is_private_person

    def _is_contact_without_firm(self):
        """Tell whether the client's contact is a person and neither it nor the signer names a firm; only told: sudo."""
        has_firm = self.company_name or self.sudo().partner_id.commercial_company_name
        return self.side == "client" and not has_firm

    def _requisites_lines(self):
        """Return the lines of a *requisites* field of this signer: name, address, and what acts say of such a party.

        They come from the party directory and the contact, as far as the caller may read them, else from what is known
        of the signer.
        """
        self.ensure_one()
        lang = self._lang_code()
        partner, party = self._requisites_partner(), self._readable(self.party_id)
        name = party.company_name or partner.name or self.company_name or self.name
        if partner:
            rows = partner._esign_requisites(lang, party)
        else:
            rows = party._requisites_lines(lang) if party else []
        address = partner.with_context(lang=lang)._esign_address_line()
        return [name, *(value if value == address else f"{label} {value}" for label, value in rows)]

    def _requisites_partner(self):
        """Return the contact that this signer signs for, empty when the caller may not read it."""
        if self.side == "own":
            # our own name and address stand on every document, whoever sends it: sudo
            return self.request_id.company_id.sudo().partner_id
        partner = self._readable(self.partner_id)
        return self._readable(partner.commercial_partner_id)

    def _readable(self, record):
        return record if record and record.has_access("read") else record.browse()
