"""Templates by which a client need not wait for our side."""

from odoo import api, fields, models


class EsignTemplate(models.Model):
    """The order is that of the roles; a client's place before ours counts only where the company allows it."""

    _inherit = "esign.template"

    is_client_first = fields.Boolean(
        string="Client need not wait for us",
        help="The order of the roles counts: the client may be asked first, or at the same time as our side.",
    )
    may_let_client_first = fields.Boolean(compute="_compute_may_let_client_first")

    @api.depends("company_id")
    def _compute_may_let_client_first(self):
        for template in self:
            company = template.company_id or self.env.company
            template.may_let_client_first = company.sudo().esign_client_first  # all go by it

    def _lets_client_first(self, company):
        """Tell whether the client may be asked before our side: the administrator allows it *and* this template asks for it.

        :param company: whose document it is; senders may not read its settings, hence the sudo
        """
        return bool(self.is_client_first and company.sudo().esign_client_first)
