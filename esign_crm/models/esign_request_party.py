"""What the party directory keeps from being sent."""

from odoo import models
from odoo.exceptions import UserError


class EsignRequest(models.Model):
    """The checks of ``action_send`` that the directory makes."""

    _inherit = "esign.request"

    def _check_ready(self):
        """Refuse also whom the directory says may not sign, or has not agreed to sign electronically."""
        result = super()._check_ready()
        for signer in self.signer_ids.filtered(lambda each: each.kind == "signer"):
            problem = self.env["esign.party"]._problem_of(signer._person())
            if problem:
                raise UserError(problem)
        return result

    def _freeze_sudo(self):
        """Freeze also where the addresses come from, until when each may sign, and what is agreed by accession."""
        result = super()._freeze_sudo()
        self.signer_ids._freeze_origin()
        for signer in self.signer_ids.filtered(lambda each: each.kind == "signer"):
            party_sudo = signer._known_party_sudo()
            signer._freeze_authority_sudo(party_sudo)
            signer._freeze_clause_sudo(party_sudo)
        return result
