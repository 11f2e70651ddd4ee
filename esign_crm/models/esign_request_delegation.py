"""Proposals of other signers as the request sees them: what waits for a decision, and what ends it."""

from odoo import fields, models

# After these, nothing is left to decide about that signer, or about anybody.
OF_ONE = ("signed", "contact_changed")
OF_ALL = ("declined", "cancelled", "expired")


class EsignRequest(models.Model):
    """Whoever signs himself, or is reached elsewhere from now on, has proposed nobody any more."""

    _inherit = "esign.request"

    delegation_ids = fields.One2many(
        "esign.delegation", "request_id", string="Proposals of other signers"
    )
    open_delegation_ids = fields.One2many(
        "esign.delegation",
        "request_id",
        string="Other signers to decide about",
        domain=[("state", "=", "proposed")],
    )

    def _on_event(self, event):
        """Let proposals lapse that nobody can decide about any more."""
        result = super()._on_event(event)
        if event.kind not in OF_ONE + OF_ALL:
            return result
        open_sudo = self.sudo().open_delegation_ids
        if event.kind in OF_ONE:
            open_sudo = open_sudo._of_signer(event)
        if event.kind == "contact_changed":
            open_sudo._withdraw_sudo()  # the signer is asked on, so the trail has to say it
        else:
            open_sudo._lapse_sudo()
        return result
