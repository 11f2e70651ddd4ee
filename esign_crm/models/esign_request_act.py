"""The act that a request was made from."""

from odoo import fields, models
from odoo.exceptions import UserError

OUT = ("sent", "sealing", "done")


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

    def _check_ready(self):
        """Refuse an act that a newer version replaces, or that another request has out already."""
        ready = super()._check_ready()
        act_sudo = self.act_id.sudo()  # other people's requests of it count as well
        if act_sudo.next_ids:
            raise UserError(
                self.env._(
                    "%(act)s was corrected: send its newer version.", act=act_sudo.display_name
                )
            )
        others_sudo = act_sudo.request_ids - self
        if others_sudo.filtered(lambda other: other.state in OUT and not other.withdrawn_at):
            raise UserError(
                self.env._(
                    "%(act)s was sent already, by another request.", act=act_sudo.display_name
                )
            )
        return ready
