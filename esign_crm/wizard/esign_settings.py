"""The settings page for administrators of e-signature, who need no rights in Odoo's own settings."""

from odoo import api, models
from odoo.exceptions import AccessError

from ..models.guards import without_defaults
from ..models.res_company import ADMIN_GROUP


class EsignSettings(models.TransientModel):
    """The settings of the company that the user works in; saving writes them to the company."""

    _name = "esign.settings"
    _description = "Settings of e-signature"
    _inherit = "esign.settings.mixin"
    _rec_name = "company_id"

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Write the settings to the present company.

        Under sudo: an administrator of e-signature has no right to write companies; these fields are his.
        """
        self._check_is_esign_admin()
        own = [vals | {"company_id": self.env.company.id} for vals in vals_list]
        pages_sudo = without_defaults(self).sudo()
        return super(EsignSettings, pages_sudo).create(own).with_env(self.env)

    def write(self, vals):
        """Write changed settings to the company of this page, as :meth:`create` does."""
        self._check_is_esign_admin()
        if "company_id" in vals:
            raise AccessError(self.env._("A settings page stays with its company."))
        return super(EsignSettings, self.sudo()).write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Answer for the present company, or the page's own, whatever the caller names: settings are read under sudo."""
        self._check_is_esign_admin()
        values = {name: value for name, value in values.items() if name != "company_id"}
        if not self:
            values["company_id"] = self.env.company.id
        return super().onchange(
            values, [name for name in field_names if name != "company_id"], fields_spec
        )

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Write a setting in several languages to the company, as :meth:`write` does in one."""
        self._check_is_esign_admin()
        page_sudo = super(EsignSettings, self.sudo())
        return page_sudo._update_field_translations(field_name, translations, digest, source_lang)

    def _check_is_esign_admin(self):
        """Refuse everybody but administrators of e-signature, and each page to all but who opened it."""
        is_own = all(page.create_uid == self.env.user for page in self.sudo())
        if not self.env.user.has_group(ADMIN_GROUP) or not is_own:
            raise AccessError(
                self.env._("Only e-signature administrators change the settings of e-signatures.")
            )

    # --- the page --------------------------------------------------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the very block that stands in Odoo's settings, and nothing else of them."""
        if view_type != "form":
            return super()._get_view(view_id, view_type, **options)
        settings_sudo = self.env["res.config.settings"].sudo()
        base_view = self.env.ref("base.res_config_settings_view_form")
        arch, view = settings_sudo._get_view(base_view.id, "form", **options)
        for other in arch.xpath("*[not(self::app[@name='esign_crm'])]"):
            arch.remove(other)
        return arch, view

    def execute(self):
        """Load the page anew: what was typed is in the company since it was saved. Called by *Save*."""
        self.check_access("write")
        return {"type": "ir.actions.client", "tag": "reload"}

    @api.model
    def cancel(self, *_ids):
        """Open the page anew. Called by *Discard*."""
        return self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_settings_action")
