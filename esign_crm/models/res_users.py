"""Users: what changes their rights of e-signature is recorded."""

from odoo import api, models

RIGHTS_FIELDS = {"group_ids", "company_ids", "active"}


class ResUsers(models.Model):
    """Rights change by a user's groups, companies and archiving."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Record the rights of new users."""
        users = super().create(vals_list)
        self.env["esign.rights"]._record_sudo({}, users)
        return users

    def write(self, vals):
        """Record changed rights."""
        if not RIGHTS_FIELDS & vals.keys():
            return super().write(vals)
        rights = self.env["esign.rights"]
        before = rights._holders_sudo(self)
        result = super().write(vals)
        rights._record_sudo(before, self)
        return result

    def unlink(self):
        """Record the rights that go with deleted users."""
        rights = self.env["esign.rights"]
        before = rights._holders_sudo(self)
        result = super().unlink()
        rights._record_sudo(before, self)
        return result
