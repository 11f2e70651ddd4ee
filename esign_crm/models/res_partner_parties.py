"""A contact and the parties that it is part of."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import languages


class ResPartner(models.Model):
    """From a contact to its parties, and a new party from what the contact tells."""

    _inherit = "res.partner"

    esign_party_ids = fields.One2many(
        "esign.party", "partner_id", string="Parties", groups="esign_crm.group_user"
    )
    esign_party_count = fields.Integer(
        string="Number of parties",
        compute="_compute_esign_party_count",
        groups="esign_crm.group_user",
    )

    @api.depends_context("uid")
    def _compute_esign_party_count(self):
        for partner in self:
            partner.esign_party_count = self.env["esign.party"].search_count(
                partner._esign_party_domain()
            )

    def _esign_party_domain(self):
        return Domain("partner_id", "in", self.ids) | Domain("person_id", "in", self.ids)

    def action_open_esign_parties(self):
        """Open the parties of this contact; a new one with what the contact tells when there is none."""
        self.ensure_one()
        parties = self.env["esign.party"]
        parties.check_access("read")
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_party_action")
        action["context"] = {
            f"default_{name}": value for name, value in self._esign_party_values().items() if value
        }
        action["domain"] = list(self._esign_party_domain())
        if not parties.search_count(self._esign_party_domain(), limit=1):
            action |= {"views": [(False, "form")], "view_mode": "form"}
        return action

    def _esign_party_values(self):
        """Return a new party's values: a firm, somebody of a firm, or a private person."""
        firm = self if self.is_company else self.commercial_partner_id
        person = self.browse() if self.is_company else self
        values = self.env["esign.party"]._contact_values(firm, person)
        is_private = not firm.is_company
        values |= {
            "partner_id": firm.id,
            "person_id": person.id,
            "is_private_person": is_private,
            "authority_kind": "self" if is_private else False,
            "channel": "sms" if values["phone"] and not values["email"] else "email",
        }
        values["lang"] = languages.match(self.lang or "", languages.LANGUAGES) or False
        return values
