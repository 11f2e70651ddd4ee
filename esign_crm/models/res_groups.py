"""Groups: what changes their members' rights of e-signature is recorded."""

from odoo import api, models

RIGHTS_FIELDS = {"user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Rights change by a group's members and by what it implies."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        """Record the rights that a new group brings."""
        rights = self.env["esign.rights"]
        before = rights._holders_sudo()
        groups = super().create(vals_list)
        rights._record_sudo(before)
        return groups

    def write(self, vals):
        """Record changed rights."""
        if not RIGHTS_FIELDS & vals.keys():
            return super().write(vals)
        rights = self.env["esign.rights"]
        before = rights._holders_sudo()
        result = super().write(vals)
        rights._record_sudo(before)
        return result

    def unlink(self):
        """Record the rights that go with a deleted group."""
        rights = self.env["esign.rights"]
        before = rights._holders_sudo()
        result = super().unlink()
        rights._record_sudo(before)
        return result
