"""Sends an act: its PDF is the document, its places are those of the signatures."""

from odoo import fields, models


class EsignSendWizard(models.TransientModel):
    """What the wizard knows of the act that it was opened from."""

    _inherit = "esign.send.wizard"

    act_id = fields.Many2one("esign.act", readonly=True)

    def _create_request(self):
        """Tie the draft to its act."""
        act = self.act_id
        if act and self.document_ids._origin.with_context(bin_size=False).raw != act._pdf_bytes():
            act = act.browse()  # the sender took another file instead
        request = super()._create_request()
        if act:
            act._join_request(request)
        return request
