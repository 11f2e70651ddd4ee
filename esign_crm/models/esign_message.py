"""One outbound e-mail or text message with its delivery state: the outbox."""

import base64
import json
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS

from . import esign_rule_chain
from .guards import not_from_typed_code, without_defaults

PURPOSES = [
    ("invitation", "Invitation"),
    ("reminder", "Reminder"),
    ("fresh_link", "New link"),
    ("extended_notice", "More time to sign"),
    ("code", "One-time code"),
    ("completed", "Signed document"),
    ("copy_completed", "Copy of the signed document"),
    ("mail_copy", "Copy by mail that the signer asked for"),
    ("declined_notice", "Notice of refusal"),
    ("cancelled_notice", "Notice of cancellation"),
    ("locked_notice", "Notice of a lock"),
    ("deadline_notice", "Notice before the deadline"),
    ("expired_notice", "Notice of the deadline's end"),
    ("seal_failed_notice", "Notice of failed sealing"),
    ("withdrawn_notice", "Notice of withdrawal"),
    ("contact_changed_notice", "Notice to the former address"),
    ("delegated_notice", "Notice of an accepted delegation"),
    ("delegation_refused_notice", "Notice of a refused delegation"),
]
STATES = [
    ("queued", "Waiting to be sent"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("failed", "Not sent"),
    ("bounced", "Came back"),
    ("cancelled", "Cancelled"),
]
MOVES = {
    "queued": {"sending", "failed", "cancelled"},
    "sending": {"queued", "sent", "delivered", "failed", "cancelled"},
    "sent": {"delivered", "failed", "bounced"},
    "failed": {"delivered"},  # a report may come after we gave up on an unknown outcome
}
# Nothing is left to send in these: the words are erased.
OVER = ("sent", "delivered", "failed", "bounced", "cancelled")
# What the audit trail hears about; see `told_state`.
TOLD = ("sent", "failed", "bounced")
# Purposes that carry a link to sign with; they have no sense once nobody waits for the signature.
ASKS_TO_SIGN = ("invitation", "reminder", "fresh_link", "extended_notice")
# Purposes that bring the sealed file; they have no sense once it was withdrawn.
BRINGS_FILE = ("completed", "copy_completed", "mail_copy")
# Purposes that tell nothing of whether the signer is reached: they are looked after elsewhere, and repeated never.
BESIDE_DELIVERY = ("code", "mail_copy", "contact_changed_notice")
PAYLOAD = "message"
DOWNLOAD_DAYS = 14
CRONS = ("esign_crm.esign_message_cron_1", "esign_crm.esign_message_cron_2")


class EsignMessage(models.Model):
    """A row is written in the transaction of its cause and sent after the commit, by numbered crons.

    Rows are written by the outbox only: ``state`` moves through :meth:`_set_state`, and ``write``
    refuses everybody. The payload holds links, so it is encrypted under the master key and erased
    once nothing is left to send.
    """

    _name = "esign.message"
    _inherit = "esign.queue.mixin"
    _description = "Outbound message"
    _order = "id desc"
    _rec_name = "purpose"
    _queue_crons = CRONS

    request_id = fields.Many2one("esign.request", required=True, ondelete="restrict", index=True)
    signer_id = fields.Many2one("esign.signer", ondelete="restrict", index="btree_not_null")
    user_id = fields.Many2one("res.users", string="Colleague", ondelete="set null")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", index=True)
    purpose = fields.Selection(PURPOSES, required=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")], required=True
    )
    address_masked = fields.Char(string="To")
    payload = fields.Binary(attachment=False, groups=NO_ACCESS)
    key = fields.Char(required=True, groups=NO_ACCESS, copy=False)
    state = fields.Selection(STATES, required=True, default="queued")
    told_state = fields.Selection(STATES, string="State known to the audit trail")
    attempts = fields.Integer(default=0)
    next_try_at = fields.Datetime(string="Next try")
    claimed_at = fields.Datetime(string="Last try")
    sent_at = fields.Datetime(string="Sent")
    expires_at = fields.Datetime(string="Given up after")
    provider_reference = fields.Char(string="Provider's reference")
    message_id_header = fields.Char(string="Message-ID", index="btree_not_null")
    error = fields.Char(string="What went wrong")
    rule_run_id = fields.Many2one(
        "esign.rule.run",
        string="Written by a rule",
        ondelete="set null",
        index="btree_not_null",
        help="So that what becomes of the message does not set rules off in circles.",
    )
    is_perhaps_twice = fields.Boolean(
        string="Perhaps sent twice",
        help="An earlier try ended without an answer, so it may have arrived too.",
    )

    _key_unique = models.UniqueIndex("(key)")
    _due_idx = models.Index("(next_try_at, id) WHERE state IN ('queued', 'sending')")
    _untold_idx = models.Index("(id) WHERE told_state IS DISTINCT FROM state")
    _undelivered_idx = models.Index("(request_id) WHERE state IN ('failed', 'bounced')")
    _sms_day_idx = models.Index("(company_id, claimed_at) WHERE channel = 'sms'")

    # --- CRUD -------------------------------------------------------------------------------------

    def write(self, vals):
        """Refuse: only the outbox itself writes, through :meth:`_set_state`."""
        raise AccessError(self.env._("Messages are written by the outbox only."))

    def copy(self, default=None):
        """Refuse: a copy would send the message again."""
        raise UserError(self.env._("A message cannot be duplicated."))

    # --- queueing ---------------------------------------------------------------------------------

    @api.model
    def _queue(  # noqa: PLR0913 - the working contract's keywords
        self,
        request,
        purpose,
        *,
        signer=None,
        user=None,
        link_url=None,
        extra=None,
        hold_seconds=0,
        to=None,
    ):
        """Write a message into the caller's transaction; it is sent after the commit.

        :param signer: the recipient, or with ``user`` the person that the message is about
        :param user: the recipient when it is one of ours; an empty record means nobody is told
        :param str link_url: the recipient's private link
        :param dict extra: plain values for the text, e.g. ``{"error": …}``
        :param int hold_seconds: how long to wait before the first try
        :param tuple to: (channel, address) when it is another one than the signer's own
        :return: the message, or none when there is nobody to tell
        """
        outbox_sudo = self.sudo()
        if user is not None and not user:
            return outbox_sudo.browse()
        recipient = outbox_sudo._recipient(signer, user, to)
        letters = outbox_sudo._letters(request.sudo(), signer, recipient, link_url, extra)
        payload = outbox_sudo._payload(letters, getattr(letters, purpose)(), recipient)
        values = outbox_sudo._base_values(request, purpose, signer, user, recipient)
        now = fields.Datetime.now()
        due = now + timedelta(seconds=hold_seconds)
        days = request.sudo().company_id.esign_link_days or DOWNLOAD_DAYS
        values |= {
            "payload": outbox_sudo._encrypted(payload, values["key"]),
            "expires_at": now + timedelta(days=days),
            "next_try_at": due,
            "told_state": "queued",
        }
        message = without_defaults(outbox_sudo).create(values)
        outbox_sudo._wake(due if hold_seconds else None)
        return message

    def _base_values(self, request, purpose, signer, user, recipient):
        """Return the columns that queued messages and codes have in common."""
        return {
            "request_id": request.id,
            "signer_id": signer.id if signer else False,
            "user_id": user.id if user else False,
            "company_id": request.sudo().company_id.id,
            "purpose": purpose,
            "channel": recipient.channel,
            "address_masked": recipient.masked,
            "key": uuid.uuid4().hex,
            "rule_run_id": esign_rule_chain.cause(self.env.cr),
        }

    @api.model
    def _cancel(self, request, signer=None):
        """Void what still waits in the queue of ``request`` (for ``signer``); what is being sent cannot be called back."""
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT id FROM esign_message
            WHERE request_id = ANY(%s) AND state = 'queued' AND (%s IS NULL OR signer_id = %s)
            FOR UPDATE SKIP LOCKED
            """,
            [request.ids, signer and signer.id, signer and signer.id],
        )
        waiting = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        waiting.invalidate_recordset()
        waiting._set_state("cancelled")

    @api.model
    def _hasten(self, request):
        """Send at once what waits its time in the queue of ``request``; what is being tried is left alone."""
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE esign_message SET next_try_at = %s
            WHERE id IN (
                SELECT id FROM esign_message
                WHERE request_id = ANY(%s) AND state = 'queued' AND attempts = 0
                FOR UPDATE SKIP LOCKED
            )
            """,
            [fields.Datetime.now(), request.ids],
        )
        self.invalidate_model(["next_try_at"])
        self._wake()

    # --- the one door of the state ----------------------------------------------------------------

    def _set_state(self, state, **values):
        """Move to ``state`` and write the ``values`` that belong to the move. The only writer.

        :raises UserError: the move is not one of the state machine's
        """
        for message in self:
            if state not in MOVES.get(message.state, ()):
                labels = dict(STATES)
                raise UserError(
                    self.env._(
                        "A message cannot go from “%(old)s” to “%(new)s”.",
                        old=labels[message.state],
                        new=labels[state],
                    )
                )
        if state in OVER:
            values |= {"payload": False, "next_try_at": False}
        for message in self:
            is_told = state not in TOLD or message.purpose == "code"
            told = {"told_state": state} if is_told else {}
            message._write_sudo(values | {"state": state} | told)

    def _write_sudo(self, values):
        """Write past the refusal of :meth:`write`; messages belong to nobody, hence the sudo."""
        return super(EsignMessage, self.sudo()).write(values)

    # --- payload ----------------------------------------------------------------------------------

    @api.model
    def _encrypted(self, payload, key):
        """Return what is to be said as it is stored in the row of this ``key``."""
        plain = json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()
        context = self._context_bytes(key)
        return base64.b64encode(self.env["esign.master.key"]._encrypt(PAYLOAD, plain, context))

    @not_from_typed_code
    def _read_payload_sudo(self):
        """Return what is to be said; no group reads this column, hence the sudo."""
        stored = base64.b64decode(self.sudo().with_context(bin_size=False).payload)
        context = self._context_bytes(self.sudo().key)
        return json.loads(self.env["esign.master.key"]._decrypt(PAYLOAD, stored, context))

    @staticmethod
    def _context_bytes(key):
        """Bind the ciphertext to its row: one row's words make no sense in another."""
        return f"esign.message:{key}".encode()

    def _is_still_wanted(self):
        """Tell whether the message still makes sense."""
        self.ensure_one()
        message = self.sudo()
        if message.purpose in ASKS_TO_SIGN:
            return (
                message.request_id.state == "sent"
                and message.signer_id._is_in_turn()
                and message.address_masked == message.signer_id._masked_address()
            )
        if message.purpose == "delegation_refused_notice":
            return message.request_id.state == "sent" and message.signer_id._is_in_turn()
        if message.purpose in BRINGS_FILE:
            return not message.request_id.withdrawn_at
        return message.purpose != "code"
