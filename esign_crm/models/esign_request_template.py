"""Requests made from templates, and the last layout of the same kind of document."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.layout_kind import kind_of
from ..tools.placing import is_free, page_in
from .form_action import form_action

GO_TO_THE_END = ("signature", "initials", "stamp", "date_signed")  # from the last page to the last


class EsignRequest(models.Model):
    """A request takes roles and fields from a template, or from an earlier request for such a document."""

    _inherit = "esign.request"
    _layout_owner = "request_id"
    _layout_role = "signer_id"

    template_id = fields.Many2one(
        "esign.template", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    template_version_id = fields.Many2one(
        "esign.template",
        string="Version of the template",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The template as it was when this request was made.",
    )
    layout_kind = fields.Char(
        compute="_compute_layout_kind", store=True, index="btree_not_null",
        help="What titles of documents of one kind have in common.",
    )  # fmt: skip

    @api.depends("title")
    def _compute_layout_kind(self):
        for request in self:
            request.layout_kind = kind_of(request.title or "") or False

    # --- from a template -----------------------------------------------------------------------------------------------

    @api.model
    def _template_to_use(self, template_id):
        """Return the template of the ``template_id`` argument; an empty one for none.

        :raises UserError: there is no such template for the caller, or it cannot be used as it is
        """
        templates = self.env["esign.template"]
        if not template_id:
            return templates
        is_id = isinstance(template_id, int) and not isinstance(template_id, bool)
        template = templates.search([("id", "=", template_id if is_id else 0)])
        if not template:
            raise UserError(self.env._("template_id: there is no template %(id)s.", id=template_id))
        template._check_usable()
        return template

    def _set_template_sudo(self, template, *, take_document):
        """Note the template and its version, and take its PDF; only the system writes these, hence the sudo."""
        if take_document:
            self._take_document_sudo(template.document_id)
        self._set_system_sudo(
            template_id=template.id, template_version_id=template._version_in_use_sudo().id
        )

    def _signers_of_template(self, signers):
        """Return the ``signers`` argument with roles and order of the template where it leaves them open."""
        roles = self.template_id.role_ids
        is_default = signers is None
        signers = self._default_signers() if is_default else signers
        if not roles or not isinstance(signers, (list, tuple)):
            return signers
        named = {each.get("role") for each in signers if isinstance(each, dict)}
        free = roles.filtered(lambda role: role.name not in named)
        filled = []
        for signer in signers:
            role = self._role_of(signer, roles, free)
            free -= role
            filled.append(
                {**signer, "role": role.name, "sequence": role.sequence} if role else signer
            )
        return filled

    def _role_of(self, signer, roles, free):
        """Return the role of one entry: the one it names, else the first free one of its side."""
        if not isinstance(signer, dict) or signer.get("kind") == "copy":
            return roles.browse()
        given = roles.filtered(lambda role: role.name == signer.get("role"))
        side = signer.get("side") or "client"
        return given or free.filtered(lambda role: role.side == side)[:1]

    # --- layouts -------------------------------------------------------------------------------------------------------

    def _add_layout(self, given):
        """Place the template's fields, those of the last layout or those of the ``fields`` argument."""
        if self.template_id:
            self._copy_fields(self.template_id.field_ids, self._signer_by_role)
        elif given == "last":
            self._take_last_layout()
        self._add_fields([] if given in (None, "last") else given)

    def _signer_by_role(self, field):
        """Return who fills a field of the template.

        :raises UserError: nobody has that role
        """
        signer = self.signer_ids.filtered(
            lambda each: each.role == field.role_id.name and each.kind == "signer"
        )
        if not signer:
            raise UserError(
                self.env._(
                    "The template “%(template)s” has fields for “%(role)s”, but nobody has that role.",
                    template=self.template_id.name,
                    role=field.role_id.name,
                )
            )
        return signer

    def _copy_fields(
        self, boxes, signer_of, page_of=lambda field: field.page, values_of=lambda _field: {}
    ):
        """Place boxes like ``boxes``; those whose signer or page does not exist here are left out.

        :param values_of: returns what differs in one
        """
        vals_list = [
            vals
            for box in boxes
            if signer_of(box) and page_of(box) <= self.uploaded_document_id.page_count
            for vals in box.copy_data(
                {
                    "request_id": self.id, "signer_id": signer_of(box).id, "template_id": False, "role_id": False,
                    "page": page_of(box),
                }
                | values_of(box)
            )
        ]  # fmt: skip
        self.env["esign.field"].create(vals_list)
        self._check_nothing_covers(vals_list)

    @api.model
    def _last_layout(self, lead, kind):
        """Return the last request whose layout fits a document of this kind, or none; with the caller's own rights.

        That is the last one for the same client, else the last one of the company. Drafts do not count.

        :param kind: a template, or a title (see ``tools.layout_kind``)
        """
        domain = [
            ("company_id", "=", (lead.company_id or self.env.company).id),
            ("state", "!=", "draft"),
            ("field_ids", "!=", False),
        ]
        if isinstance(kind, models.Model):
            domain.append(("template_id", "=", kind.id or 0))
        else:
            domain.append(("layout_kind", "=", kind_of(kind or "") or "-"))
        client = lead.partner_id.commercial_partner_id
        same = [("lead_id.partner_id.commercial_partner_id", "=", client.id or 0)]
        return self.search(domain + same, limit=1) or self.search(domain, limit=1)

    @api.model
    def _last_template(self, lead):
        """Return the template of the last request that was sent to the deal's client, or none; with the caller's own rights."""
        client = lead.partner_id.commercial_partner_id
        domain = [
            ("company_id", "=", (lead.company_id or self.env.company).id),
            ("state", "!=", "draft"),
            ("template_id.active", "=", True),
            ("lead_id.partner_id.commercial_partner_id", "=", client.id or 0),
        ]
        return self.search(domain, limit=1).template_id

    def _take_last_layout(self):
        """Place the boxes of the last layout; signatures on its last page go to the last page here."""
        last = self._last_layout(self.lead_id, self.title)
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

    # --- to a template -------------------------------------------------------------------------------------------------

    def action_save_as_template(self):
        """Open a new template with document, roles and boxes of this request. For whoever may read it.

        :raises AccessError: the caller may not read it
        """
        self.ensure_one()
        self.check_access("read")
        return form_action(self.env["esign.template"]._from_request(self))

    # --- the field placer ------------------------------------------------------------------------------------------------

    def _layout_document(self):
        return self.uploaded_document_id

    def _layout_roles(self):
        return self.signer_ids.filtered(lambda signer: signer.kind == "signer")

    def _layout_role_values(self, role):
        return {"id": role.id, "name": f"{role.role} · {role.name}", "side": role.side}

    def _is_layout_editable(self):
        return self.state == "draft" and self.has_access("write")

    def action_place_fields(self):
        """Open the field placer on this draft.

        :raises UserError: there is no document, or it was sent
        """
        self.ensure_one()
        if not self.uploaded_document_id or self.state != "draft":
            raise UserError(self.env._("Fields are placed on drafts that have a document."))
        action = self.env["ir.actions.client"]._for_xml_id("esign_crm.esign_request_action_place")
        return action | {"context": {"active_id": self.id, "active_model": self._name}}
