"""An entry of the party directory: who signs for whom, and how he is reached."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from ..tools import languages, requisites
from ..tools.errors import TextError
from ..tools.gateways.phone import e164
from ..tools.text import clean_name
from .guards import with_defaults

MAX_TEXT = 200
TEXTS = ("name", "position", "company_name", "authority_number")


class EsignParty(models.Model):
    """One person who may sign for one firm or for himself; contacts are pointers, what is used stands here.

    Everybody who sends may use the directory of his companies. Addresses and numbers are stored in one form only, so
    that the same person is found again.
    """

    _name = "esign.party"
    _description = "Party"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "company_name, name, id"
    _rec_names_search = ["name", "company_name", "email", "phone"]

    side = fields.Selection(
        [("own", "Our side"), ("client", "Client")], required=True, default="client", tracking=True
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="In the directory of",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="For our side: the company that this person signs for.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Kept by",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="May change this entry and is told when the authority runs out.",
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales team",
        index="btree_not_null",
        ondelete="set null",
        default=lambda self: self.env.user.sale_team_id,
        help="Whose leaders may change this entry too.",
    )

    name = fields.Char(string="Who signs", required=True, tracking=True)
    person_id = fields.Many2one(
        "res.partner",
        string="Contact of the person",
        ondelete="set null",
        index="btree_not_null",
        domain="[('is_company', '=', False)]",
    )
    position = fields.Char(tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Signs for",
        ondelete="set null",
        index="btree_not_null",
        help="The firm's contact, or the private person's own.",
    )
    company_name = fields.Char(
        string="Company", help="As it stands in documents; empty for a private person."
    )
    is_private_person = fields.Boolean(
        string="Private person",
        help="Signs for himself: is never asked for a stamp, and has none.",
    )
    country_id = fields.Many2one("res.country")

    email = fields.Char(string="E-mail", tracking=True)
    phone = fields.Char(help="International form (E.164).", tracking=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")],
        string="Preferred channel",
        required=True,
        default="email",
    )
    lang = fields.Selection(
        list(languages.NAMES.items()),
        string="Language",
        help="Of pages, messages and acts; empty: that of the company.",
    )
    signer_ids = fields.One2many("esign.signer", "party_id", string="Signed as")

    _company_email_idx = models.Index("(company_id, email) WHERE email IS NOT NULL")
    _company_phone_idx = models.Index("(company_id, phone) WHERE phone IS NOT NULL")

    @api.depends("name", "company_name", "is_private_person")
    def _compute_display_name(self):
        for party in self:
            firm = not party.is_private_person and party.company_name
            party.display_name = f"{party.name}, {firm}" if firm else party.name

    @api.onchange("person_id", "partner_id")
    def _onchange_contacts(self):
        """Take from newly chosen contacts what is still empty here."""
        found = self._contact_values(self.partner_id._origin, self.person_id._origin)
        self.update({name: value for name, value in found.items() if not self[name]})

    @api.onchange("is_private_person")
    def _onchange_is_private_person(self):
        if self.is_private_person:
            self.authority_kind = "self"

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Fill what contacts know, and store addresses and numbers in their normal form.

        :raises ValidationError: an address or number is none; says whose and which
        """
        return super().create([self._completed(with_defaults(self, vals)) for vals in vals_list])

    def write(self, vals):
        """Store addresses and numbers in their normal form, each party's by its own country.

        :raises ValidationError: as for :meth:`create`
        """
        if len(self.country_id) > 1 and {"phone", requisites.VAT} & vals.keys():
            for party in self:
                party.write(vals)
            return True
        result = super().write(self._normalised(vals))
        if {"side", "company_id"} & vals.keys():
            self.check_access(
                "write"
            )  # Odoo asks before a write only: nobody moves one out of his own reach
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Keep whoever is named in requests, also in those that the caller does not see, hence the sudo."""
        used_sudo = self.env["esign.signer"].sudo().search([("party_id", "in", self.ids)], limit=1)
        if used_sudo:
            raise UserError(
                self.env._(
                    "%(name)s is named in requests: archive this party instead of deleting it.",
                    name=used_sudo.party_id.name,
                )
            )

    @api.model
    def _completed(self, vals):
        """Return ``vals`` of a new party with what its contacts know, in normal form."""
        contacts = self.env["res.partner"]
        found = self._contact_values(
            contacts.browse(vals.get("partner_id") or []),
            contacts.browse(vals.get("person_id") or []),
        )
        missing = {name: value for name, value in found.items() if value and name not in vals}
        if not vals.get("name"):
            missing["name"] = found["name"]
        known = vals | missing
        if not known.get("name"):
            raise ValidationError(self.env._("A party needs the name of the person who signs."))
        if known.get("side") == "own" and not known.get("company_name"):
            company = self.env["res.company"].browse(known.get("company_id")) or self.env.company
            missing["company_name"] = company.name
        if known.get("phone") and not (known.get("email") or known.get("channel")):
            missing["channel"] = "sms"
        return self._normalised(vals | missing)

    @api.model
    def _contact_values(self, partner, person):
        """Return what the contact signed for and the signing person's contact tell of a party.

        What is not usable there (a phone number that is none) is left out: contacts are nobody's fault here.
        """
        country = partner.country_id or person.country_id
        code = country.code or self.env.company.country_id.code or ""
        source = person or (partner if not partner.is_company else person)
        lang = languages.match(source.lang or partner.lang or "", languages.LANGUAGES)
        return {
            "company_name": partner.name if partner.is_company else False,
            "country_id": country.id,
            "name": source.name,
            "position": source.function,
            "email": email_normalize(source.email or "") or False,
            "phone": e164(source.phone or "", code) or False,
            "lang": lang if source or partner else False,
            **requisites.from_tax_number(partner.vat or "", code),
        }

    # --- normal forms ----------------------------------------------------------------------------------------------

    def _normalised(self, vals):
        """Return ``vals`` with texts, address and numbers in their one form; called for all that is written."""
        vals = dict(vals)
        code = self._country_code(vals)
        whose = vals.get("name") or self[:1].name or self.env._("Party")
        for name in TEXTS:
            if vals.get(name):
                vals[name] = self._clean_text(whose, name, vals[name])
        if vals.get("email"):
            vals["email"] = self._clean_email(whose, vals["email"])
        if vals.get("phone"):
            vals["phone"] = self._clean_phone(whose, vals["phone"], code)
        if vals.get("is_private_person"):
            vals.setdefault("authority_kind", "self")
        return self._with_clean_requisites(whose, self._fitting_authority(vals), code)

    def _country_code(self, vals):
        """Return the country by which numbers without one are read: the party's, else our company's."""
        if vals.get("country_id"):
            return self.env["res.country"].browse(vals["country_id"]).code or ""
        known = self[:1].country_id or self[:1].company_id.country_id
        return (known or self.env.company.country_id).code or ""

    def _clean_text(self, whose, name, text):
        try:
            return clean_name(text, MAX_TEXT)
        except TextError as error:
            label = self._fields[name]._description_string(self.env)
            raise ValidationError(
                self.env._("%(name)s: “%(field)s” is too long.", name=whose[:60], field=label)
            ) from error

    def _clean_email(self, whose, email):
        normal = email_normalize(email)
        if not normal:
            raise ValidationError(
                self.env._(
                    "%(name)s: “%(email)s” is not one e-mail address.", name=whose, email=email
                )
            )
        return normal

    def _clean_phone(self, whose, phone, code):
        number = e164(phone, code)
        if not number:
            raise ValidationError(self.env._(
                "%(name)s: “%(phone)s” is not a phone number. Write it in international form, e.g. +33 6 12 34 56 78.",
                name=whose, phone=phone,
            ))  # fmt: skip
        return number
