"""Acts of a deal, and the quotation that their lines come from."""

from odoo import api, fields, models

from .form_action import form_action


class CrmLead(models.Model):
    """A deal shows its acts with the acts' own rights."""

    _inherit = "crm.lead"

    esign_act_ids = fields.One2many(
        "esign.act", "lead_id", string="Acts", groups="esign_crm.group_user", copy=False
    )
    esign_act_count = fields.Integer(
        string="Number of acts",
        compute="_compute_esign_act_count",
        groups="esign_crm.group_user",
    )

    @api.depends("esign_act_ids")
    @api.depends_context("uid")
    def _compute_esign_act_count(self):
        grouped = self.env["esign.act"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
        )
        counts = {lead.id: count for lead, count in grouped}
        for lead in self:
            lead.esign_act_count = counts.get(lead._origin.id, 0)

    def _merge_dependences(self, opportunities):
        """Let the acts follow their deal into the one that it is merged with, whoever made them."""
        result = super()._merge_dependences(opportunities)
        acts_sudo = self.env["esign.act"].sudo()
        acts_sudo.search([("lead_id", "in", opportunities.ids)]).write({"lead_id": self.id})
        return result

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_make_esign_act(self):
        """Open the deal's act that was not sent yet, else a new one that is filled in."""
        self.ensure_one()
        self.check_access("write")
        domain = [("lead_id", "=", self.id), ("request_id", "=", False), ("next_ids", "=", False)]
        unsent = self.env["esign.act"].search(domain, limit=1)
        return form_action(unsent) | {
            "name": self.env._("Act of completed works"),
            "context": {"default_lead_id": self.id},
        }

    def action_open_esign_acts(self):
        """Open the deal's acts: the list, or the only one."""
        self.ensure_one()
        acts = self.env["esign.act"].search([("lead_id", "=", self.id)], limit=2)
        if len(acts) == 1:
            return form_action(acts)
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_act_action")
        return action | {
            "domain": [("lead_id", "=", self.id)],
            "context": {"default_lead_id": self.id},
        }

    # --- the quotation ---------------------------------------------------------------------------------------------

    def _esign_quotation(self):
        """Return the deal's quotation that the caller may see: a confirmed one before others, then the newest, or None."""
        found = self._esign_quotations()
        return found.sorted(lambda order: order.state != "sale")[:1] if found else None

    def _esign_quotations(self):
        """Return the deal's quotations that the caller may see, without cancelled ones, newest first.

        Nothing where Sales is not installed or does not know of deals.
        """
        self.ensure_one()
        orders = self.env.get("sale.order")
        if (
            orders is None
            or "opportunity_id" not in orders._fields
            or not orders.has_access("read")
        ):
            return ()
        return orders.search(
            [("opportunity_id", "=", self.id), ("state", "!=", "cancel")], order="id desc"
        )
