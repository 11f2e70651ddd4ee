"""The boxes of the last document of the same kind: what was placed once is not placed again."""

from odoo import api, fields, models

from ..tools.layout_kind import layout_kind
from ..tools.placing import is_free, page_in

GO_TO_THE_END = ("signature", "initials", "stamp", "date_signed")  # from the last page to the last


class EsignRequest(models.Model):
    """A request takes its fields from an earlier request for such a document."""

    _inherit = "esign.request"

    layout_source = fields.Selection(
        [("act", "Act"), ("quotation", "Quotation")],
        string="Printed from", copy=False, readonly=True,
        help="What the document was printed from; empty: somebody's own file, or a template's.",
    )  # fmt: skip
    layout_kind = fields.Char(
        compute="_compute_layout_kind", store=True, index="btree_not_null",
        help="What documents of one kind have in common: their template, what they are printed from, else their titles' words.",
    )  # fmt: skip

    @api.depends("title", "template_id", "layout_source")
    def _compute_layout_kind(self):
        for request in self:
            kind = layout_kind(
                request.title or "",
                template_id=request.template_id.id or 0,
                source=request.layout_source or "",
            )
            request.layout_kind = kind or False

    @api.model
    def _last_layout(self, lead, kind):
        """Return the last request whose layout fits a document of this kind, or none; with the caller's own rights.

        That is the last one for the same client, else the last one of the company. Drafts do not count.

        :param str kind: see ``tools.layout_kind``; an empty one has none
        """
        if not kind:
            return self.browse()
        domain = [
            ("company_id", "=", (lead.company_id or self.env.company).id),
            ("state", "!=", "draft"),
            ("field_ids", "!=", False),
            ("layout_kind", "=", kind),
        ]
        client = lead.partner_id.commercial_partner_id
        same = [("lead_id.partner_id.commercial_partner_id", "=", client.id or 0)]
        return self.search(domain + same, limit=1) or self.search(domain, limit=1)

    def _take_last_layout(self):
        """Place the boxes of the last layout; signatures on its last page go to the last page here."""
        last = self._last_layout(self.lead_id, self.layout_kind)
        facts = self.uploaded_document_id.page_facts or []
        kept, _left_out = self._plan_layout(last, [page["covers"] for page in facts])
        page_of = dict(kept)
        boxes = last.field_ids.filtered(lambda field: field in page_of)
        self._copy_fields(
            boxes,
            self._signer_like,
            page_of.get,
            lambda field: {} if self._may_take_value(field) else {"default": False},
        )

    @api.model
    def _plan_layout(self, last, covers):
        """Return where the boxes of ``last`` go in another file: ``[(field, page)]``, and the fields that find no place.

        :param covers: per page of that file, the rectangles that would hide a mark
        """
        old_count = last.uploaded_document_id.page_count
        kept, left_out = [], last.field_ids.browse()
        for field in last.field_ids:
            goes = field.type in GO_TO_THE_END
            page = page_in(field.page, old_count, len(covers)) if goes else field.page
            if is_free(page, (field.x, field.y, field.width, field.height), covers):
                kept.append((field, page))
            else:
                left_out |= field
        return kept, left_out

    def _may_take_value(self, field):
        """Tell whether what stood in a box beforehand may stand in one here: what the same client fills in.

        A price, say, that the sender filled in is of that one document, and nothing is for another client's eyes.
        """
        former, mine = (
            request.lead_id.partner_id.commercial_partner_id for request in (field.request_id, self)
        )
        return field.filled_by == "signer" and bool(mine) and former == mine

    def _signer_like(self, field):
        """Return who has the place here that the field's signer had: the same role, else alone on the same side."""
        signing = self.signer_ids.filtered(lambda each: each.kind == "signer")
        former = field.signer_id
        same_side = signing.filtered(lambda each: each.side == former.side)
        return signing.filtered(lambda each: each.role == former.role) or (
            same_side if len(same_side) == 1 else signing.browse()
        )
