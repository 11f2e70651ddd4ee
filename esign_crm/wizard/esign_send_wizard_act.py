"""Sends an act: its PDF is the document, its places are those of the signatures."""

from odoo import fields, models


class EsignSendWizard(models.TransientModel):
    """What the wizard knows of the act that it was opened from."""

    _inherit = "esign.send.wizard"

    act_id = fields.Many2one("esign.act", readonly=True)
    act_paper_id = fields.Many2one(
        "ir.attachment", readonly=True, help="The act's PDF as it was when this form was opened."
    )

    def _create_request(self):
        """Tie the draft to its act, unless the sender took another file instead.

        :raises UserError: the act was changed or sent since this form was opened
        """
        sends_paper = self.document_ids._origin == self.act_paper_id
        act = self.act_id if sends_paper else self.act_id.browse()
        if act:
            act._check_is_paper(self.act_paper_id.with_context(bin_size=False).raw)
        request = super()._create_request()
        if act:
            act._join_request(request)
        return request
