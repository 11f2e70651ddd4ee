"""What an empty board says: the way to the first signed document."""

from markupsafe import Markup

from odoo import api, models

START = "/odoo/e-signature-start"


class EsignRequest(models.Model):
    """Managers are led to the first steps; others are told what to do on a deal."""

    _inherit = "esign.request"

    @api.model
    def get_empty_list_help(self, help_message):
        """Return the words of an empty view: the first steps while the company has no request at all."""
        message = super().get_empty_list_help(help_message)
        if not self.env.user.has_group("esign_crm.group_manager") or self._has_any_sudo():
            return message
        company_sudo = self.env.company.sudo()
        steps = [
            (self.env._("Say who signs for us"), bool(company_sudo.esign_own_partner_id)),
            (self.env._("Say where signers reach us"), bool(company_sudo.esign_public_url)),
            (self.env._("Send the first document from a deal"), False),
        ]
        items = Markup("").join(_step(words, is_done) for words, is_done in steps)
        return Markup(
            '<p class="o_view_nocontent_smiling_face">%s</p><ul class="list-unstyled d-inline-block text-start">%s</ul>'
            '<p><a class="btn btn-primary" href="%s">%s</a></p>'
        ) % (
            self.env._("Three steps to the first signature"),
            items,
            START,
            self.env._("Get started"),
        )

    @api.model
    def _has_any_sudo(self):
        """Tell whether the company has any request, whoever may see it, hence the sudo."""
        return bool(self.sudo().search_count([("company_id", "=", self.env.company.id)], limit=1))


def _step(words, is_done):
    icon = "fa-check-circle text-success" if is_done else "fa-circle-o text-muted"
    return Markup('<li><i class="fa %s me-2"></i>%s</li>') % (icon, words)
