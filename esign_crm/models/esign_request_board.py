"""What people may do with a request on the board by hand, and what the buttons of its card do."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import stage_drag
from .esign_request_undo import FLAG
from .form_action import form_action


class EsignRequest(models.Model):
    """The request as a card that people drag and press."""

    _inherit = "esign.request"

    # core's name: the mixin counts from here whether a card is stuck
    date_last_stage_update = fields.Datetime(
        string="In this stage since",
        compute="_compute_date_last_stage_update",
        store=True,
        copy=False,
    )

    _open_user_idx = models.Index("(user_id, stage_id) WHERE closed_on IS NULL")
    _open_team_idx = models.Index("(team_id, stage_id) WHERE closed_on IS NULL")
    _open_company_idx = models.Index("(company_id, stage_id) WHERE closed_on IS NULL")

    @api.depends("stage_id")
    def _compute_date_last_stage_update(self):
        self.date_last_stage_update = fields.Datetime.now()

    def _get_rotting_depends_fields(self):
        """Count also the end of a request, which is never stuck."""
        return [*super()._get_rotting_depends_fields(), "closed_on"]

    def _get_rotting_domain(self):
        """Leave out what is closed."""
        return super()._get_rotting_domain() & Domain("closed_on", "=", False)

    # --- dragging ----------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody put a draft where only signing leads."""
        requests = super().create(vals_list)
        for request in requests:
            if request.stage_id._place() != request._stage_for_state()._place():
                raise request._refused_drag("by_signing", request.stage_id)
        return requests

    def write(self, vals):
        """Let people move a request among the stages of its place; elsewhere a drag is a step, or is refused.

        The signing process itself moves stages together with the state, or to where the turn is.
        """
        if vals.get("stage_id") and "state" not in vals:
            stage = self.env["esign.stage"].browse(vals["stage_id"])
            for request in self:
                request._drag_to(stage)
        return super().write(vals)

    def _drag_to(self, stage):
        """Do what dragging this request to ``stage`` stands for.

        :raises UserError: it stands for nothing, or more has to be asked first
        """
        drag = stage_drag.decide(self._stage_for_state()._place(), stage._place())
        if drag.refusal:
            raise self._refused_drag(drag.refusal, stage)
        if drag.step == "send":  # a card slips easily: it can be taken back for a minute
            self.with_context(**{FLAG: True}).action_send()
            if (
                self.state == "draft"
            ):  # a card that was dropped elsewhere does not stay there, nor is anything asked for
                raise self._refused_drag("approval", stage)

    def _refused_drag(self, code, stage):
        """Return the error that says why this request cannot be put into ``stage``, and what to do instead."""
        head = self.env._(
            "%(number)s cannot be put into “%(stage)s” by hand.",
            number=self.name,
            stage=stage.name,
        )
        return UserError(f"{head}\n{self._drag_reasons()[code]}")

    def _drag_reasons(self):
        """Return code of ``tools.stage_drag`` → sentence."""
        return {
            "by_signing": self.env._("Signing itself moves it there."),
            "own_first": self.env._("Our side signs first; then it moves there by itself."),
            "own_done": self.env._("Our side has signed: it is the client's turn."),
            "cancel": self.env._("Press “Cancel” on the card: it asks for the reason."),
            "delete": self.env._("A draft is not cancelled: delete it."),
            "never_back": self.env._(
                "What was sent does not become a draft again: cancel it and send a new one."
            ),
            "extend": self.env._("Its deadline has passed: press “Extend” on the card."),
            "sealing": self.env._("Everybody has signed: it is being sealed."),
            "withdraw": self.env._("It is signed: a manager can withdraw it."),
            "approval": self.env._(
                "Somebody has to approve it first: open it and press “Send”, which asks for that."
            ),
            "final": self.env._("It has ended: send a new request from the deal."),
        }

    # --- buttons -----------------------------------------------------------------------------------------------------

    def action_open_deal(self):
        """Open the request's deal, with the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        self.lead_id.check_access("read")
        return form_action(self.lead_id)

    def action_download_sealed(self):
        """Download the sealed PDF with the reader's own rights."""
        return self._download_action(self.sealed_document_id)

    def action_download_document(self):
        """Download what is to be signed: as sent, or as uploaded while it is a draft."""
        return self._download_action(self.frozen_document_id or self.uploaded_document_id)

    def _download_action(self, document):
        """Return the action that downloads ``document``; its route checks the rights and hashes the bytes again."""
        self.ensure_one()
        self.check_access("read")
        if not document:
            raise UserError(self.env._("%(number)s has no such document yet.", number=self.name))
        return {
            "type": "ir.actions.act_url",
            "url": f"/esign_crm/document/{document.id}",
            "target": "self",
        }
