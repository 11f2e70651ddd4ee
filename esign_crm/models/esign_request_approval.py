"""Approval before a request is sent: whether it is needed, of what exactly, and what waits for it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import approval_policy
from .esign_rule_chain import cause
from .guards import is_person_at_work

# Put into the context by what sends by itself: the right of whoever it acts for is no approval.
NEVER_APPROVES = "esign_never_approves"
SIGNER_FACTS = (
    "side", "role", "kind", "sequence", "channel", "name", "email", "phone", "lang", "position", "company_name",
    "authority", "is_private_person",
)  # fmt: skip
BOX_FACTS = ("type", "name", "page", "required", "filled_by", "default", "options")


class EsignRequest(models.Model):
    """A draft that waits stays a draft; ``approval_id`` is its latest asking."""

    _inherit = "esign.request"

    approval_id = fields.Many2one(
        "esign.approval", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    approval_state = fields.Selection(related="approval_id.state", string="Approval")
    approval_words = fields.Char(
        string="Before it is sent", compute="_compute_approval_words", compute_sudo=True
    )
    approval_ids = fields.One2many("esign.approval", "request_id", string="Approvals")
    open_approval_ids = fields.One2many(
        "esign.approval", "request_id", string="To be approved", domain=[("state", "=", "asked")]
    )
    may_approve = fields.Boolean(compute="_compute_may_approve")

    @api.depends("state", "approval_id.state")
    @api.depends_context("lang")
    def _compute_approval_words(self):
        for request in self:
            approval = request.approval_id if request.state == "draft" else None
            request.approval_words = approval and self._approval_words_of(approval)

    def _approval_words_of(self, approval):
        """Return what a draft waits for, or why it was not sent; nothing where neither is so."""
        if approval.state == "asked":
            return self.env._("Waits for approval by %(names)s", names=approval.waits_for)
        if approval.state == "refused":
            return self.env._(
                "%(name)s refused the sending: %(reason)s",
                name=approval.decided_by_id.name or "",
                reason=approval.reason,
            )
        return False

    @api.depends("approval_id.state")
    @api.depends_context("uid")
    def _compute_may_approve(self):
        for request in self:
            request.may_approve = request.approval_id.may_decide

    @api.depends("approval_id.state")
    def _compute_waiting_for(self):
        """Name on drafts whoever has to approve."""
        result = super()._compute_waiting_for()
        for request in self.filtered(lambda each: each.state == "draft"):
            approval_sudo = request.sudo().approval_id
            if approval_sudo.state == "asked":
                request.waiting_for = approval_sudo.waits_for
        return result

    # --- sending -----------------------------------------------------------------------------------------------------

    def _is_held(self):
        """Ask for approval where it is needed and was not given for this very thing; tell whether it has to wait.

        :raises UserError: approval was asked for before, or nobody may give it
        """
        held = super()._is_held()
        if not self._needs_approval():
            self.approval_id._void(self.env._("No approval is needed any more."))
            return held
        asker = self._approval_asker()
        digest = self.with_user(asker)._approval_digest()
        approval = self.approval_id.sudo()
        if approval.state == "approved" and approval.digest == digest:
            return held  # by ``esign.approval.action_approve``, in this very transaction
        approvals = self.env["esign.approval"]
        if self._approves_by_sending():
            approvals._approve_by_sending_sudo(self, digest)
            return held
        if approval and approval._is_asking(digest):
            raise UserError(
                self.env._(
                    "%(number)s waits for approval by %(names)s: it is sent as soon as one of them approves.",
                    number=self.name,
                    names=approval.waits_for,
                )
            )
        approval._void(self.env._("It was changed after approval had been asked for."))
        approvals._ask_sudo(self, asker, digest)
        return True

    def _needs_approval(self):
        """Tell whether the company wants somebody's approval for this amount, a setting all go by: sudo."""
        return self.company_id._esign_needs_approval(*self._approval_amount_sudo())

    def _approvers_sudo(self):
        """Return who may approve the sending of this request today."""
        self.ensure_one()
        return self.sudo().company_id._esign_approvers_sudo()

    def _approves_by_sending(self):
        """Tell whether a person sends who may approve it."""
        return self._is_by_hand() and self.env.user in self._approvers_sudo()

    def _is_by_hand(self):
        """Tell whether a person does this: neither the system nor a rule, a job, automation or typed code in his name."""
        is_person = not self.env.su and not self.env.context.get(NEVER_APPROVES)
        return is_person and not cause(self.env.cr) and is_person_at_work(self.env)

    def _approval_asker(self):
        """Return in whose name it will be sent: whoever sends, or the sender where the system does.

        :raises UserError: there is no such person
        """
        user = self.env.user
        if user._is_superuser() or not user._is_internal():
            user = self.user_id
        if not user:
            raise UserError(
                self.env._(
                    "%(number)s has no sender in whose name approval could be asked for.",
                    number=self.name,
                )
            )
        return user

    def _sent_details(self):
        """Say in the first entry of the audit trail by which amount it was judged, and who approved."""
        details = super()._sent_details() | self._judged_details()
        approval_sudo = self.sudo().approval_id
        if approval_sudo.state != "approved":
            return details
        return details | {
            "approved_by": approval_sudo.decided_by_id.name,
            "approved_at": fields.Datetime.to_string(approval_sudo.decided_at),
        }

    def _judged_details(self):
        """Return the judged amount as it goes into the trail; empty where it is not known, nothing where none is judged."""
        if self.company_id.sudo().esign_approval_by == "nobody":
            return {}
        amount, currency = self._approval_amount_sudo()
        if amount is None:
            return {"judged_amount": "", "judged_currency": ""}
        places = currency.decimal_places
        return {"judged_amount": f"{amount:.{places}f}", "judged_currency": currency.name}

    # --- of what -----------------------------------------------------------------------------------------------------

    def _approval_amount_sudo(self):
        """Return (amount, currency) of what the document is about; the amount is ``None`` where nothing is known."""
        self.ensure_one()
        return self.company_id._esign_judged_amount_sudo(self.lead_id, self._paper_amounts_sudo())

    def _paper_amounts_sudo(self):
        """Return (amount, currency) of what was printed here: known by its bytes, as they came and as they are kept."""
        document_sudo, act_sudo = self.sudo().uploaded_document_id, self.sudo().act_id
        papers = self.env["esign.paper"]
        found = papers._amounts_sudo(document_sudo.sha256, document_sudo.original_sha256)
        return [*found, *((act.amount_total, act.currency_id) for act in act_sudo)]

    def _approval_digest(self):
        """Return the digest of everything that makes what would leave, read with the caller's rights.

        :raises UserError: a value that is fixed at sending is missing
        """
        amount, currency = self._approval_amount_sudo()
        values = self.field_ids._values_at_sending()
        return approval_policy.digest(
            {
                "company": self.company_id.id,
                "document": self.uploaded_document_id.sha256,
                "title": self.title,
                "amount": None if amount is None else f"{amount:.6f}",
                "currency": currency.name,
                "deadline": fields.Datetime.to_string(self.deadline_at) or "",
                "message": self.signer_note or "",
                "people": [
                    {name: signer[name] or "" for name in SIGNER_FACTS}
                    for signer in self.signer_ids
                ],
                "boxes": [_box_facts(box, values.get(box) or "") for box in self.field_ids],
            }
        )


def _box_facts(box, value):
    place = {name: f"{box[name]:.6f}" for name in ("x", "y", "width", "height")}
    filling = {name: box[name] or "" for name in BOX_FACTS}
    return place | filling | {"role": box.signer_id.role, "value": value}
