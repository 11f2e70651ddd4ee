"""Sending a template from the deal: its PDF, its roles and its fields."""

from odoo import api, fields, models


class EsignSendWizard(models.TransientModel):
    """A template stands in for the upload; with both, the upload gets the template's fields."""

    _inherit = "esign.send.wizard"

    template_id = fields.Many2one("esign.template", domain="[('document_id', '!=', False)]")

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and not self.document_ids:
            self.title = self.template_id.name

    def _document(self):
        """Return the template's PDF where nothing was uploaded."""
        if self.template_id and not self.document_ids:
            document = self.template_id.document_id
            return document._bytes(), document.name
        return super()._document()
