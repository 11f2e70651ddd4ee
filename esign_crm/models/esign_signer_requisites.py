"""The lines that name a signer's party in a document."""

from odoo import fields, models


class EsignSigner(models.Model):
    """Requisites, and whether a stamp can be asked."""

    _inherit = "esign.signer"

    is_private_person = fields.Boolean(
        string="Private person", help="Signs for nobody else: is never asked for a stamp."
    )

    def _requisites_lines(self):
        """Return the lines of a *requisites* field of this signer: name, address, registration, bank account.

        Extension point: the party directory knows more. Without one they come from the contact, as far as the caller
        may read it, else from what is known of the signer.
        """
        self.ensure_one()
        partner = self._requisites_partner()
        if not partner:
            return list(filter(None, [self.company_name, self.name]))
        return list(filter(None, [partner.name or self.name, *_lines_of(partner)]))

    def _requisites_partner(self):
        """Return the contact that this signer signs for, empty when the caller may not read it."""
        if self.side == "own":
            # our own name and address stand on every document, whoever sends it: sudo
            return self.request_id.company_id.sudo().partner_id
        partner = self.partner_id
        if partner and partner.has_access("read"):
            partner = partner.commercial_partner_id
        return partner if partner and partner.has_access("read") else partner.browse()


def _lines_of(partner):
    address = partner._display_address(without_company=True).splitlines()
    label = partner.country_id.vat_label or "VAT"
    return [
        ", ".join(line.strip() for line in address if line.strip()),
        f"{label} {partner.vat}" if partner.vat else "",
        partner.company_registry if partner.company_registry != partner.vat else "",
    ]
