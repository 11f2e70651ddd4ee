"""What the card of a request shows: who has signed, whose turn it is, whom to phone, what arrived."""

import re

from odoo import api, fields, models
from odoo.tools import SQL

from .esign_message import BESIDE_DELIVERY
from .esign_message import STATES as MESSAGE_STATES
from .esign_message_reports import NOT_DELIVERED
from .esign_signer import IN_TURN


class EsignRequest(models.Model):
    """Computed for all cards at once: the number of queries does not grow with the number of cards."""

    _inherit = "esign.request"

    waiting_for = fields.Char(compute="_compute_waiting_for", help="Whose turn it is.")
    progress = fields.Char(
        string="Signed", compute="_compute_progress", help="Who has signed, of all who must."
    )
    turn_since = fields.Datetime(
        string="Waiting since", compute="_compute_turn_since", store=True, copy=False
    )
    waiting_days = fields.Integer(
        string="Days waiting",
        compute="_compute_waiting_days",
        help="Days since whoever's turn it is was invited.",
    )
    signer_steps = fields.Json(string="Who signs", compute="_compute_signer_steps")
    delivery = fields.Char(
        compute="_compute_delivery", help="What became of the latest message to a signer."
    )
    delivery_state = fields.Selection(
        MESSAGE_STATES, compute="_compute_delivery", search="_search_delivery_state"
    )
    deal_amount = fields.Monetary(
        string="Amount of the deal",
        compute="_compute_deal_amount",
        currency_field="deal_currency_id",
    )
    deal_currency_id = fields.Many2one("res.currency", compute="_compute_deal_amount")

    @api.depends("name", "title")
    def _compute_display_name(self):
        for request in self:
            request.display_name = f"{request.name} · {request.title or ''}".rstrip(" ·")

    # --- turns -------------------------------------------------------------------------------------------------------

    @api.depends("state", "signer_ids.state", "signer_ids.name", "signer_ids.role")
    def _compute_waiting_for(self):
        for request in self:
            words = [f"{signer.name} ({signer.role})" for signer in request._waited_for()]
            request.waiting_for = ", ".join(words)

    @api.depends("signer_ids.state", "signer_ids.kind")
    def _compute_progress(self):
        for request in self:
            signing = request.signer_ids._acting()
            signed = signing.filtered(lambda signer: signer.state == "signed")
            request.progress = f"{len(signed)} / {len(signing)}"

    @api.depends("state", "signer_ids.state", "signer_ids.kind", "signer_ids.invited_at")
    def _compute_turn_since(self):
        for request in self:
            since = request._waited_for().filtered("invited_at").mapped("invited_at")
            request.turn_since = min(since, default=False)

    @api.depends("turn_since")
    def _compute_waiting_days(self):
        now = fields.Datetime.now()
        for request in self:
            request.waiting_days = (now - request.turn_since).days if request.turn_since else 0

    def _waited_for(self):
        """Return the signers whose turn it is."""
        self.ensure_one()
        waited = self.signer_ids.filtered(
            lambda signer: signer.kind == "signer" and signer.state in IN_TURN
        )
        return waited if self.state == "sent" else waited.browse()

    # --- the card ----------------------------------------------------------------------------------------------------

    @api.depends("signer_ids.state", "signer_ids.is_locked", "message_out_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_signer_steps(self):
        """Tell of each signer as ``{"id", "name", "role", "mark", "phone", "tel", "delivery", "is_lost"}``."""
        signers = self.signer_ids._acting()
        latest = self._latest_messages(signers)
        readable = signers.partner_id._filtered_access("read")
        for request in self:
            own = (request.signer_ids & signers).sorted(lambda each: (each.sequence, each.id))
            waited = request._waited_for()
            request.signer_steps = [
                request._signer_step(
                    signer, signer in waited, latest.get(signer.id), signer.partner_id & readable
                )
                for signer in own
            ]

    def _signer_step(self, signer, is_turn, message, partner):
        """Return what the card says of one signer; ``message`` and phone only of whose turn it is."""
        step = {
            "id": signer.id,
            "name": signer.name,
            "role": signer.role,
            "mark": _mark(signer, is_turn),
        }
        if not is_turn:
            return step
        phone = signer.phone or partner.phone or ""
        return step | {
            "phone": phone,
            "tel": re.sub(r"[^\d+]", "", phone),
            "delivery": message._told() if message else "",
            "is_lost": bool(message) and message.state in NOT_DELIVERED,
        }

    @api.depends("message_out_ids.state", "signer_ids.state")
    @api.depends_context("lang")
    def _compute_delivery(self):
        """Take the latest message to whose turn it is, else to any signer; what did not arrive comes first."""
        latest = self._latest_messages(self.signer_ids)
        for request in self:
            of_turn = [latest[each.id] for each in request._waited_for() if each.id in latest]
            everybody = request.signer_ids._not_delegated()
            known = of_turn or [latest[each.id] for each in everybody if each.id in latest]
            told = max(known, key=lambda each: (each.state in NOT_DELIVERED, each.id), default=None)
            request.delivery_state = told.state if told else False
            request.delivery = told._told() if told else False

    def _latest_messages(self, signers):
        """Return signer's id → the latest message to that signer; codes and the like are not told of."""
        domain = [("signer_id", "in", signers.ids), ("user_id", "=", False), ("purpose", "not in", BESIDE_DELIVERY)]  # fmt: skip
        grouped = self.env["esign.message"]._read_group(domain, ["signer_id"], ["id:max"])
        messages = self.env["esign.message"].browse(newest for _signer, newest in grouped)
        return {message.signer_id.id: message for message in messages}

    def _search_delivery_state(self, operator, value):
        """Find requests by what became of a signer's latest message; only for what did not arrive.

        Who handed over to somebody else is left out, as in :meth:`_compute_delivery`.
        """
        wanted = tuple(state for state in value or () if state in NOT_DELIVERED)
        if operator != "in" or len(wanted) != len(value):
            return NotImplemented
        self.env["esign.message"].flush_model()
        self.env["esign.signer"].flush_model(["state"])
        lost = SQL(
            """(
                SELECT lost.request_id FROM esign_message lost
                WHERE lost.state IN %s AND lost.state IN ('failed', 'bounced')
                AND lost.user_id IS NULL AND lost.purpose NOT IN %s
                AND NOT EXISTS (
                    SELECT FROM esign_signer former
                    WHERE former.id = lost.signer_id AND former.state = 'delegated'
                )
                AND NOT EXISTS (
                    SELECT FROM esign_message later
                    WHERE later.signer_id = lost.signer_id AND later.id > lost.id
                    AND later.user_id IS NULL AND later.purpose NOT IN %s
                )
            )""",
            wanted,
            BESIDE_DELIVERY,
            BESIDE_DELIVERY,
        )
        return [("id", "in", lost)]

    @api.depends("lead_id")
    @api.depends_context("uid")
    def _compute_deal_amount(self):
        """Show the amount to those only who may read the deal."""
        readable = self.lead_id._filtered_access("read")
        for request in self:
            lead = request.lead_id & readable
            request.deal_amount = lead.expected_revenue
            request.deal_currency_id = lead.company_currency


def _mark(signer, is_turn):
    """Return the sign that stands before a signer: signed, declined, locked, turn, next or over."""
    if signer.state in ("signed", "declined"):
        return signer.state
    if is_turn:
        return "locked" if signer.is_locked else "turn"
    return "next" if signer.state == "waiting" else "over"
