"""A server action for Odoo's Automation Rules: send a document of the deal for signature."""

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from .esign_request_approval import NEVER_APPROVES

SEND = "esign_send"


class IrActionsServer(models.Model):
    """*Send for signature*: from each deal, with the acting person's own rights.

    What cannot be sent must not undo the change of the deal that set the action off: it becomes an activity that
    says why.
    """

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[(SEND, "Send for signature"), ("followers",)], ondelete={SEND: "cascade"}
    )
    esign_source = fields.Selection(
        [
            ("attachment", "The newest PDF attached to the deal"),
            ("again", "What was sent from the deal last: same file, signers and boxes"),
        ],
        string="Document",
        default="attachment",
    )
    esign_is_sent = fields.Boolean(
        string="Send at once", default=True, help="Otherwise a draft waits for its sender."
    )

    @api.model
    def _warning_depends(self):
        return [*super()._warning_depends(), "esign_source"]

    def _get_warning_messages(self):
        """Say what keeps the action from running; Odoo runs none with a warning."""
        warnings = super()._get_warning_messages()
        if self.state == SEND and self.model_id and self.model_id.model != "crm.lead":
            warnings.append(self.env._("Documents are sent for signature from deals only."))
        return warnings

    @api.depends("state")
    def _compute_available_model_ids(self):
        from_deals = self.filtered(lambda action: action.state == SEND)
        from_deals.available_model_ids = self.env["ir.model"]._get("crm.lead")
        return super(IrActionsServer, self - from_deals)._compute_available_model_ids()

    def _run_action_esign_send_multi(self, eval_context=None):
        """Send from each of the deals; called by Odoo with ``records`` in the context of evaluation."""
        if (
            self._is_recompute()
        ):  # nothing new was asked for: it follows from the person's own change
            return False
        leads = (eval_context or {}).get("records") or (eval_context or {}).get("record")
        for lead in leads or ():
            self._esign_send_from(lead)
        return False

    def _esign_send_from(self, lead):
        """Send from one deal, or leave an activity on it that says why not."""
        lead = self._esign_as_person(lead)
        try:
            with self.env.cr.savepoint():
                self._esign_send(lead)
        except UserError as error:
            self._esign_tell(lead, str(error))

    def _esign_as_person(self, lead):
        """Return the deal as who acts sees it; what the clock or a stranger set off is done as its salesperson.

        Automation Rules run server actions with all rights: they are given back here.
        """
        user = self.env.user
        if user.id == SUPERUSER_ID or not user._is_internal():
            user = lead.sudo().user_id or user
        company = lead.sudo().company_id or user.company_id
        return lead.with_env(lead.env(user=user, su=False)).with_company(company)

    def _esign_send(self, lead):
        """Make the request and send it.

        :raises UserError: no right to it, no document, or what ``action_send`` refuses
        """
        if lead.env.su or not lead.env.user._is_internal():
            raise UserError(
                self.env._("The deal has no salesperson, in whose name it could be sent.")
            )
        lead.check_access("write")
        lead._esign_lock()
        if self.esign_source == "again":
            draft = lead._esign_last_sent()._as_new_draft()
        else:
            draft_id = lead.env["esign.request"].create_from_deal(
                lead.id, document=lead._esign_newest_pdf()
            )
            draft = lead.env["esign.request"].browse(draft_id)
        if self.esign_is_sent:
            draft.with_context(**{NEVER_APPROVES: True}).action_send()

    def _esign_tell(self, lead, words):
        """Ask the salesperson, else a leader or manager, to see to it; the deal may be somebody else's, hence the sudo."""
        user = lead.sudo().user_id or lead.sudo().team_id.user_id or self._esign_manager_sudo(lead)
        lead.sudo().activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The document was not sent for signature"),
            note=Markup("<p>%s</p>") % words,
            user_id=user.id,
        )

    def _esign_manager_sudo(self, lead):
        """Return a manager of e-signatures of the deal's company; groups are nobody's to read, hence the sudo."""
        company_sudo = lead.sudo().company_id or lead.env.company.sudo()
        return company_sudo._esign_managers_sudo()[:1]
