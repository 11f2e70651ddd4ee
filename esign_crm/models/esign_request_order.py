"""Requests in which the client need not wait for our side."""

from odoo import fields, models


class EsignRequest(models.Model):
    """What the company allowed and the template asked for when the request was sent holds until its end."""

    _inherit = "esign.request"

    is_client_first = fields.Boolean(
        string="Client need not wait for us", readonly=True, copy=False
    )

    def _lets_client_first(self):
        """Tell whether this request's order of signers counts even where it puts the client first."""
        self.ensure_one()
        if self.state == "draft":
            return self.template_id._lets_client_first(self.company_id)
        return self.is_client_first

    def _check_order(self, signing):
        """Let the client be first where company and template let him."""
        return None if self._lets_client_first() else super()._check_order(signing)

    def _move(self, state, **values):
        """Keep with the sending whether the client need not wait."""
        if state == "sent":
            for request in self.filtered(lambda each: each.state == "draft"):
                request._set_system_sudo(is_client_first=request._lets_client_first())
        return super()._move(state, **values)

    def _turn_side(self):
        """Return the client's side also while only he is asked, before ours."""
        in_turn = self.signer_ids.filtered(lambda signer: signer._is_in_turn())
        if self.is_client_first and set(in_turn.mapped("side")) == {"client"}:
            return "client"
        return super()._turn_side()
