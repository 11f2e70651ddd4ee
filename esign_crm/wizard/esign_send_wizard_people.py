"""The two people of the sending wizard: who they are and where each is reached."""

from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models

CHANNELS = [("email", "E-mail"), ("sms", "SMS")]
SIDES = ("own", "client")
# what decides whom a message reaches, of both sides
REACHED_BY = [
    f"{side}_{name}"
    for side in SIDES
    for name in ("name", "email", "phone", "channel", "partner_id")
]
# Filled from the contact with the sender's own rights, then free to be typed over.
STAYS_EDITABLE = {"store": True, "readonly": False, "precompute": True, "compute_sudo": False}


@dataclass(frozen=True)
class Asked:
    """Somebody whom the form is about to ask, as entered; the contact is a record.

    :ivar role: the template's; empty for the usual one of the side, which is named in the document's language
    """

    side: str
    role: str
    sequence: int
    partner: Any
    name: str
    email: str
    phone: str
    channel: str
    lang: Any


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
        company = lead.company_id or self.env.company
        if "client_partner_id" in fields_list:
            client = lead._esign_client_person(company)
            values.setdefault("client_partner_id", client["partner_id"])
        if "own_partner_id" in fields_list:
            values = self._own_defaults(lead, company) | values
        return values

    @api.model
    def _own_defaults(self, lead, company):
        """Return the form's values of who signs for ``company``; the deal may be empty."""
        person = lead._esign_own_person(company)
        names = ("name", "email", "phone", "channel")
        return {f"own_{name}": person[name] for name in names} | {
            "own_partner_id": person["partner_id"]
        }

    # --- the people ------------------------------------------------------------------------------------------------

    @api.depends("own_partner_id")
    def _compute_own_person(self):
        for wizard in self:
            wizard._fill("own", ("name", "email", "phone"))

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_person(self):
        for wizard in self:
            wizard._fill("client", ("name", "email", "phone"))

    @api.depends("own_partner_id")
    def _compute_own_channel(self):
        for wizard in self:
            wizard._fill("own", ("channel",))

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_channel(self):
        for wizard in self:
            wizard._fill("client", ("channel",))

    @api.depends("own_partner_id")
    def _compute_own_lang(self):
        for wizard in self:
            wizard._fill("own", ("lang",))

    @api.depends("client_partner_id", "lead_id")
    def _compute_client_lang(self):
        for wizard in self:
            wizard._fill("client", ("lang",))

    def _fill(self, side, names):
        """Take what directory, contact and deal know of a person; where they know nothing, keep what was typed."""
        partner, lead = self[f"{side}_partner_id"]._origin, self.lead_id._origin
        if side == "client":
            person = lead._esign_client_person(self._company(), partner)
        else:
            person = lead._esign_contact_person(partner, self._company(), "own")
        for name in names:
            self[f"{side}_{name}"] = person[name] or (not partner and self[f"{side}_{name}"])

    def _asked(self, side):
        """Return the person of one side; with a template in the first of its roles of that side."""
        role = self._roles_of(side)[:1]
        return Asked(
            side=side,
            role=role.name or "",
            sequence=role.sequence if role else 1 + (side == "client"),
            partner=self[f"{side}_partner_id"]._origin,
            name=self[f"{side}_name"] or "",
            email=self[f"{side}_email"] or "",
            phone=self[f"{side}_phone"] or "",
            channel=self[f"{side}_channel"] or "email",
            lang=self[f"{side}_lang"],
        )

    def _signer(self, who):
        """Return the entry of one person for ``create_from_deal``."""
        party, is_client = self._party(who), who.side == "client"
        firm = who.partner.commercial_company_name or (is_client and self.lead_id.partner_name)
        return {
            "side": who.side,
            "role": who.role,
            "sequence": who.sequence,
            "name": who.name,
            "email": self._email(who) or False,
            "phone": self._e164(who),
            "channel": who.channel,
            "lang": who.lang,
            "partner_id": who.partner.id,
            "position": party.position or who.partner.function,
            "authority": party._authority_words(who.lang) if party else False,
            "company_name": not party.is_private_person and (party.company_name or firm),
        }
