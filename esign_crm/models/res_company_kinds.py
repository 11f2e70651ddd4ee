"""Who may mark documents as not for a simple signature, and whether a client may sign first."""

from odoo import fields, models
from odoo.exceptions import AccessError

from .res_company import ADMIN_GROUP

GROUP_OF = {"manager": "esign_crm.group_manager", "admin": ADMIN_GROUP}


class ResCompany(models.Model):
    """What may be sent, and in which order."""

    _inherit = "res.company"

    esign_kinds_by = fields.Selection(
        [("manager", "Managers of e-signature"), ("admin", "Administrators of e-signature only")],
        string="Who marks documents as not for a simple signature",
        default="manager",
        required=True,
    )
    esign_client_first = fields.Boolean(
        string="Clients may sign before us",
        help="Only documents made from a template that asks for it. Else our side always signs first.",
    )

    def _may_mark_kinds(self):
        """Tell whether the user may mark kinds of document and templates of this company, a setting all go by: sudo."""
        self.ensure_one()
        return self.env.su or self.env.user.has_group(GROUP_OF[self.sudo().esign_kinds_by])

    def _check_may_mark_kinds(self):
        """Refuse whoever may not mark documents.

        :raises AccessError: says who may
        """
        if self._may_mark_kinds():
            return
        if self.sudo().esign_kinds_by == "admin":
            raise AccessError(
                self.env._(
                    "Only administrators of e-signature mark documents as not for a simple signature."
                )
            )
        raise AccessError(
            self.env._("Only managers of e-signature mark documents as not for a simple signature.")
        )
