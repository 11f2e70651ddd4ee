"""Sends an act: its PDF is the document, its places are those of the signatures."""

from odoo import fields, models

from .esign_send_wizard_pages import planned


class EsignSendWizard(models.TransientModel):
    """What the wizard knows of the act that it was opened from."""

    _inherit = "esign.send.wizard"

    act_id = fields.Many2one("esign.act", readonly=True)
    act_paper_id = fields.Many2one(
        "ir.attachment", readonly=True, help="The act's PDF as it was when this form was opened."
    )

    def _create_request(self):
        """Tie the draft to its act.

        :raises UserError: the act was changed or sent since this form was opened
        """
        act = self._act_sent()
        if act:
            act._check_is_paper(self.act_paper_id.with_context(bin_size=False).raw)
        wizard = self.with_company(act.company_id)
        request = super(EsignSendWizard, wizard)._create_request()
        if act:
            act._join_request(request)
        return request

    def _act_sent(self):
        """Return the act, unless the sender took another file instead."""
        is_paper = self.act_paper_id and self.document_ids._origin == self.act_paper_id
        return self.act_id if is_paper else self.act_id.browse()

    def _layout_source(self):
        return "act" if self._act_sent() else super()._layout_source()

    def _planned_boxes(self):
        """Return the boxes as ``esign.act._join_request`` will place them."""
        act = not self.template_id and self._act_sent()
        if not act:
            return super()._planned_boxes()
        before = act.previous_id.sudo().request_id.field_ids  # whoever sent it
        boxes, left_out = self._kept_boxes(before) if before else super()._planned_boxes()
        signatures = self._with_signatures(boxes)
        return [self._on_act(act, box, bool(before)) for box in signatures], left_out

    def _kept_boxes(self, before):
        """Return the boxes of the last version; those on a page that is gone go to the last one."""
        last = len(self.document_pages)
        return [planned(box, min(box.page, last), box.signer_id.side) for box in before], []

    def _on_act(self, act, box, is_corrected):
        if box["type"] != "signature":
            return box
        return box | act._new_place(box["side"], box, is_corrected=is_corrected)
