"""What is decided about an asking, and how whoever asked learns of it."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .esign_request_due import LOOK
from .guards import not_from_typed_code


class EsignApproval(models.Model):
    """Approving sends at once; both decisions lock the request first, so that of two people one decides."""

    _inherit = "esign.approval"

    # --- decisions ---------------------------------------------------------------------------------------------------

    @not_from_typed_code
    def action_approve(self):
        """Send the request at once, in the name and with the rights of whoever asked; all checks of sending apply again.

        What was changed since it was asked for is not sent: approval is asked for anew, and the answer says so.

        :raises AccessError: the caller may not approve this
        :raises UserError: decided before, or it cannot be sent as it is; it goes on waiting then
        """
        answer = True
        for approval in self:
            approval._lock_for_decision()
            approval._check_may_decide()
            request = approval._request_of_asker()
            if request._approval_digest() == approval.digest:
                approval._approve(request)
            else:
                approval._ask_anew(request)
                answer = approval._changed_notice()
        return answer

    def _approve(self, request):
        now = fields.Datetime.now()
        self._move("approved", decided_by_id=self.env.uid, decided_at=now)
        by = self.env.user.name
        self._note(lambda told: told.env._("%(by)s approved the sending.", by=by))
        try:
            request.action_send()
        except AccessError as error:
            raise UserError(
                self.env._(
                    "%(name)s, who asked, may no longer send %(number)s: send it yourself, if you may, or refuse.",
                    name=request.env.user.name,
                    number=self.name,
                )
            ) from error
        self._tell_asker(
            lambda env: env._("%(by)s approved %(number)s: it was sent.", by=by, number=self.name)
        )

    def _ask_anew(self, request):
        """Replace this asking by one for what the request is now."""
        self._void(self.env._("It was changed after approval had been asked for."))
        approvals = self.env["esign.approval"].with_env(request.env)
        approvals._ask_sudo(request, request.env.user, request._approval_digest())

    def _changed_notice(self):
        """Return the action that says that nothing was sent, and shows the request as it is now."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%(number)s was not sent", number=self.name),
                "message": self.env._(
                    "It was changed after approval had been asked for: look at it as it is now, and approve that."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @not_from_typed_code
    def action_refuse(self, reason=None):
        """Leave the request a draft; whoever asked finds an activity that says why.

        :param str reason: why; wanted
        :raises AccessError: the caller may not decide this
        """
        for approval in self:
            approval._lock_for_decision()
            approval._check_may_decide()
            words = approval.sudo().request_id.with_env(self.env)._given_reason(reason)
            approval._refuse(words)
        return True

    def _refuse(self, reason):
        now, by = fields.Datetime.now(), self.env.user.name
        self._move("refused", decided_by_id=self.env.uid, decided_at=now, reason=reason)
        self._note(
            lambda told: told.env._("%(by)s refused the sending: %(reason)s", by=by, reason=reason)
        )
        self._ask_asker_to_look(reason)

    def action_take_back(self):
        """Take one's own asking back; the request stays a draft.

        :raises AccessError: it is somebody else's
        """
        for approval in self:
            approval._lock_for_decision()
            if approval.asked_by_id != self.env.user:
                raise AccessError(self.env._("Only who asked for approval takes that back."))
            approval._take_back()
        return True

    def _take_back(self):
        by = self.env.user.name
        self._void(self.env._("Taken back."))
        self._note(lambda told: told.env._("%(by)s asks for approval no longer.", by=by))

    def _lock_for_decision(self):
        """Lock the request, and refuse what was decided meanwhile."""
        self.ensure_one()
        self.check_access("read")
        self.request_id._lock_or_refuse()
        if self.state != "asked":
            raise UserError(
                self.env._("The approval of %(number)s was decided about before.", number=self.name)
            )

    def _check_may_decide(self):
        is_by_hand = self.request_id._is_by_hand()
        if not is_by_hand or self.env.user not in self._approvers_sudo():
            raise AccessError(self._words_who_may_decide())

    def _words_who_may_decide(self):
        names = self._names(self._approvers_sudo())
        if not names:
            return self.env._("Nobody may decide about this any more: the settings name nobody.")
        return self.env._("Only %(names)s may decide about this.", names=names)

    def _request_of_asker(self):
        """Return the request as whoever asked sees it: a session of his own, with no rights but his.

        :raises UserError: he has no account any more, or does not work in this company
        """
        asker_sudo, request_sudo = self.sudo().asked_by_id, self.sudo().request_id
        company = request_sudo.company_id
        if not asker_sudo.active or company not in asker_sudo.company_ids:
            raise UserError(
                self.env._(
                    "%(name)s, who asked for approval, does not work in %(company)s any more: send %(number)s yourself, if"
                    " you may, or give it to a colleague.",
                    name=asker_sudo.name or self.env._("The colleague"),
                    company=company.name,
                    number=self.name,
                )
            )
        context = {
            "lang": self.env.lang,  # what is refused, the approver reads
            "tz": asker_sudo.tz,
            "allowed_company_ids": company.ids,
        }
        return request_sudo.with_env(self.env(user=asker_sudo.id, su=False, context=context))

    # --- telling whoever asked ---------------------------------------------------------------------------------------

    def _tell_asker(self, words):
        """Notify whoever asked, unless he decided himself."""
        asker_sudo = self.sudo().asked_by_id
        if asker_sudo and asker_sudo != self.env.user:
            told_sudo = self.sudo().with_context(lang=asker_sudo.lang or self.env.lang)
            told_sudo.request_id.message_notify(
                body=words(told_sudo.env),
                subject=told_sudo.request_id.display_name,
                partner_ids=asker_sudo.partner_id.ids,
                author_id=self.env.user.partner_id.id,
            )

    def _ask_asker_to_look(self, reason):
        """Put an activity with the reason of a refusal before whoever asked."""
        asker_sudo = self.sudo().asked_by_id
        if not asker_sudo.active:
            return
        told_sudo = self.sudo().with_context(lang=asker_sudo.lang or self.env.lang)
        told_sudo.request_id.activity_schedule(
            LOOK,
            summary=told_sudo.env._("%(by)s refused the sending", by=self.env.user.name),
            note=Markup("<p>%s</p>") % reason,
            user_id=asker_sudo.id,
        )
