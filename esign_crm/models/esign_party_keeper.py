"""Who may change an entry of the party directory, told to those who may not."""

from odoo import api, fields, models


class EsignParty(models.Model):
    """The form is closed to whoever would be refused anyway."""

    _inherit = "esign.party"

    is_editable = fields.Boolean(compute="_compute_is_editable")
    keeper_words = fields.Char(compute="_compute_is_editable")

    @api.depends("user_id", "team_id", "side", "company_id")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        """Ask what is stored: what is being typed gives nobody more rights."""
        mine = self._origin._filtered_access("write")
        for party in self:
            party.is_editable = not party._origin or party._origin in mine
            party.keeper_words = False if party.is_editable else party._keeper_words()

    def _keeper_words(self):
        if self.side == "own":
            return self.env._("Who signs for us is changed by managers of e-signature only.")
        if not self.user_id:
            return self.env._("Only team leaders and managers may change this entry.")
        return self.env._(
            "Only %(name)s, team leaders and managers may change this entry.",
            name=self.sudo().user_id.name,  # a colleague's name is no secret, his user may be hidden
        )
