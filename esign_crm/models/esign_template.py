"""A document with roles and placed fields, to be sent again and again."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from .guards import passes_door, refuse_system_fields, through_door, without_defaults

SYSTEM_FIELDS = {
    "version", "current_id", "kept_version_id", "document_id", "layout_revision", "layout_token",
}  # fmt: skip


class EsignTemplate(models.Model):
    """A template keeps its id for good; what a used one looked like is kept in archived versions of it.

    Requests point to both. The present state becomes a kept version when it is first used
    (:meth:`_version_in_use_sudo`); the first change after that starts the next version.
    """

    _name = "esign.template"
    _description = "Template of signing requests"
    _inherit = ["esign.layout"]
    _order = "name, id"
    _layout_owner = "template_id"
    _layout_role = "role_id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index=True,
        default=lambda self: self.env.user,
        ondelete="set null",
        help="Who may change it, besides the leaders of the sales team and managers.",
    )
    team_id = fields.Many2one("crm.team", string="Sales team", index=True, ondelete="set null")
    document_id = fields.Many2one(
        "esign.document", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    role_ids = fields.One2many("esign.template.role", "template_id", string="Roles")
    field_ids = fields.One2many("esign.field", "template_id", string="Fields")
    request_ids = fields.One2many("esign.request", "template_id", string="Requests")

    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    current_id = fields.Many2one(
        "esign.template",
        string="Present version",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        help="Set on kept versions: the template that this was.",
    )
    kept_version_id = fields.Many2one(
        "esign.template", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    upload = fields.Binary(
        string="PDF", compute="_compute_upload", inverse="_inverse_upload", attachment=False
    )
    upload_name = fields.Char(store=False)
    page_count = fields.Integer(related="document_id.page_count")
    field_count = fields.Integer(string="Number of fields", compute="_compute_field_count")
    request_count = fields.Integer(string="Number of requests", compute="_compute_request_count")
    problem = fields.Char(compute="_compute_problem")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    # --- compute -----------------------------------------------------------------------------------------------------

    def _compute_upload(self):
        """Show nothing: the bytes go in here and never come out again."""
        self.upload = False

    def _inverse_upload(self):
        for template in self.filtered("upload"):
            template._replace_file(
                base64.b64decode(template.upload), template.upload_name or f"{template.name}.pdf"
            )

    @api.depends("field_ids")
    def _compute_field_count(self):
        for template in self:
            template.field_count = len(template.field_ids)

    @api.depends("request_ids")
    @api.depends_context("uid")
    def _compute_request_count(self):
        grouped = self.env["esign.request"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count"]
        )
        counts = {template.id: count for template, count in grouped}
        for template in self:
            template.request_count = counts.get(template._origin.id, 0)

    @api.depends("document_id", "field_ids.page")
    def _compute_problem(self):
        for template in self:
            template.problem = template._left_over_words()

    @api.depends("user_id", "current_id")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        for template in self:
            template.is_editable = not template.current_id and (
                not template._origin or template._origin.has_access("write")
            )

    # --- CRUD --------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what the system alone writes."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        templates = without_defaults(self, SYSTEM_FIELDS)
        return super(EsignTemplate, templates).create(vals_list).with_env(self.env)

    @api.model
    def default_get(self, fields_list):
        """Start with the usual two roles, unless all roles are about to be copied."""
        values = super().default_get(fields_list)
        if "role_ids" in fields_list and not self.env.context.get("esign_bare_template"):
            values.setdefault("role_ids", self._usual_roles())
        return values

    @api.model
    def _usual_roles(self):
        return [
            fields.Command.create({"name": self.env._("Our side"), "side": "own", "sequence": 1}),
            fields.Command.create({"name": self.env._("Client"), "side": "client", "sequence": 2}),
        ]

    def write(self, vals):
        """Refuse what the system alone writes, and any change of a kept version."""
        if not passes_door(self):
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
            self._refuse_kept_versions()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        # of whom the requests are does not matter: sudo
        if self.sudo().request_ids:
            raise UserError(
                self.env._("A template that was used cannot be deleted: archive it instead.")
            )

    def unlink(self):
        """Delete unused templates with their files and kept versions."""
        self.check_access("unlink")
        documents_sudo = self.env["esign.document"].sudo().search([("template_id", "in", self.ids)])
        attachments_sudo = documents_sudo._attachments_sudo()
        self._unlink_only_unused()
        kept_sudo = self.sudo().search([("current_id", "in", self.ids), ("active", "=", False)])
        if kept_sudo:
            kept_sudo.unlink()
        result = super().unlink()
        attachments_sudo.unlink()
        return result

    def _set_system_sudo(self, **values):
        """Write what only this model itself writes, past the refusals of :meth:`write`."""
        through_door(self.sudo()).write(values)

    # --- the file ----------------------------------------------------------------------------------------------------

    def _replace_file(self, content, name):
        """Make a PDF this template's document; its fields stay where they are, also those beyond the last page.

        :raises UserError: one sentence on why the file cannot be signed
        """
        self.ensure_one()
        self.check_access("write")
        documents = self.env["esign.document"]
        facts = documents._inspect(content, name)
        self._before_layout_changes()
        self._set_document_sudo(name, facts.content, documents._facts_values(facts))
        self._set_system_sudo(layout_revision=self.layout_revision + 1)

    def _set_document_sudo(self, name, content, facts):
        """Store a document and drop the former one, if no kept version has it; nobody may write documents: sudo."""
        former_sudo = self.sudo().document_id
        document_sudo = self.env["esign.document"]._store_sudo(
            self, "uploaded", name, content, facts
        )
        self._set_system_sudo(document_id=document_sudo.id)
        users_sudo = self.sudo().with_context(active_test=False)
        if former_sudo and not users_sudo.search_count([("document_id", "=", former_sudo.id)]):
            former_sudo.unlink()

    def _left_over_words(self):
        """Return which fields lie beyond the last page, or nothing."""
        count = self.document_id.page_count
        beyond = self.field_ids.filtered(lambda field: count and field.page > count)
        if not beyond:
            return False
        names = ", ".join(
            self.env._("%(field)s (page %(page)s)", field=field.name, page=field.page)
            for field in beyond
        )
        return self.env._(
            "The new file has %(count)s pages. These fields lie beyond the last one: %(names)s. Move or delete them.",
            count=count,
            names=names,
        )

    # --- the field placer --------------------------------------------------------------------------------------------

    def _layout_document(self):
        return self.document_id

    def _layout_roles(self):
        return self.role_ids

    def _layout_role_values(self, role):
        return {"id": role.id, "name": role.name, "side": role.side}

    def _is_layout_editable(self):
        return self.is_editable

    def action_place_fields(self):
        """Open the field placer on this template."""
        self.ensure_one()
        if not self.document_id:
            raise UserError(self.env._("Choose a PDF first."))
        action = self.env["ir.actions.client"]._for_xml_id("esign_crm.esign_template_action_place")
        return action | {"context": {"active_id": self.id, "active_model": self._name}}

    def action_open_requests(self):
        """Open the requests made from this template, in any of its versions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")
        return action | {"domain": [("template_id", "=", self.id)], "context": {"create": False}}
