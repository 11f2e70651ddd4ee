"""Templates of the agreement on e-signature."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class EsignTemplate(models.Model):
    """Whoever signs a request from such a template has agreed to sign electronically; managers say which those are."""

    _inherit = "esign.template"

    is_agreement = fields.Boolean(
        string="Agreement on e-signature",
        copy=False,
        help="Once all have signed such a request, the party directory says that its client has agreed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Let managers alone make a template an agreement.

        :raises AccessError: the caller is none
        """
        if any(vals.get("is_agreement") for vals in vals_list):
            self._check_may_mark_agreements()
        return super().create(vals_list)

    def write(self, vals):
        """Let managers alone make a template an agreement, or change what one says.

        :raises AccessError: the caller is none
        """
        if "is_agreement" in vals or ("upload" in vals and any(self.mapped("is_agreement"))):
            self._check_may_mark_agreements()
        return super().write(vals)

    @api.model
    def default_get(self, fields_list):
        """Start as no agreement, whatever the caller's context says."""
        values = super().default_get(fields_list)
        values.pop("is_agreement", None)
        return values

    def _check_may_mark_agreements(self):
        if not self.env.su and not self.env.user.has_group("esign_crm.group_manager"):
            raise AccessError(
                self.env._("Managers decide which template is the agreement on e-signature.")
            )

    def action_download(self):
        """Download the PDF, e.g. to have it signed on paper. For whoever may read the template."""
        self.ensure_one()
        self.check_access("read")
        url = f"/esign_crm/document/{self.document_id.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
