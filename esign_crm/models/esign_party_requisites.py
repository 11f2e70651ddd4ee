"""Tax and registration numbers of a party."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import requisites
from ..tools.errors import RequisiteError


class EsignParty(models.Model):
    """Numbers as documents list them, checked when they are written."""

    _inherit = "esign.party"

    vat = fields.Char(string="VAT number", index="btree_not_null")
    inn = fields.Char(string="INN", index="btree_not_null")
    kpp = fields.Char(string="KPP")
    ogrn = fields.Char(string="OGRN", help="Or OGRNIP of an individual entrepreneur.")
    unp = fields.Char(string="UNP", index="btree_not_null")
    nip = fields.Char(string="NIP", index="btree_not_null")
    regon = fields.Char(string="REGON")
    piva = fields.Char(string="P.IVA", index="btree_not_null")
    codice_fiscale = fields.Char(string="Codice fiscale")
    siren = fields.Char(string="SIREN")
    siret = fields.Char(string="SIRET", index="btree_not_null")
    steuernummer = fields.Char()
    requisite_kinds = fields.Char(
        compute="_compute_requisite_kinds", help="Names of the numbers that the country knows."
    )

    @api.depends("country_id")
    def _compute_requisite_kinds(self):
        for party in self:
            party.requisite_kinds = " ".join(requisites.kinds_of(party.country_id.code or ""))

    requisite_words = fields.Char(compute="_compute_requisite_words")

    @api.depends("name", "country_id", "company_id", *requisites.KINDS)
    def _compute_requisite_words(self):
        """Say while one types what would be refused on saving."""
        for party in self:
            party.requisite_words = " ".join(party._wrong_requisites()) or False

    def _wrong_requisites(self):
        whose, code = self.name or self.env._("Party"), self._country_code({})
        for kind in requisites.KINDS:
            try:
                self._clean_requisite(whose, kind, self[kind] or "", code)
            except ValidationError as error:
                yield str(error)

    def _with_clean_requisites(self, whose, vals, code):
        """Return ``vals`` with each number checked and in its one form.

        :raises ValidationError: one cannot be right; says whose and which
        """
        given = {kind: vals[kind] for kind in requisites.KINDS if vals.get(kind)}
        return vals | {
            kind: self._clean_requisite(whose, kind, text, code) for kind, text in given.items()
        }

    def _clean_requisite(self, whose, kind, text, code):
        try:
            return requisites.normalise(kind, str(text), code)
        except RequisiteError as error:
            values = {
                "name": whose,
                "text": text,
                "number": self._fields[kind]._description_string(self.env),
            }
            raise ValidationError(
                self.env._(
                    "%(name)s: “%(text)s” is mistyped, no %(number)s has this check digit.",
                    **values,
                )
                if error.code == "wrong_digits"
                else self.env._(
                    "%(name)s: “%(text)s” does not have the form of a %(number)s.", **values
                )
            ) from error

    def _requisites_lines(self, lang=None):
        """Return [(label, number)] as documents list them; called by acts.

        :param lang: language of the labels; the party's own when left out
        """
        self.ensure_one()
        party = self.with_context(lang=lang or self._lang_code())
        return [
            (party._fields[kind]._description_string(party.env), party[kind])
            for kind in requisites.KINDS
            if party[kind]
        ]

    def _lang_code(self):
        """Return the installed language to write to this party in."""
        self.ensure_one()
        installed = self.env["res.lang"]._esign_codes()
        preferred = (self.lang, self.sudo().company_id.partner_id.lang, "en_US")
        return next((code for code in preferred if code in installed), installed[0])
