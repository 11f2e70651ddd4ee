"""A party on its way into requests, and what became of them."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.text import is_same_name


class EsignParty(models.Model):
    """Finding the party of a person, filling a signer from it, history and figures."""

    _inherit = "esign.party"

    request_count = fields.Integer(string="Requests", compute="_compute_figures")
    signed_count = fields.Integer(string="Signed", compute="_compute_figures")
    declined_count = fields.Integer(string="Declined", compute="_compute_figures")
    median_hours = fields.Float(
        string="Median hours to sign",
        compute="_compute_figures",
        help="From the invitation to the signature; 0 while nothing was signed.",
    )

    @api.depends("signer_ids.state")
    @api.depends_context("uid")
    def _compute_figures(self):
        """Count the requests that the reader himself may see, as the history lists them."""
        signers = self.env["esign.signer"].search_fetch(
            [("party_id", "in", self.ids), ("kind", "=", "signer")],
            ["party_id", "request_id", "state", "invited_at", "signed_at"],
        )
        by_party = signers.grouped("party_id")
        for party in self:
            mine = by_party.get(party._origin, signers.browse())
            party.request_count = len(mine.request_id)
            party.signed_count = len(mine.filtered(lambda each: each.state == "signed"))
            party.declined_count = len(mine.filtered(lambda each: each.state == "declined"))
            party.median_hours = mine._median_hours()

    # --- for signers -----------------------------------------------------------------------------------------------

    @api.model
    def _find_for(self, partner=None, email=None, phone=None, company=None, side="client", name=""):
        """Return the party of a person, or none; called when somebody becomes a signer.

        First whose address it is, then whose contact: two people of one firm are told apart by their addresses, and
        where nobody has those, by the name.

        :param partner: the person's or firm's contact
        :param email: normalised address
        :param phone: number in E.164
        :param company: the company whose directory is looked into, the caller's when left out
        :param name: how the person is called
        """
        here = Domain("company_id", "=", (company or self.env.company).id) & Domain(
            "side", "=", side
        )
        partner = partner or self.env["res.partner"]
        for field, value in (("email", email), ("phone", phone), ("person_id", partner.id)):
            found = self.search(here & Domain(field, "=", value)) if value else self.browse()
            if found:
                return found._of_contact(partner)
        if not partner:
            return self.browse()
        firm = partner.sudo().commercial_partner_id  # only compared
        found = self.search(here & Domain("partner_id", "in", (partner | firm).ids))
        if (
            email or phone
        ):  # an address that nobody here has: somebody else of the firm, unless by name
            found = found.filtered(lambda party: is_same_name(party.name, name))
        else:
            found = found.filtered(lambda party: party.partner_id == partner)
        return found if len(found) == 1 else self.browse()

    def _of_contact(self, partner):
        """Return one of these: the one that ``partner`` is a contact of, else the first."""
        known = self.filtered(lambda each: partner and partner in each.person_id | each.partner_id)
        return (known or self)[:1]

    def _signer_values(self):
        """Return this party as an entry of ``create_from_deal``'s signers."""
        self.ensure_one()
        return {
            "side": self.side,
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "channel": self.channel,
            "lang": self.lang,
            "partner_id": (self.person_id or self.partner_id).id,
            "position": self.position,
            "company_name": False if self.is_private_person else self.company_name,
            "authority": self._authority_words(),
            "party_id": self.id,
        }

    # --- screens ---------------------------------------------------------------------------------------------------

    def action_open_requests(self):
        """Open the requests of this party. For whoever may read it; shows what he may see of requests."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")
        action["domain"] = [("signer_ids.party_id", "=", self.id)]
        action["context"] = {"create": False}
        action["name"] = self.env._("Requests of %(name)s", name=self.name)
        return action
