"""What a deal has that could be sent for signature."""

import base64

from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """What a deal has that could be sent."""

    _inherit = "crm.lead"

    def _esign_newest_pdf(self):
        """Return the newest PDF attached to the deal as ``create_from_deal`` takes it, with the reader's rights.

        :raises UserError: there is none
        """
        self.ensure_one()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", False),
            ("mimetype", "=", "application/pdf"),
        ]
        found = self.env["ir.attachment"].search(domain, order="id desc", limit=1)
        if not found:
            raise UserError(self.env._("No PDF is attached to “%(deal)s”.", deal=self.name))
        content = base64.b64encode(found.raw or b"").decode()
        return {"name": found.name, "content": content}

    def _esign_last_sent(self):
        """Return the deal's latest request that was sent, of those that the reader may see.

        :raises UserError: there is none
        """
        self.ensure_one()
        domain = [("lead_id", "=", self.id), ("state", "!=", "draft")]
        found = self.env["esign.request"].search(domain, limit=1)
        if not found:
            raise UserError(
                self.env._("Nothing was sent for signature from “%(deal)s” yet.", deal=self.name)
            )
        return found
