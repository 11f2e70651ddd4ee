"""What the board and the forms show of a request, and what people may do there by hand."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .esign_signer import IN_TURN


class EsignRequest(models.Model):
    """The request on the board."""

    _inherit = "esign.request"

    waiting_for = fields.Char(compute="_compute_waiting_for", help="Whose turn it is.")
    progress = fields.Char(
        string="Signed", compute="_compute_progress", help="Who has signed, of all who must."
    )

    @api.depends("state", "signer_ids.state", "signer_ids.name", "signer_ids.role")
    def _compute_waiting_for(self):
        for request in self:
            waited = request.signer_ids.filtered(
                lambda signer: signer.kind == "signer" and signer.state in IN_TURN
            )
            words = [f"{signer.name} ({signer.role})" for signer in waited]
            request.waiting_for = ", ".join(words) if request.state == "sent" else False

    @api.depends("signer_ids.state", "signer_ids.kind")
    def _compute_progress(self):
        for request in self:
            signing = request.signer_ids.filtered(lambda signer: signer.kind == "signer")
            signed = signing.filtered(lambda signer: signer.state == "signed")
            request.progress = f"{len(signed)} / {len(signing)}"

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody put a draft where only signing leads."""
        requests = super().create(vals_list)
        if any("stage_id" in vals for vals in vals_list):
            requests._check_stage()
        return requests

    def write(self, vals):
        """Let people move a request among the stages of its own place only.

        The signing process itself writes past this, by the request's one door.
        """
        result = super().write(vals)
        if "stage_id" in vals:
            self._check_stage()
        return result

    def _check_stage(self):
        """Refuse a stage of another state than the request's, or of the other side's turn."""
        for request in self:
            if request.stage_id._place() != request._stage_for_state()._place():
                raise UserError(
                    self.env._(
                        "%(number)s cannot be put into “%(stage)s” by hand: signing itself moves it there.",
                        number=request.name,
                        stage=request.stage_id.name,
                    )
                )

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_download_sealed(self):
        """Download the sealed PDF with the reader's own rights."""
        return self._download_action(self.sealed_document_id)

    def action_download_document(self):
        """Download what is to be signed: as sent, or as uploaded while it is a draft."""
        return self._download_action(self.frozen_document_id or self.uploaded_document_id)

    def _download_action(self, document):
        """Return the action that downloads ``document``; its route checks the rights and hashes the bytes again."""
        self.ensure_one()
        self.check_access("read")
        if not document:
            raise UserError(self.env._("%(number)s has no such document yet.", number=self.name))
        return {
            "type": "ir.actions.act_url",
            "url": f"/esign_crm/document/{document.id}",
            "target": "self",
        }
