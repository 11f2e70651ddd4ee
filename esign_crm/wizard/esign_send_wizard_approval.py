"""What the sending form says where somebody has to approve first."""

from odoo import models


class EsignSendWizard(models.TransientModel):
    """A document that waits was not sent, and the form does not say so."""

    _inherit = "esign.send.wizard"

    def _closing_notice(self, request):
        """Say whom a draft waits for."""
        notice = super()._closing_notice(request)
        if request.state != "draft":
            return notice
        return notice | {
            "type": "warning",
            "title": self.env._("%(number)s is not sent yet", number=request.name),
            "message": self.env._(
                "It needs approval by %(names)s, and is sent as soon as that is given.",
                names=request.approval_id.waits_for,
            ),
            "links": [],
        }
