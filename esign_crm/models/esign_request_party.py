"""The usual signers of a deal, taken from the party directory."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164
from .person_country import phone_country


class EsignRequest(models.Model):
    """Whom the directory knows need not be typed."""

    _inherit = "esign.request"

    def _default_signers(self):
        """Return the signers of a deal, each from the directory where it knows him."""
        own, client = super()._default_signers()
        parties = self.env["esign.party"]
        known = (
            parties._default_own(self.company_id, self.team_id),
            parties._find_for(
                self.lead_id.partner_id,
                email_normalize(client["email"] or "") or "",
                e164(
                    client["phone"] or "",
                    phone_country(self.lead_id.partner_id, self.lead_id, self.company_id, "client"),
                ),
                self.company_id,
            ),
        )
        return [
            party._signer_values() | {"sequence": values["sequence"]} if party else values
            for party, values in zip(known, (own, client), strict=True)
        ]

    def _check_ready(self):
        """Refuse also whom the directory says may not sign, or has not agreed to sign electronically."""
        result = super()._check_ready()
        for signer in self.signer_ids.filtered(lambda each: each.kind == "signer"):
            problem = self.env["esign.party"]._problem_of(signer._person())
            if problem:
                raise UserError(problem)
        return result

    def _freeze_sudo(self):
        """Freeze also where the addresses come from."""
        result = super()._freeze_sudo()
        self.signer_ids._freeze_origin()
        return result
