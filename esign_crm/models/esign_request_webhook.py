"""What receivers of webhooks learn of a request."""

from odoo import fields, models


class EsignRequest(models.Model):
    """Facts without secrets: no link, no address, no name of a signer."""

    _inherit = "esign.request"

    webhook_call_ids = fields.One2many(
        "esign.webhook.call",
        "request_id",
        string="Webhook calls",
        groups="esign_crm.group_manager",
        readonly=True,
    )

    def _webhook_facts(self, event):
        """Return the body of a call about this request (documented in docs/deployment.md).

        :param str event: what happened
        """
        self.ensure_one()
        request_sudo = self.sudo()  # the rule's owner is told no more than this
        return {
            "event": event,
            "request": {
                "id": request_sudo.id,
                "number": request_sudo.name,
                "title": request_sudo.title,
                "state": request_sudo.state,
                "stage": request_sudo.with_context(lang="en_US").stage_id.name or None,
                "sealed_sha256": request_sudo.sealed_sha256 or None,
                "verification_url": request_sudo._verification_url()
                if request_sudo.sealed_sha256
                else None,
            },
            "deal": {
                "id": request_sudo.lead_id.id or None,
                "name": request_sudo.lead_id.name or None,
            },
            "signers": [
                {"role": each.role, "side": each.side, "kind": each.kind, "state": each.state}
                for each in request_sudo.signer_ids._not_delegated()
            ],
        }
