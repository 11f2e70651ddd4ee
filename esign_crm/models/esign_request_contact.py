"""Changes of contacts as the request sees them: what waits for a decision, and what its own end settles."""

from odoo import fields, models
from odoo.fields import Domain

# After these, nothing is left to decide about the signer (signed) or about anybody (the others).
ENDS = ("signed", "declined", "cancelled", "expired")


class EsignRequest(models.Model):
    """The request asks its team's leaders and the managers."""

    _inherit = "esign.request"

    contact_change_ids = fields.One2many(
        "esign.contact.change", "request_id", string="Changes of contacts"
    )
    open_change_ids = fields.One2many(
        "esign.contact.change",
        "request_id",
        string="New addresses to approve",
        domain=[("state", "=", "proposed")],
    )

    def _leaders_and_managers_sudo(self):
        """Return the leaders of the request's team and the managers of its company; whoever asks may not read users."""
        self.ensure_one()
        team_sudo = self.sudo().team_id
        in_team = team_sudo.user_id | team_sudo.crm_team_member_ids.filtered("active").user_id
        leaders = Domain("id", "in", in_team.ids) & self._has_group("group_team_leader")
        domain = Domain.OR([leaders, self._has_group("group_manager")])
        return (
            self.env["res.users"]
            .sudo()
            .search(domain & Domain("company_ids", "in", self.company_id.ids))
        )

    def _has_group(self, name):
        return Domain("all_group_ids", "in", self.env.ref(f"esign_crm.{name}").ids)

    def _on_event(self, event):
        """Let proposals lapse that nobody can use any more; tell former addresses whose turn to know has come."""
        result = super()._on_event(event)
        if event.kind in ENDS:
            self._lapse_changes_sudo(event)
        elif event.kind in ("invited", "completed"):
            self._tell_former_addresses_sudo(event)
        return result

    def _lapse_changes_sudo(self, event):
        changes_sudo = self.sudo().open_change_ids
        if event.kind == "signed":
            changes_sudo = changes_sudo._of_signer(event)
        changes_sudo._lapse_sudo()

    def _tell_former_addresses_sudo(self, event):
        """Tell who was not told at approval: a client hears of nothing before our side has signed (contract)."""
        changes_sudo = self.sudo().contact_change_ids.filtered(
            lambda each: each.state == "approved" and not each.is_former_told
        )
        if event.kind == "invited":
            changes_sudo = changes_sudo._of_signer(event)
        changes_sudo._tell_former_sudo()
