"""The act that a request was made from."""

from odoo import fields, models


class EsignRequest(models.Model):
    """Points to its act; so does a new draft that is made like it."""

    _inherit = "esign.request"

    act_id = fields.Many2one(
        "esign.act", copy=False, readonly=True, ondelete="restrict", index="btree_not_null"
    )  # fmt: skip

    def _as_new_draft(self, **values):
        """Keep the act, whose paper the draft has."""
        draft = super()._as_new_draft(**values)
        if self.act_id:
            draft._set_system_sudo(act_id=self.act_id.id)
        return draft
