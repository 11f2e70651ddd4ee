"""Which last document this one is like: its boxes are offered, and follow the title while one types it."""

from odoo import api, fields, models

from ..models.esign_request_create import title_of
from ..tools.layout_kind import layout_kind


class EsignSendWizard(models.TransientModel):
    """What the request will be told of its kind, before it exists."""

    _inherit = "esign.send.wizard"

    document_facts = fields.Char(compute="_compute_document_facts_words", compute_sudo=False)

    @api.depends("document_ids", "document_pages", "template_id", "title", "lead_id", "act_id")
    def _compute_document_facts_words(self):
        """Say how long an upload is and where its boxes go."""
        for wizard in self:
            count = len((wizard.document_ids and wizard.document_pages) or [])
            wizard.document_facts = wizard._page_words(count) if count else False

    def _page_words(self, count):
        if self.template_id:
            return self.env._(
                "The fields go where “%(template)s” has them.", template=self.template_id.name
            )
        last = self._last_request()
        if last:
            return self.env._("The fields go where they were in %(number)s.", number=last.name)
        if count == 1:
            return self.env._("1 page; both signatures go to its foot.")
        return self.env._(
            "%(count)s pages; both signatures go to the foot of the last one.", count=count
        )

    def _last_request(self):
        """Return the last request for the same kind of document, whose boxes this one gets, or none."""
        return self.env["esign.request"]._last_layout(self.lead_id, self._layout_kind())

    def _layout_kind(self):
        """Return the kind that the request will be of."""
        return layout_kind(
            self.title or title_of(self.document_ids[:1].name or ""),
            template_id=self.template_id._origin.id or 0,
            source=self._layout_source() or "",
        )

    def _layout_source(self):
        """Return what the chosen document was printed from, of ``esign.request.layout_source``; extended by sources."""
        return False
