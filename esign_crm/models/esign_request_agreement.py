"""Requests by which clients agree to sign electronically."""

from odoo import models


class EsignRequest(models.Model):
    """What was signed from the template of the agreement is noted in the party directory."""

    _inherit = "esign.request"

    def _on_event(self, event):
        """Note an agreement that all have signed, and forget one that was withdrawn."""
        result = super()._on_event(event)
        if event.kind == "completed" and self._is_agreement():
            self.signer_ids.filtered(
                lambda each: each.side == "client" and each.kind == "signer"
            )._proven_party_sudo()._agree_by_sudo(self)
        elif event.kind == "withdrawn":
            self.env["esign.party"]._disagree_by_sudo(self)
        return result

    def _is_agreement(self):
        """Tell whether what was signed is the template's own text; signers may read no template, hence the sudo."""
        request_sudo = self.sudo()
        text = request_sudo.template_version_id.document_id.sha256
        return (
            request_sudo.template_id.is_agreement
            and request_sudo.uploaded_document_id.sha256 == text
        )
