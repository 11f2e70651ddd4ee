"""Sending, turns, and every way a request ends but sealing."""

import base64
import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import turn_order
from ..tools.errors import EsignError
from ..tools.pdf import overlay
from .esign_errors import as_user_error
from .esign_signer import IN_TURN
from .transactions import patient


class EsignRequest(models.Model):
    """The flow: our side first, then the client, each by link."""

    _inherit = "esign.request"

    # --- actions of people -----------------------------------------------------------------------------------------

    def action_send(self):
        """Freeze the document and invite whoever is first. Called by the sender, from the screen or over RPC.

        Where somebody has to approve first, it asks for that: the request stays a draft whose ``approval_id`` is *asked*.

        :raises UserError: not a draft, or something is missing; nothing was sent then
        """
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            request._check_ready()
            if request._is_held():
                continue
            request._freeze_sudo()
            request._move(
                "sent", sent_at=fields.Datetime.now(), verification_code=_new_verification_code()
            )
            seconds = request._hold_for_undo()  # before the event, whose rules wait as long
            self.env["esign.event"]._append(request, "sent", request._sent_details())
            request._advance(hold_seconds=seconds)
        return True

    def action_cancel(self, reason=None):
        """End the request: nobody can sign any more, and those who were invited are told.

        :param str reason: why; shown on the request
        """
        words = self._checked_text(self.env._("Reason"), self.env._("the text"), reason)
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            told = request._who_heard_of_it()
            request._close("cancelled", cancel_reason=words or False)
            self.env["esign.event"]._append(
                request, "cancelled", {"by": self.env.user.name, "reason": words}
            )
            for signer in told:
                self.env["esign.message"]._queue(request, "cancelled_notice", signer=signer)
        return True

    def _who_heard_of_it(self):
        """Return the signers who were invited; nobody, while the first messages can still be held back."""
        if self.undo_seconds and self._is_all_held():
            return self.signer_ids.browse()
        return self.signer_ids._acting().filtered("invited_at")

    # --- sending ---------------------------------------------------------------------------------------------------

    def _is_held(self):
        """Extension point: tell whether this draft, which is ready, has to wait; it stays a draft then.

        Called with its row locked, as whoever sends.
        """
        self.ensure_one()
        return False

    def _lock_or_refuse(self, strength="NO KEY UPDATE"):
        """Lock the request's row for this transaction; wait a moment for whoever is at it.

        When he has changed the row meanwhile, Odoo repeats the whole call on what is there now.

        :param str strength: PostgreSQL's name of the lock; that of an update lets messages and events, which only refer
            to the request, be in nobody's way
        :raises UserError: somebody is at it for longer
        """
        self.ensure_one()
        with patient(
            self.env.cr,
            self.env._("%(number)s is being changed at this moment: try again.", number=self.name),
        ) as cr:
            cr.execute(
                SQL("SELECT id FROM esign_request WHERE id = %s FOR %s", self.id, SQL(strength)),
                log_exceptions=False,  # told in words, or repeated by Odoo
            )

    def _touch_drafts(self, refusal):
        """Let what hangs on these drafts change, in a way that a sending meanwhile cannot overlook.

        The rows are written, not only locked: whoever sends or approves beside this transaction and cannot see what it
        changes is refused by PostgreSQL, and so is this one where the request was sent since it began. Odoo repeats
        either on what is there then.

        :param str refusal: what to say of a request that was sent
        :raises UserError: that
        """
        if any(request.state != "draft" for request in self):
            raise UserError(refusal)
        if self.ids:
            # takes the lock of FOR NO KEY UPDATE: what only refers to the request is in nobody's way
            self.env.cr.execute(
                "UPDATE esign_request SET write_date = write_date WHERE id IN %s",
                [tuple(self.ids)],
                log_exceptions=False,  # repeated by Odoo
            )

    def _lock_row(self):
        """Wait for the request's row; to be used in READ COMMITTED transactions of their own only."""
        self.ensure_one()
        self.env.cr.execute("SELECT id FROM esign_request WHERE id = %s FOR UPDATE", (self.id,))
        self.env.invalidate_all()
        return self

    def _freeze_sudo(self):
        """Store the document as everybody will sign it: with its number at the foot of each page that has room."""
        uploaded_sudo = self.sudo().uploaded_document_id
        content = uploaded_sudo._bytes()
        if self.company_id.sudo().esign_strip:
            try:
                free = overlay.free_margins_in_jail(content)
                content = overlay.freeze(
                    content, f"{self.name} · {uploaded_sudo.sha256[:16]}", free
                )
            except EsignError as error:
                raise as_user_error(self.env, error, name=uploaded_sudo.name) from error
        frozen_sudo = uploaded_sudo._store_sudo(
            self, "frozen", f"{self.name}-unsigned.pdf", content, uploaded_sudo._copied_facts()
        )
        self._set_system_sudo(frozen_document_id=frozen_sudo.id)

    def _sent_details(self):
        """Return what the first entry of the audit trail says."""
        return {
            "number": self.name,
            "title": self.title,
            "by": self.env.user.name,
            "company": self.company_id.name,
            "uploaded_sha256": self.uploaded_document_id.sha256,
            "frozen_sha256": self.frozen_document_id.sha256,
            "pages": self.frozen_document_id.page_count,
            "signers": [signer._evidence() for signer in self.signer_ids],
        }

    # --- turns -----------------------------------------------------------------------------------------------------

    def _advance(self, **message):
        """Invite whoever is next; called after sending and after each signature. Sealing starts when all signed.

        :param message: see ``esign.signer._invite``
        """
        self.ensure_one()
        signing = self.signer_ids.filtered(lambda signer: signer.kind == "signer")
        turns = signing._turns()
        if turn_order.is_complete(turns):
            self._move(
                "sealing", sealing_at=fields.Datetime.now(), seal_error=False, seal_attempts=0
            )
            return
        next_ids = turn_order.next_turns(turns, is_client_first_allowed=self.is_client_first)
        for signer in signing.browse(next_ids):
            signer._invite(**message)
        stage = self._stage_for_state("sent")
        if self.stage_id.state == "sent" and self.stage_id != stage:
            self._set_system_sudo(stage_id=stage.id)

    def _close(self, state, **values):
        """End the request in ``state`` without a signature: turns, links and waiting messages stop."""
        self.ensure_one()
        self._move(state, **values)
        open_signers = self.signer_ids.filtered(
            lambda signer: signer.state == "waiting" or signer.state in IN_TURN
        )
        open_signers._move("expired" if state == "expired" else "cancelled")
        self.env["esign.message"]._cancel(self)
        if state != "expired":  # which may be extended, and goes on where it stood
            self.signer_ids._forget_entries_sudo()

    def _tell_of_decline(self, signer):
        """Tell the sender, and those of our side who had signed, that ``signer`` declined."""
        self.env["esign.message"]._queue(self, "declined_notice", signer=signer, user=self.user_id)
        for own in self.signer_ids.filtered(lambda each: each.side == "own" and each.signed_at):
            self.env["esign.message"]._queue(self, "declined_notice", signer=own)


def _new_verification_code():
    """Return 128 random bits as 26 characters that survive being typed (RFC 4648 base32)."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
