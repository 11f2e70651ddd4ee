"""What was sent from the deal while the sending form was open."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.crm_lead_many import OPEN


class EsignSendWizard(models.TransientModel):
    """Two people, two tabs, or a page of many deals: whoever comes second is told, and decides anew."""

    _inherit = "esign.send.wizard"

    newest_seen = fields.Integer(
        default=lambda self: self._default_newest_seen(),
        help="The deal's newest request when the form was opened.",
    )

    @api.model
    def _default_newest_seen(self):
        """Return the id of the deal's newest request, whosever it is, hence the sudo."""
        lead_id = self.env.context.get("default_lead_id")
        requests_sudo = self.env["esign.request"].sudo()
        domain = [("lead_id", "=", lead_id)] if lead_id else []
        return requests_sudo.search(domain, order="id desc", limit=1).id

    def _lock_deal(self):
        """Lock the deal until this transaction ends, and look whether the document was sent from it meanwhile.

        :raises AccessError: the caller may not change the deal
        :raises UserError: it was; says by which request
        """
        lead = self.env["esign.request"]._deal_to_sign_for(self.lead_id.id)
        lead._esign_lock()
        meanwhile_sudo = self._made_meanwhile_sudo()
        if meanwhile_sudo:
            raise UserError(self._meanwhile_words(meanwhile_sudo))

    def _made_meanwhile_sudo(self):
        """Return the newest request since the form was opened of this template or title, whosever it is: sudo."""
        same = Domain("title", "=", self.title) if self.title else Domain.FALSE
        if self.template_id:
            same |= Domain("template_id", "=", self.template_id.id)
        made = Domain("lead_id", "=", self.lead_id.id) & Domain("state", "in", OPEN)
        made &= Domain("id", ">", self.newest_seen) & same
        return self.env["esign.request"].sudo().search(made, order="id desc", limit=1)

    def _meanwhile_words(self, newest_sudo):
        if not newest_sudo.sudo(False).has_access("read"):
            return self.env._(
                "Meanwhile a colleague has made a request for this document from this deal. To send it once more, close "
                "this form and open it anew."
            )
        return self.env._(
            "Meanwhile %(number)s was made for this document from this deal: look at it first. To send the document once "
            "more, close this form and open it anew.",
            number=newest_sudo.name,
        )
