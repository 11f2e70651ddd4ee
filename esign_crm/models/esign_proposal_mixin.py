"""What somebody proposes about a signer after sending, and somebody else decides."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .guards import check_move, through_door, without_defaults


class EsignProposalMixin(models.AbstractModel):
    """What was proposed never changes, so that what is decided about is what was seen; :meth:`_move` alone writes ``state``.

    The model has ``state``, which begins with *proposed* and may end with *withdrawn*, its ``_moves`` (state → states
    that may follow), and ``_words_decided()``, what is said to whoever comes too late.
    """

    _name = "esign.proposal.mixin"
    _description = "Proposals about a signer"
    _inherit = ["esign.fixed.mixin"]
    _order = "id desc"

    _moves = {}

    request_id = fields.Many2one(
        "esign.request", required=True, readonly=True, ondelete="restrict", index=True
    )
    signer_id = fields.Many2one("esign.signer", required=True, readonly=True, ondelete="restrict")
    role = fields.Char(related="signer_id.role")
    reason = fields.Char(required=True, readonly=True)
    proposed_at = fields.Datetime(string="Proposed", readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="set null"
    )
    decided_at = fields.Datetime(string="Decided", readonly=True)

    @api.model
    def _make_sudo(self, signer, values):
        """Return the new proposal about ``signer``; nobody has rights to create one, hence the sudo."""
        values = values | {
            "request_id": signer.request_id.id,
            "signer_id": signer.id,
            "proposed_at": fields.Datetime.now(),
        }
        return through_door(without_defaults(self.sudo())).create(values).with_env(self.env)

    def _move(self, state, **values):
        """Move to ``state``; the only writer of it.

        :raises UserError: it was decided before
        """
        check_move(self, state, self._moves)
        moved = values | {"state": state, "decided_at": fields.Datetime.now()}
        through_door(self.sudo()).write(moved)

    def _lapse_sudo(self):
        """Close proposals that nothing is left to decide about."""
        for proposal in self.filtered(lambda each: each.state == "proposed"):
            proposal._move("withdrawn")

    def _of_signer(self, event):
        """Return those about the signer whom an entry of the trail is about."""
        signer_id = event._details().get("signer")
        return self.filtered(lambda each: each.signer_id.id == signer_id)

    def _lock_for_decision(self):
        """Lock in the common order (codes, request), and refuse what was decided meanwhile."""
        self.ensure_one()
        self.check_access("read")
        self.request_id.check_access("write")
        self.env["esign.otp"]._lock_codes_of(self.signer_id.id)
        self.request_id._lock_or_refuse()
        if self.state != "proposed":
            raise UserError(self._words_decided())
