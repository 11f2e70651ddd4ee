"""An asking for approval before a request is sent, and what was decided about it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount

from .esign_request_due import LOOK
from .form_action import form_action
from .guards import (
    check_move,
    through_door,
    without_defaults,
)

STATES = [
    ("asked", "To be approved"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("void", "Void"),
]
MOVES = {"asked": {"approved", "refused", "void"}}
ACTIVITY = "esign_crm.mail_activity_approval"
MOST_NAMES = 3


class EsignApproval(models.Model):
    """What was asked never changes: ``digest`` is that of all that would leave, and no other thing is approved by it.

    Made by ``esign.request.action_send``; ``state`` moves through :meth:`_move` only.
    """

    _name = "esign.approval"
    _description = "Approval before sending"
    _inherit = ["esign.fixed.mixin"]
    _order = "id desc"
    _rec_name = "name"

    request_id = fields.Many2one(
        "esign.request", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(related="request_id.name", string="Number")
    title = fields.Char(related="request_id.title", string="Document")
    state = fields.Selection(STATES, required=True, readonly=True, default="asked")
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    is_amount_known = fields.Boolean(readonly=True)
    amount_words = fields.Char(string="Over", compute="_compute_amount_words")
    digest = fields.Char(
        string="SHA-256 of what was asked for", required=True, readonly=True
    )  # fmt: skip
    approver_ids = fields.Many2many(
        "res.users", "esign_approval_approver_rel", string="Asked", readonly=True
    )
    asked_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, ondelete="set null"
    )
    asked_at = fields.Datetime(string="Asked on", readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="set null"
    )
    decided_at = fields.Datetime(string="Decided", readonly=True)
    reason = fields.Char(readonly=True)
    may_decide = fields.Boolean(compute="_compute_may")
    may_take_back = fields.Boolean(compute="_compute_may")
    waits_for = fields.Char(string="Waits for", compute="_compute_waits_for", compute_sudo=True)

    _request_open_unique = models.UniqueIndex(
        "(request_id) WHERE state = 'asked'", "Approval was asked for this request before."
    )

    @api.depends("amount", "currency_id", "is_amount_known")
    @api.depends_context("lang")
    def _compute_amount_words(self):
        for approval in self:
            approval.amount_words = (
                format_amount(self.env, approval.amount, approval.currency_id)
                if approval.is_amount_known
                else self.env._("an amount that is not known")
            )

    @api.depends("state", "asked_by_id", "request_id.company_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for approval in self:
            is_open = approval.state == "asked"
            approval.may_take_back = is_open and approval.asked_by_id == self.env.user
            approval.may_decide = is_open and self.env.user in approval._approvers_sudo()

    @api.depends("approver_ids")
    @api.depends_context("lang")
    def _compute_waits_for(self):
        for approval in self:
            approval.waits_for = self._names(approval.approver_ids)

    def _refusal(self):
        return AccessError(
            self.env._("Approval is asked for by “Send” on a request, and given or refused.")
        )

    # --- the one door of the state -----------------------------------------------------------------------------------

    @api.model
    def _record_sudo(self, request, asker, digest, **decision):
        """Return a new asking of ``request``, already decided when told so; nobody has rights to create one: sudo.

        The caller holds the request's lock.
        """
        amount, currency = request._approval_amount_sudo()
        values = {
            "request_id": request.id,
            "amount": amount or 0.0,
            "currency_id": currency.id,
            "is_amount_known": amount is not None,
            "digest": digest,
            "approver_ids": [fields.Command.set(request._approvers_sudo().ids)],
            "asked_by_id": asker.id,
            "asked_at": fields.Datetime.now(),
        }
        approval_sudo = through_door(without_defaults(self.sudo())).create(values | decision)
        request._set_system_sudo(approval_id=approval_sudo.id)
        request.sudo().activity_unlink([ACTIVITY, LOOK])
        return approval_sudo.with_env(self.env)

    @api.model
    def _ask_sudo(self, request, asker, digest):
        """Ask whoever may approve, by an activity on the request, and note it there.

        :raises UserError: nobody may approve
        """
        if not request._approvers_sudo():
            raise UserError(self.env._(
                "%(number)s needs approval before it is sent, and there is nobody who may give it. An administrator of "
                "E-signature names somebody under Settings → E-signature → Approval.",
                number=request.name,
            ))  # fmt: skip
        approval = self._record_sudo(request, asker, digest)
        approval._tell_approvers()
        approval._note(lambda of_reader: of_reader._words())

    @api.model
    def _approve_by_sending_sudo(self, request, digest):
        """Record that somebody sent himself what he may approve: his sending is his approval."""
        user, now = self.env.user, fields.Datetime.now()
        open_one = request.approval_id.filtered(lambda each: each.state == "asked")
        if open_one.digest == digest:
            open_one._move("approved", decided_by_id=user.id, decided_at=now)
        else:
            open_one._void()
            self._record_sudo(
                request, user, digest, state="approved", decided_by_id=user.id, decided_at=now
            )

    def _move(self, state, **values):
        """Move to ``state``; the only writer of it.

        :raises UserError: it was decided before
        """
        check_move(self, state, MOVES)
        through_door(self.sudo()).write({**values, "state": state})
        self.sudo().request_id.activity_unlink([ACTIVITY])

    def _void(self, reason=""):
        """Close an asking that nobody has to decide any more."""
        for approval in self.filtered(lambda each: each.state == "asked"):
            approval._move("void", decided_at=fields.Datetime.now(), reason=reason or False)

    # --- who ---------------------------------------------------------------------------------------------------------

    def _approvers_sudo(self):
        """Return who may decide today: whom the settings of the request's company name."""
        self.ensure_one()
        return self.sudo().request_id._approvers_sudo()

    def _is_asking(self, digest):
        """Tell whether this asks for the very thing, of whoever may approve today."""
        self.ensure_one()
        is_same = self.state == "asked" and self.digest == digest
        people_sudo = self._approvers_sudo()
        return is_same and bool(people_sudo) and self.sudo().approver_ids == people_sudo

    def _tell_approvers(self):
        """Put an activity on the request for each of them, in his language."""
        for person in self.sudo().approver_ids:
            approval_sudo = self.sudo().with_context(lang=person.lang or self.env.lang)
            approval_sudo.request_id.activity_schedule(
                ACTIVITY,
                summary=approval_sudo.env._("Approve before it is sent, or refuse"),
                note=Markup("<p>%s</p>") % approval_sudo._words(),
                user_id=person.id,
            )

    @api.model
    def _names(self, users):
        """Return some people's names, not all of a long list."""
        names = users.sudo().mapped("name")
        if len(names) <= MOST_NAMES:
            return ", ".join(names)
        return self.env._(
            "%(names)s and %(count)s others",
            names=", ".join(names[: MOST_NAMES - 1]),
            count=len(names) - MOST_NAMES + 1,
        )

    def _words(self):
        """Return what is asked for as one sentence."""
        return self.env._(
            "%(by)s asks to approve that “%(title)s” (%(number)s) is sent, over %(amount)s.",
            by=self.sudo().asked_by_id.name or "",
            title=self.sudo().title,
            number=self.sudo().name,
            amount=self.amount_words,
        )

    def _note(self, words):
        """Write a note into the request's chatter, in the language of its company.

        :param words: function that returns them for this record in that language
        """
        request_sudo = self.sudo().request_id
        told_sudo = self.sudo().with_context(lang=request_sudo._note_lang())
        request_sudo._message_log(
            body=words(told_sudo), author_id=request_sudo.with_user(self.env.user)._note_author().id
        )

    def action_open_request(self):
        """Open the request, with the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return form_action(self.request_id)
