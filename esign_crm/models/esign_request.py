"""One document on its way through its signers."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .guards import (
    check_move,
    passes_door,
    refuse_system_fields,
    through_door,
    with_defaults,
    without_defaults,
)

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("sealing", "Sealing"),
    ("done", "Signed"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
# from → to; design: declined, cancelled and done are final
MOVES = {
    "draft": {"sent"},
    "sent": {"sealing", "declined", "expired", "cancelled"},
    "sealing": {"done"},
    "expired": {"sent", "cancelled"},
}
CLOSED_STATES = ("done", "declined", "expired", "cancelled")
# What people may still change once a request was sent: who follows it and where it stands on the board. The deal by which
# it was judged stays; only merging deals moves what was sent, through the door.
FREE_FIELDS = {"stage_id", "user_id", "team_id"}
# What nobody writes by hand, in no state.
SYSTEM_FIELDS = {
    "name", "state", "date_last_stage_update", "turn_since", "own_hours", "client_hours", "uploaded_document_id", "frozen_document_id", "sealed_document_id", "sealed_attachment_id", "sealed_sha256",
    "verification_code", "sent_at", "sealing_at", "completed_at", "closed_on", "download_until", "withdrawn_at",
    "withdrawn_reason", "cancel_reason", "decline_reason", "seal_error", "seal_attempts", "chain_sequence",
    "chain_head", "next_reminder_at", "deadline_notice_at", "undo_until", "template_id", "template_version_id",
    "layout_kind", "layout_source", "layout_revision", "layout_token", "act_id", "is_client_first", "approval_id",
}  # fmt: skip


class EsignRequest(models.Model):
    """A signing request; ``state`` moves through :meth:`_move` only."""

    _name = "esign.request"
    _description = "Signing request"
    _inherit = [
        "mail.tracking.duration.mixin", "mail.thread", "mail.activity.mixin", "esign.layout",
    ]  # fmt: skip
    _order = "id desc"
    _track_duration_field = "stage_id"

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    title = fields.Char(required=True)
    lead_id = fields.Many2one(
        "crm.lead", string="Deal", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Sender",
        index=True,
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    team_id = fields.Many2one("crm.team", string="Sales team", index=True, ondelete="set null")
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, default="draft", index=True
    )
    stage_id = fields.Many2one(
        "esign.stage",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        ondelete="restrict",
        group_expand="_read_group_stage_ids",
        default=lambda self: self.env["esign.stage"]._for_state("draft"),
    )
    signer_ids = fields.One2many("esign.signer", "request_id", string="Signers", copy=True)
    field_ids = fields.One2many("esign.field", "request_id", string="Fields")
    event_ids = fields.One2many("esign.event", "request_id", string="Audit trail")
    message_out_ids = fields.One2many("esign.message", "request_id", string="Sent messages")

    uploaded_document_id = fields.Many2one(
        "esign.document", copy=False, readonly=True, ondelete="restrict"
    )
    frozen_document_id = fields.Many2one(
        "esign.document", copy=False, readonly=True, ondelete="restrict"
    )
    sealed_document_id = fields.Many2one(
        "esign.document", copy=False, readonly=True, ondelete="restrict"
    )
    sealed_attachment_id = fields.Many2one(
        related="sealed_document_id.attachment_id", string="Sealed PDF", store=True, index=True
    )
    sealed_sha256 = fields.Char(
        string="SHA-256 of the sealed PDF", copy=False, readonly=True, index=True
    )
    verification_code = fields.Char(copy=False, readonly=True, index=True)

    sent_at = fields.Datetime(copy=False, readonly=True)
    deadline_at = fields.Datetime(string="Sign before", copy=False)
    sealing_at = fields.Datetime(copy=False, readonly=True)
    completed_at = fields.Datetime(copy=False, readonly=True)
    closed_on = fields.Datetime(copy=False, readonly=True, index=True)
    download_until = fields.Datetime(copy=False, readonly=True)
    withdrawn_at = fields.Datetime(copy=False, readonly=True)
    withdrawn_reason = fields.Char(copy=False, readonly=True)
    cancel_reason = fields.Char(copy=False, readonly=True)
    decline_reason = fields.Char(copy=False, readonly=True)
    seal_error = fields.Char(string="Why it is not sealed yet", copy=False, readonly=True)
    seal_attempts = fields.Integer(copy=False, readonly=True, aggregator=None)
    chain_sequence = fields.Integer(copy=False, readonly=True, default=0, aggregator=None)
    chain_head = fields.Char(copy=False, readonly=True, default="0" * 64)

    _verification_code_unique = models.UniqueIndex(
        "(verification_code) WHERE verification_code IS NOT NULL"
    )
    _open_idx = models.Index("(state, sealing_at) WHERE state IN ('sent', 'sealing')")

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        return stages.search([], limit=None)

    @api.constrains("signer_ids")
    def _check_roles(self):
        for request in self:
            roles = [signer.role for signer in request.signer_ids._not_delegated()]
            if len(set(roles)) != len(roles):
                raise UserError(self.env._("Each signer of a request needs a role of its own."))

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give new drafts their number; refuse what the system alone writes."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
            self._check_deal(with_defaults(self, vals))
        numbers = self.env["ir.sequence"].sudo()
        numbered = [
            vals | {"name": numbers.next_by_code("esign.request") or "/"} for vals in vals_list
        ]
        drafts = without_defaults(self, SYSTEM_FIELDS | {"stage_id"})
        return super(EsignRequest, drafts).create(numbered).with_env(self.env)

    def write(self, vals):
        """Refuse the fields that only the system writes, and any change of substance after sending."""
        if passes_door(self):
            return super().write(vals)
        refuse_system_fields(self, SYSTEM_FIELDS, vals)
        self._check_deal(vals)
        if any(request.state != "draft" for request in self):
            frozen = {name for name in vals if self._is_frozen_once_sent(name)}
            if frozen:
                raise UserError(
                    self.env._(
                        "This request was sent: %(fields)s can no longer be changed.",
                        fields=", ".join(
                            sorted(
                                self._fields[name].string for name in frozen if name in self._fields
                            )
                        ),
                    )
                )
        return super().write(vals)

    def copy(self, default=None):
        """Refuse: a copy would have no document; :meth:`action_duplicate` makes a draft that has one."""
        raise UserError(
            self.env._("A request is not copied: press “Duplicate” on it for a new draft.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(request.state != "draft" for request in self):
            raise UserError(
                self.env._("Only drafts can be deleted: what was sent stays as evidence.")
            )

    def unlink(self):
        """Delete drafts with their stored files."""
        attachments_sudo = self.sudo().uploaded_document_id._attachments_sudo()
        result = super().unlink()
        attachments_sudo.unlink()
        return result

    def _check_deal(self, vals):
        """Refuse to put a request on a deal that the caller may not change."""
        if vals.get("lead_id"):
            self.env["crm.lead"].browse(vals["lead_id"]).check_access("write")

    def _is_frozen_once_sent(self, name):
        """Tell whether ``name`` may no longer be changed on a sent request."""
        return name not in FREE_FIELDS and name in _SUBSTANCE

    # --- the one door of the state -----------------------------------------------------------------------------------

    def _move(self, state, **values):
        """Move to ``state`` with the ``values`` that belong to the move. The only writer of ``state``.

        :raises UserError: the move is not one of the state machine's (design section 4)
        """
        check_move(self, state, MOVES)
        closed_on = fields.Datetime.now() if state in CLOSED_STATES else False
        for request in self:
            stage = request._stage_for_state(state)
            request._set_system_sudo(**values, state=state, closed_on=closed_on, stage_id=stage.id)

    def _set_system_sudo(self, **values):
        """Write what only the signing process writes, past the refusals of :meth:`write`: signers have no rights."""
        through_door(self.sudo()).write(values)

    def _on_event(self, event):
        """Extension point: ``event`` was just added to this request's trail, in this very transaction.

        Called by ``esign.event._append`` for every kind, as whoever acts: a user, the public user under sudo, a cron.
        Overrides call super, write rows only (no provider, no commit, no other record of the user's), and never raise
        for a reason of their own: what they do must not undo a signature.
        """

    def _stage_for_state(self, state=None):
        """Return the board's stage for ``state`` (the present one); what is sent is where its turn is."""
        state = state or self.state
        turn_side = self._turn_side() if state == "sent" else None
        return self.env["esign.stage"]._for_state(state, turn_side)

    def _turn_side(self):
        """Return whose turn it is: our side's until all of it have signed."""
        own = self.signer_ids._acting().filtered(lambda signer: signer.side == "own")
        return "client" if own and set(own.mapped("state")) == {"signed"} else "own"


_SUBSTANCE = {
    "title", "lead_id", "company_id", "signer_ids", "field_ids", "event_ids", "message_out_ids", "deadline_at",
    "signer_note",
}  # fmt: skip
