"""Documents that must not be signed with a simple signature are not sent."""

from odoo import api, models
from odoo.exceptions import UserError


class EsignRequest(models.Model):
    """The check for marked templates and kinds of document."""

    _inherit = "esign.request"

    def _check_ready(self):
        """Refuse also what is marked as not for a simple signature."""
        result = super()._check_ready()
        titles = [self.title, self.uploaded_document_id.name]
        refusal = self._kind_refusal(self.company_id, titles, self.template_id)
        if refusal:
            raise UserError(refusal)
        return result

    @api.model
    def _kind_refusal(self, company, titles, template):
        """Return why a document must not be sent, in one sentence; empty: it may be. Also for forms, while one types.

        :param titles: title and file name of the document
        :param template: what it is made from; may be empty
        """
        kinds = self.env["esign.document.kind"]
        return template._kind_refusal() or kinds._refusal(company, [*titles, template.name])
