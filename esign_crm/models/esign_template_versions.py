"""Copies of templates: those that people make, and the versions that were used."""

from odoo import api, models
from odoo.exceptions import UserError

from .esign_template import SYSTEM_FIELDS


class EsignTemplate(models.Model):
    """What was used is kept as it was."""

    _inherit = "esign.template"

    def copy(self, default=None):
        """Copy templates with document, roles and fields, for whoever copies them; those of nobody for his company."""
        copies = self.browse()
        for template in self:
            name = self.env._("%(name)s (copy)", name=template.name)
            company = template.company_id or self.env.company
            values = {"name": name, "user_id": self.env.uid, "company_id": company.id}
            values |= default or {}
            copies |= template._copy_whole(values)
        return copies

    def _copy_whole(self, values):
        """Return a new template with this one's document, roles and fields and these ``values``."""
        self.ensure_one()
        own = {"role_ids": [], "field_ids": [], "request_ids": []}
        vals = self.copy_data(own | values)[0]
        vals = {name: value for name, value in vals.items() if name not in SYSTEM_FIELDS}
        template = self.with_context(esign_bare_template=True).create(vals).with_env(self.env)
        if self.document_id:
            template._set_document_sudo(
                self.document_id.name, self.document_id._bytes(), self.document_id._copied_facts()
            )
        self._copy_layout_to(template)
        return template

    def _copy_layout_to(self, template):
        """Give ``template`` roles and fields like one's own."""
        role_of = {
            role: role.create(role.copy_data({"template_id": template.id, "field_ids": []}))
            for role in self.role_ids
        }
        self.env["esign.field"].create(
            [
                vals
                for field in self.field_ids
                for vals in field.copy_data(
                    {"template_id": template.id, "role_id": role_of[field.role_id].id}
                )
            ]
        )

    @api.model
    def _from_request(self, request):
        """Return a new template with document, roles and boxes of a request that the caller may read."""
        template = self.with_context(esign_bare_template=True).create(
            {
                "name": request.title,
                "company_id": request.company_id.id,
                "user_id": self.env.uid,
                "team_id": request.team_id.id,
            }
        )
        document = request.uploaded_document_id
        template._set_document_sudo(document.name, document._bytes(), document._copied_facts())
        role_of = {
            signer: template.role_ids.create(
                {
                    "template_id": template.id, "name": signer.role, "side": signer.side,
                    "sequence": signer.sequence,
                }
            )
            for signer in request.signer_ids._acting()
        }  # fmt: skip
        # what was filled in for one client is not for whoever uses the template
        owner = {
            "template_id": template.id,
            "request_id": False,
            "signer_id": False,
            "default": False,
        }
        self.env["esign.field"].create(
            [
                vals
                for field in request.field_ids
                for vals in field.copy_data(owner | {"role_id": role_of[field.signer_id].id})
            ]
        )
        return template

    def _check_usable(self):
        """Refuse a template that no request can be made from.

        :raises UserError: says why
        """
        self.ensure_one()
        if not self.document_id:
            raise UserError(self.env._("The template “%(name)s” has no PDF yet.", name=self.name))
        if self.problem:
            raise UserError(
                self.env._("%(name)s: %(problem)s", name=self.name, problem=self.problem)
            )

    # --- versions ----------------------------------------------------------------------------------------------------

    def _before_layout_changes(self):
        """Start the next version of templates whose present one was used."""
        self._refuse_kept_versions()
        for template in self.filtered("kept_version_id"):
            template._set_system_sudo(version=template.version + 1, kept_version_id=False)

    def _refuse_kept_versions(self):
        if any(template.current_id for template in self):
            raise UserError(self.env._("This is a kept version of a template: it stays as it was."))

    def _version_in_use_sudo(self):
        """Return the kept version that is the present state; whoever uses a template may not write it, hence the sudo."""
        self.ensure_one()
        if not self.kept_version_id:
            template_sudo = self.sudo()
            bare_sudo = template_sudo.with_context(esign_bare_template=True)
            kept_sudo = bare_sudo.create(
                {
                    "name": self.name,
                    "company_id": self.company_id.id,
                    "user_id": self.user_id.id,
                    "team_id": self.team_id.id,
                }
            )
            template_sudo._copy_layout_to(kept_sudo)
            kept_sudo._set_system_sudo(
                version=self.version,
                document_id=self.document_id.id,
                current_id=self.id,
                active=False,
            )
            self._set_system_sudo(kept_version_id=kept_sudo.id)
        return self.sudo().kept_version_id
