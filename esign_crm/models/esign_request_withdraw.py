"""Withdrawing a signed document: the company no longer stands by it, and everybody is told."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class EsignRequest(models.Model):
    """What is done stays done; its withdrawal is one more fact about it."""

    _inherit = "esign.request"

    def action_withdraw(self, reason):
        """Withdraw signed documents: the public check answers *revoked*, links show nothing more. For managers.

        :param str reason: why; told to everybody who signed or got a copy
        :raises AccessError: the caller is no manager
        :raises UserError: not signed by all, withdrawn before, or no reason
        """
        if not self.env.user.has_group("esign_crm.group_manager"):
            raise AccessError(self.env._("Only managers withdraw a signed document."))
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            request._check_may_be_withdrawn()
            words = request._given_reason(reason)
            request._set_system_sudo(withdrawn_at=fields.Datetime.now(), withdrawn_reason=words)
            self.env["esign.event"]._append(
                request, "withdrawn", {"by": self.env.user.name, "reason": words}
            )
            request._tell_of_withdrawal()
        return True

    def _check_may_be_withdrawn(self):
        if self.state != "done":
            raise UserError(
                self.env._(
                    "%(number)s is not signed by all: only a signed document can be withdrawn.",
                    number=self.name,
                )
            )
        if self.withdrawn_at:
            raise UserError(self.env._("%(number)s was withdrawn before.", number=self.name))

    def _tell_of_withdrawal(self):
        """Queue a notice to each signer, each copy and the sender; what still waits in the queue brings no file any more."""
        messages = self.env["esign.message"]
        messages._cancel(self)
        for signer in self.signer_ids._not_delegated():
            messages._queue(self, "withdrawn_notice", signer=signer)
        if self.user_id:
            messages._queue(self, "withdrawn_notice", user=self.user_id)
