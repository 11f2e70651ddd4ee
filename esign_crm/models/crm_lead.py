"""Deals and the requests that were sent from them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .esign_request import STATES


class CrmLead(models.Model):
    """A deal shows its requests by reference, with the requests' own rights."""

    _inherit = "crm.lead"

    esign_request_ids = fields.One2many(
        "esign.request",
        "lead_id",
        string="Signing requests",
        groups="esign_crm.group_user",
        copy=False,
    )
    esign_request_count = fields.Integer(
        string="Number of signing requests",
        compute="_compute_esign_requests",
        groups="esign_crm.group_user",
    )
    esign_status = fields.Char(
        string="E-signature", compute="_compute_esign_requests", groups="esign_crm.group_user",
        help="Where the latest signing request of this deal stands.",
    )  # fmt: skip
    esign_state = fields.Selection(
        STATES, string="State of the e-signature", compute="_compute_esign_requests",
        groups="esign_crm.group_user",
    )  # fmt: skip
    esign_sealed_count = fields.Integer(
        string="Number of signed documents",
        compute="_compute_esign_sealed_count",
        groups="esign_crm.group_user",
    )

    @api.depends("esign_request_ids.stage_id", "esign_request_ids.withdrawn_at")
    @api.depends_context("uid", "lang")
    def _compute_esign_requests(self):
        """Count the requests that the reader himself may see; the newest one gives the status."""
        self.esign_request_count = 0
        self.esign_status = self.esign_state = False
        grouped = self.env["esign.request"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["__count", "id:max"]
        )
        newest = self.env["esign.request"].browse(newest_id for _lead, _count, newest_id in grouped)
        newest_of = {request.lead_id.id: request for request in newest}
        counts = {lead.id: count for lead, count, _newest_id in grouped}
        for lead in self.filtered(lambda each: each._origin.id in counts):
            request = newest_of[lead._origin.id]
            lead.esign_request_count = counts[lead._origin.id]
            is_withdrawn = bool(request.withdrawn_at)
            lead.esign_status = self.env._("Withdrawn") if is_withdrawn else request.stage_id.name
            lead.esign_state = False if is_withdrawn else request.state

    @api.depends("esign_request_ids.state", "esign_request_ids.withdrawn_at")
    @api.depends_context("uid")
    def _compute_esign_sealed_count(self):
        grouped = self.env["esign.request"]._read_group(
            self._esign_sealed_domain(), ["lead_id"], ["__count"]
        )
        counts = {lead.id: count for lead, count in grouped}
        for lead in self:
            lead.esign_sealed_count = counts.get(lead._origin.id, 0)

    def _esign_sealed_domain(self):
        """Return the domain of these deals' finished requests that the company still stands by."""
        return [("lead_id", "in", self.ids), ("state", "=", "done"), ("withdrawn_at", "=", False)]

    # --- CRUD ------------------------------------------------------------------------------------------------------

    def unlink(self):
        """Take drafts along; what was sent keeps its deal.

        :raises UserError: a request of one of the deals was sent
        """
        self.check_access("unlink")
        self._check_no_esign_evidence()
        self._esign_requests_sudo().unlink()
        return super().unlink()

    def _check_no_esign_evidence(self):
        """Refuse to delete deals from which documents were sent for signature."""
        sent_sudo = self._esign_requests_sudo().filtered(lambda request: request.state != "draft")
        if sent_sudo:
            raise UserError(
                self.env._(
                    "“%(deal)s” cannot be deleted: the document %(number)s was sent for signature from it. "
                    "Archive the deal or mark it as lost instead.",
                    deal=sent_sudo[0].lead_id.name,
                    number=sent_sudo[0].name,
                )
            )

    def _esign_requests_sudo(self):
        """Return every request of these deals, whoever sent it: a deal's fate concerns those of colleagues too."""
        return self.env["esign.request"].sudo().search([("lead_id", "in", self.ids)])

    def _merge_dependences(self, opportunities):
        """Let the requests follow their deal into the one that it is merged with, whoever sent them."""
        result = super()._merge_dependences(opportunities)
        opportunities._esign_requests_sudo()._set_system_sudo(lead_id=self.id)
        return result

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_send_for_signature(self):
        """Open the wizard that sends a document from this deal."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send for signature"),
            "res_model": "esign.send.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_id": self.id},
        }

    def action_open_esign_requests(self):
        """Open the deal's requests: the list, or the only one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")
        action |= {"domain": [("lead_id", "=", self.id)], "context": {"create": False}}
        requests = self.env["esign.request"].search([("lead_id", "=", self.id)], limit=2)
        if len(requests) == 1:
            action |= {"views": [(False, "form")], "res_id": requests.id}
        else:
            action |= {"views": [(False, "list"), (False, "form")]}
        return action

    def action_open_esign_sealed(self):
        """Open the deal's only sealed PDF, or the list to choose from; with the reader's rights on the requests."""
        self.ensure_one()
        sealed = self.env["esign.request"].search(self._esign_sealed_domain(), limit=2)
        if len(sealed) == 1:
            return sealed.action_download_sealed()
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")
        return action | {
            "domain": self._esign_sealed_domain(),
            "context": {"create": False},
            "views": [(False, "list"), (False, "form")],
        }
