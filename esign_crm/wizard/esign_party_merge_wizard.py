"""Makes several entries of the party directory one."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.form_action import form_action


class EsignPartyMergeWizard(models.TransientModel):
    """Which entry stays; requests, notes and external ids of the others go over to it."""

    _name = "esign.party.merge.wizard"
    _description = "Merge parties"

    party_ids = fields.Many2many("esign.party", string="Parties", required=True)
    kept_id = fields.Many2one(
        "esign.party",
        string="The one that stays",
        required=True,
        domain="[('id', 'in', party_ids)]",
    )

    @api.model
    def default_get(self, fields_list):
        """Start from the chosen parties; the one that was signed with most stays."""
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "esign.party":
            parties = self.env["esign.party"].browse(self.env.context.get("active_ids")).exists()
            kept = parties.sorted(lambda each: (-each.request_count, each.id))[:1]
            values |= {"party_ids": [(6, 0, parties.ids)], "kept_id": kept.id}
        return values

    def action_merge(self):
        """Merge, and open what stays. Needs the right to change all of them.

        :raises UserError: fewer than two, or of different companies or sides
        """
        self.ensure_one()
        if len(self.party_ids) < 2 or self.kept_id not in self.party_ids:
            raise UserError(self.env._("Choose at least two parties, and which of them stays."))
        kept = self.kept_id
        self.party_ids._merge_into(kept)
        return form_action(kept)
