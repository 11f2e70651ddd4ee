"""What papers say about a contact: address, tax number, register, bank."""

from odoo import models

from ..tools import requisites
from ..tools.languages import country_name


class ResPartner(models.Model):
    """Requisites, read with the rights of whoever makes the paper."""

    _inherit = "res.partner"

    def _esign_legal_name(self):
        """Return the name under which the contact is party to a paper: its company's, else its own."""
        self.ensure_one()
        return self.commercial_partner_id.name or self.name or ""

    def _esign_address_line(self):
        """Return the address in one line, as papers write it; empty for no contact."""
        address = self._display_address(without_company=True) if self else ""
        country = self.country_id.name
        lines = (line.strip() for line in address.splitlines())
        return ", ".join(
            self._esign_country_name() if line == country else line for line in lines if line
        )

    def _esign_country_name(self):
        """Return the country in the language of ``env``, also where Odoo's own terms of that language are not loaded."""
        country = self.country_id
        is_translated = country.name != country.with_context(lang="en_US").name
        known = (
            not is_translated and self.env.lang and country_name(country.code or "", self.env.lang)
        )
        return known or country.name

    def _esign_tax_label(self):
        """Return what a reader of this environment's language calls the contact's tax number: by the number's own country."""
        kind = requisites.called(self.vat or "", self.country_id.code or "")
        if kind:
            return self.env["esign.party"]._fields[kind]._description_string(self.env)
        return self.country_id.vat_label or self.env._("Tax ID")

    def _esign_requisites(self, lang, party=None):
        """Return ``[(label, value)]`` for papers in ``lang``, without what is not known.

        Extension point: whoever knows more of a party adds or replaces rows.

        :param party: the entry of the party directory that signs, where one is known
        """
        self.ensure_one()
        person = self.with_context(lang=lang)
        env, entity = person.env, person.commercial_partner_id
        bank = entity.bank_ids[:1]
        rows = (
            (env._("Address"), entity._esign_address_line()),
            (entity._esign_tax_label(), entity.vat),
            (env._("Company number"), entity.company_registry),
            (env._("Bank account"), ", ".join(filter(None, (bank.acc_number, bank.bank_name)))),
            (env._("BIC"), bank.bank_bic),
            (env._("Represented by"), person.name if person != entity else False),
            (env._("E-mail"), person.email or entity.email),
            (env._("Phone"), person.phone or entity.phone),
        )
        return [(label, value) for label, value in rows if value]
