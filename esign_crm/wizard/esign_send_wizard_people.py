"""The two people of the sending wizard: who they are and where each is reached."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import email_normalize

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
    own_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Our signer's language",
        compute="_compute_own_lang",
        **STAYS_EDITABLE,
    )

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
        if signer_sudo and not self._own_refusal(signer_sudo, company, team):
            return self._own_person(signer_sudo.partner_id.id, signer_sudo)
        proposed = company.sudo().esign_own_partner_id or self.env.user.partner_id
        return {"own_partner_id": proposed.id}

    @api.model
    def _own_refusal(self, signer_sudo, company, team):
        """Return why whoever signed for us last must not be asked again: left, for other teams, authority ended."""
        person = replace(
            signer_sudo._person(), company=company, team=team or self.env["crm.team"], party=None
        )
        return self.env["esign.party"]._problem_of(person)

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

    @api.depends("own_partner_id")
    def _compute_own_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for wizard in self:
            party = wizard._party("own")
            known = (party.lang, wizard.own_partner_id.lang, self.env.user.lang)
            wizard.own_lang = next((code for code in known if code in installed), False)

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for wizard in self:
            partner, lead = wizard.client_partner_id, wizard.lead_id
            party = wizard._party("client")
            known = (party.lang, partner.lang, lead.lang_id.code, self.env.user.lang)
            wizard.client_lang = next((code for code in known if code in installed), False)

    def _signer(self, side, sequence):
        """Return the entry of one side for ``create_from_deal``."""
        partner = self[f"{side}_partner_id"]
        party = self._party(side)
        return {
            "side": side,
            "role": self.env._("Our side") if side == "own" else self.env._("Client"),
            "sequence": sequence,
            "name": self[f"{side}_name"],
            "email": email_normalize(self[f"{side}_email"] or "") or False,
            "phone": self._e164(side),
            "channel": self[f"{side}_channel"],
            "lang": self[f"{side}_lang"],
            "partner_id": partner.id,
            "position": party.position or partner.function,
            "authority": party._authority_words(self[f"{side}_lang"]) if party else False,
            "company_name": partner.commercial_company_name
            or (side == "client" and self.lead_id.partner_name),
        }
