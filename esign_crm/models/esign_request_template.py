"""Requests made from templates, and templates made from requests."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .form_action import form_action


class EsignRequest(models.Model):
    """A request takes roles and fields from a template."""

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
