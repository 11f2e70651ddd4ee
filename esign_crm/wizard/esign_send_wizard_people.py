"""The two people of the sending wizard: who they are and where each is reached."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164

CHANNELS = [("email", "E-mail"), ("sms", "SMS")]
SIDES = ("own", "client")
# Filled from the contact with the sender's own rights, then free to be typed over.
STAYS_EDITABLE = {"store": True, "readonly": False, "precompute": True, "compute_sudo": False}


class EsignSendWizard(models.TransientModel):
    """One signer of our side, one of the client's; a contact fills the fields, which stay free to be typed over."""

    _inherit = "esign.send.wizard"

    own_partner_id = fields.Many2one(
        "res.partner", string="Our signer's contact", domain="[('is_company', '=', False)]"
    )
    own_name = fields.Char(string="Our signer", compute="_compute_own_person", **STAYS_EDITABLE)
    own_email = fields.Char(
        string="Our signer's e-mail", compute="_compute_own_person", **STAYS_EDITABLE
    )
    own_phone = fields.Char(
        string="Our signer's phone", compute="_compute_own_person", **STAYS_EDITABLE
    )
    own_channel = fields.Selection(
        CHANNELS,
        string="Our signer is reached by",
        required=True,
        compute="_compute_own_channel",
        **STAYS_EDITABLE,
    )
    own_hint = fields.Char(compute="_compute_hints")
    own_problem = fields.Char(compute="_compute_hints")

    client_partner_id = fields.Many2one("res.partner", string="Client's contact")
    client_name = fields.Char(
        string="Client's signer", compute="_compute_client_person", **STAYS_EDITABLE
    )
    client_email = fields.Char(
        string="Client's e-mail", compute="_compute_client_person", **STAYS_EDITABLE
    )
    client_phone = fields.Char(
        string="Client's phone", compute="_compute_client_person", **STAYS_EDITABLE
    )
    client_channel = fields.Selection(
        CHANNELS,
        string="Client is reached by",
        required=True,
        compute="_compute_client_channel",
        **STAYS_EDITABLE,
    )
    client_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Client's language",
        compute="_compute_client_lang",
        **STAYS_EDITABLE,
    )
    client_hint = fields.Char(compute="_compute_hints")
    client_problem = fields.Char(compute="_compute_hints")

    @api.model
    def default_get(self, fields_list):
        """Start from the deal's contact and from whoever signed for our company last."""
        values = super().default_get(fields_list)
        lead = self.env["crm.lead"].browse(
            values.get("lead_id") or self.env.context.get("default_lead_id")
        )
        if "client_partner_id" in fields_list:
            values.setdefault("client_partner_id", lead.partner_id.id)
        if "own_partner_id" in fields_list:
            values = self._own_defaults(lead.company_id or self.env.company, lead.team_id) | values
        return values

    @api.model
    def _own_defaults(self, company, team=None):
        """Return who signs for ``company`` and ``team`` unless the sender says otherwise.

        That is whom the party directory proposes, else who did it last, else the company's own signer, else the sender.
        """
        party = self.env["esign.party"]._default_own(company, team)
        if party:
            known = party._signer_values()
            return self._own_person(known["partner_id"], known)
        signer_sudo = self._last_own_signer_sudo(company)
        if signer_sudo:
            return self._own_person(signer_sudo.partner_id.id, signer_sudo)
        proposed = company.sudo().esign_own_partner_id or self.env.user.partner_id
        return {"own_partner_id": proposed.id}

    def _own_person(self, partner_id, known):
        """Return the form's values of one person, from a mapping or a record of him."""
        values = {"own_partner_id": partner_id}
        values |= {f"own_{name}": known[name] for name in ("name", "email", "phone")}
        if known["channel"] in dict(CHANNELS):
            values["own_channel"] = known["channel"]
        return values

    @api.model
    def _last_own_signer_sudo(self, company):
        """Return who signed for ``company`` last; often in a colleague's request, hence the sudo."""
        return (
            self.env["esign.signer"]
            .sudo()
            .search(
                [
                    ("side", "=", "own"),
                    ("kind", "=", "signer"),
                    ("request_id.company_id", "=", company.id),
                    ("request_id.state", "!=", "draft"),
                ],
                order="id desc",
                limit=1,
            )
        )

    # --- the people ------------------------------------------------------------------------------------------------

    @api.depends("own_partner_id")
    def _compute_own_person(self):
        for wizard in self:
            wizard._fill_from_partner("own", wizard.own_partner_id)

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_person(self):
        for wizard in self:
            partner, lead = wizard.client_partner_id, wizard.lead_id
            if partner and partner != lead.partner_id:
                wizard._fill_from_partner("client", partner)
                continue
            # The deal may know its contact better than the address book does.
            person = partner if not partner.is_company else self.env["res.partner"]
            wizard.client_name = (
                person.name or lead.contact_name or partner.name or wizard.client_name
            )
            wizard.client_email = lead.email_from or partner.email or wizard.client_email
            wizard.client_phone = lead.phone or partner.phone or wizard.client_phone

    def _fill_from_partner(self, side, partner):
        """Take name and addresses from ``partner``; without one, keep what was typed."""
        for name in ("name", "email", "phone"):
            self[f"{side}_{name}"] = partner[name] if partner else self[f"{side}_{name}"]

    @api.depends("own_partner_id")
    def _compute_own_channel(self):
        for wizard in self:
            wizard.own_channel = "sms" if wizard.own_phone and not wizard.own_email else "email"

    @api.depends("client_partner_id")
    def _compute_client_channel(self):
        for wizard in self:
            wizard.client_channel = (
                "sms" if wizard.client_phone and not wizard.client_email else "email"
            )

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for wizard in self:
            known = (wizard.client_partner_id.lang, wizard.lead_id.lang_id.code, self.env.user.lang)
            wizard.client_lang = next((code for code in known if code in installed), False)

    @api.depends(
        *(
            f"{side}_{name}"
            for side in SIDES
            for name in ("name", "email", "phone", "channel", "partner_id")
        )
    )
    def _compute_hints(self):
        for wizard in self:
            for side in SIDES:
                problem = wizard._address_problem(side)
                wizard[f"{side}_problem"] = problem
                wizard[f"{side}_hint"] = False if problem else wizard._address_words(side)

    def _address(self, side):
        """Return the normal form of the address that the channel of ``side`` uses, or nothing."""
        if self[f"{side}_channel"] == "email":
            return email_normalize(self[f"{side}_email"] or "") or ""
        return self._e164(side) or ""

    def _e164(self, side):
        """Return the phone number in international form, read as one of the contact's, deal's or company's country."""
        if not self[f"{side}_phone"]:
            return False
        partner, lead = self[f"{side}_partner_id"], self.lead_id
        own = lead.company_id or self.env.company
        country = (
            partner.country_id or (lead.country_id if side == "client" else False) or own.country_id
        )
        return e164(self[f"{side}_phone"], country.code or "")

    def _address_words(self, side):
        """Return where link and code will go, in full, for the sender to check."""
        address = self._address(side)
        if not address:
            return False
        if self[f"{side}_channel"] == "email":
            return self.env._("The link and the code go to %(address)s.", address=address)
        return self.env._("The link and the code go by SMS to %(address)s.", address=address)

    def _address_problem(self, side):
        """Return what is wrong with the addresses as entered, or nothing; an empty field is the form's to mark."""
        email, phone = self[f"{side}_email"], self[f"{side}_phone"]
        if email and not email_normalize(email):
            return self.env._("“%(typed)s” is not an e-mail address.", typed=email)
        if phone and not self._e164(side):
            return self.env._(
                "“%(typed)s” is not a phone number: write it in international form, e.g. +33 6 12 34 56 78.",
                typed=phone,
            )
        return self._own_address_problem() if side == "client" and self._address(side) else False

    def _own_address_problem(self):
        """Return why the client's address is none of the client's, or nothing: a rep could sign as the client."""
        address = self._address("client")
        if address in (email_normalize(self.own_email or ""), self._e164("own")):
            return self.env._(
                "This is our own signer's address: the client must be reached at their own."
            )
        if self.client_channel == "email" and self._is_colleague(address):
            return self.env._(
                "This address belongs to one of our users: the client must be reached at their own."
            )
        return False

    def _is_colleague(self, email):
        """Tell whether ``email`` is an internal user's, whatever the sender may see of users, hence the sudo."""
        return bool(
            self.env["res.users"]
            .sudo()
            .search_count(
                [
                    ("share", "=", False),
                    "|",
                    ("login", "=ilike", email),
                    ("partner_id.email_normalized", "=", email),
                ],
                limit=1,
            )
        )

    def _check_people(self):
        """Refuse with the words that stand beside the field."""
        for side, who in (("own", self.env._("Our signer")), ("client", self.env._("Client"))):
            if not (self[f"{side}_name"] or "").strip():
                raise UserError(self.env._("%(who)s: who signs? The name is missing.", who=who))
            if self[f"{side}_problem"]:
                raise UserError(
                    self.env._("%(who)s: %(problem)s", who=who, problem=self[f"{side}_problem"])
                )
            if not self._address(side):
                raise UserError(
                    self.env._("%(who)s: the e-mail address is missing.", who=who)
                    if self[f"{side}_channel"] == "email"
                    else self.env._("%(who)s: the phone number is missing.", who=who)
                )

    def _signer(self, side, sequence):
        """Return the entry of one side for ``create_from_deal``."""
        partner = self[f"{side}_partner_id"]
        return {
            "side": side,
            "role": self.env._("Our side") if side == "own" else self.env._("Client"),
            "sequence": sequence,
            "name": self[f"{side}_name"],
            "email": email_normalize(self[f"{side}_email"] or "") or False,
            "phone": self._e164(side),
            "channel": self[f"{side}_channel"],
            "lang": (self.client_lang if side == "client" else partner.lang) or False,
            "partner_id": partner.id,
            "position": partner.function,
            "company_name": partner.commercial_company_name
            or (side == "client" and self.lead_id.partner_name),
        }
