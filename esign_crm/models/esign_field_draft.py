"""What people may write into a draft's fields by hand: a box on a page of that request, for one of its signers."""

from odoo import api, models
from odoo.exceptions import UserError


class EsignField(models.Model):
    """Drafts are edited over RPC too, not only by ``create_from_deal``."""

    _inherit = "esign.field"

    def write(self, vals):
        """Keep each field in its request.

        :raises UserError: the field would change its request
        """
        if any(
            field.request_id.id != vals.get("request_id", field.request_id.id) for field in self
        ):
            raise UserError(self.env._("A field stays with its request."))
        return super().write(vals)

    @api.constrains("signer_id", "request_id")
    def _check_signer_of_request(self):
        for field in self:
            if field.signer_id.request_id != field.request_id:
                raise UserError(
                    self.env._("“%(field)s” is for a signer of another request.", field=field.name)
                )

    @api.constrains("page", "request_id")
    def _check_page_exists(self):
        for field in self:
            count = field.request_id.uploaded_document_id.page_count
            if count and field.page > count:
                raise UserError(
                    self.env._(
                        "There is no page %(page)s for “%(field)s”; the document has %(count)s.",
                        page=field.page,
                        field=field.name,
                        count=count,
                    )
                )
