"""A column of the board, inside one state of a request."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .esign_request import STATES


class EsignStage(models.Model):
    """Where a request stands on the board.

    The machine state is the request's own; a stage only refines it. Each state (for what is sent: each side's turn)
    keeps at least one stage, the first of which is where a request lands when it enters that state.
    """

    _name = "esign.stage"
    _description = "Signing stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(STATES, required=True, default="sent", index=True)
    turn_side = fields.Selection(
        [("own", "Our side"), ("client", "Client")],
        string="Whose turn",
        default="own",
        help="Of the requests on their way, those that wait for this side.",
    )
    fold = fields.Boolean(string="Folded")
    rotting_threshold_days = fields.Integer(
        string="Days until stuck",
        default=0,
        help="A request that stands here for more days is marked as stuck. 0: never.",
    )

    _turn_side_when_sent = models.Constraint(
        "CHECK (state <> 'sent' OR turn_side IS NOT NULL)",
        "A stage for requests on their way says whose turn it is.",
    )

    # --- CRUD ------------------------------------------------------------------------------------------------------

    def write(self, vals):
        """Refuse to leave a state without any stage, or requests in a stage of another state than theirs."""
        places = {stage: stage._place() for stage in self}
        result = super().write(vals)
        moved = self.filtered(lambda stage: stage._place() != places[stage])
        if moved:
            moved.flush_recordset()
            moved._check_empty()
            self._check_places_kept(set(places.values()))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_or_last(self):
        """Refuse to delete a stage that holds requests or is the last of its place."""
        self._check_places_kept({stage._place() for stage in self}, leaving=self)
        self._check_empty()

    def _check_empty(self):
        """Raise when requests stand in one of these stages, whoever sent them, hence the sudo."""
        request_sudo = (
            self.env["esign.request"].sudo().search([("stage_id", "in", self.ids)], limit=1)
        )
        if request_sudo:
            raise UserError(
                self.env._(
                    "“%(stage)s” still holds requests: move them to another stage first.",
                    stage=request_sudo.stage_id.name,
                )
            )

    def _check_places_kept(self, places, leaving=None):
        """Raise when one of ``places`` has no stage besides the ``leaving`` ones."""
        for state, turn_side in places:
            domain = self._place_domain(state, turn_side)
            if leaving:
                domain &= Domain("id", "not in", leaving.ids)
            if not self.search_count(domain, limit=1):
                label = dict(self._fields["state"]._description_selection(self.env))[state]
                raise UserError(
                    self.env._(
                        "The state “%(state)s” needs at least one stage: create another one first.",
                        state=label,
                    )
                )

    # --- places ----------------------------------------------------------------------------------------------------

    def _place(self):
        """Return (state, side) that this stage stands for; the side counts only for what is on its way."""
        self.ensure_one()
        return self.state, self.turn_side if self.state == "sent" else False

    @api.model
    def _place_domain(self, state, turn_side):
        """Return the domain of the stages of a place."""
        domain = Domain("state", "=", state)
        return domain & Domain("turn_side", "=", turn_side) if state == "sent" else domain

    @api.model
    def _for_state(self, state, turn_side=None):
        """Return the stage where a request lands when it enters ``state``; called by the request's one door.

        :param str state: one of the request's states
        :param turn_side: for ``sent``: whose turn it is, ``own`` when not given
        """
        return self.search(self._place_domain(state, turn_side or "own"), limit=1)
