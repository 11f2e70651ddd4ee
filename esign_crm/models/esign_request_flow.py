"""Sending, turns, and every way a request ends but sealing."""

import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools import turn_order
from ..tools.errors import EsignError, TextError
from ..tools.gateways.phone import e164
from ..tools.pdf import fonts, overlay
from .esign_errors import as_user_error
from .esign_marks import check_box
from .esign_signer import IN_TURN


class EsignRequest(models.Model):
    """The flow: our side first, then the client, each by link."""

    _inherit = "esign.request"

    # --- actions of people -----------------------------------------------------------------------------------------

    def action_send(self):
        """Freeze the document and invite whoever is first. Called by the sender, from the screen or over RPC.

        :raises UserError: not a draft, or something is missing; nothing was sent then
        """
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            request._check_ready()
            request._freeze_sudo()
            request._move("sent", sent_at=fields.Datetime.now(), verification_code=_new_verification_code())
            self.env["esign.event"]._append(request, "sent", request._sent_details())
            request._advance()
        return True

    def action_remind(self):
        """Send a new link to each person whose turn it is."""
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            signers = request.signer_ids.filtered(lambda signer: signer._is_in_turn())
            if request.state != "sent" or not signers:
                raise UserError(self.env._("%(number)s waits for nobody's signature.", number=request.name))
            for signer in signers:
                signer._send_link("reminder", "reminder")
        return True

    def action_cancel(self, reason=None):
        """End the request: all links stop working and those who were invited are told.

        :param str reason: why; shown on the request
        """
        for request in self:
            request.check_access("write")
            request._lock_or_refuse()
            told = request.signer_ids.filtered(lambda signer: signer.invited_at and signer.kind == "signer")
            request._close("cancelled", cancel_reason=(reason or "").strip() or False)
            self.env["esign.event"]._append(request, "cancelled", {"by": self.env.user.name, "reason": reason or ""})
            for signer in told:
                self.env["esign.message"]._queue(request, "cancelled_notice", signer=signer)
        return True

    def action_retry_seal(self):
        """Try again, now, to seal what failed to be sealed."""
        for request in self:
            request.check_access("write")
            if request.state != "sealing":
                raise UserError(self.env._("%(number)s does not wait for its seal.", number=request.name))
            request._set_system_sudo(seal_error=False, seal_attempts=0)
        self.env.ref("esign_crm.esign_request_cron_seal").sudo()._trigger()
        return True

    # --- sending ---------------------------------------------------------------------------------------------------

    def _lock_or_refuse(self):
        """Lock the request's row for this transaction, or say that somebody else is at it."""
        self.ensure_one()
        if not self.try_lock_for_update():
            raise UserError(self.env._("%(number)s is being changed at this moment: try again.", number=self.name))

    def _lock_row(self):
        """Wait for the request's row; to be used in READ COMMITTED transactions of their own only."""
        self.ensure_one()
        self.env.cr.execute("SELECT id FROM esign_request WHERE id = %s FOR UPDATE", (self.id,))
        self.env.invalidate_all()
        return self

    def _check_ready(self):
        """Refuse, before anything is sent, what could not be signed or must not be."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("%(number)s was sent before.", number=self.name))
        if not self.uploaded_document_id:
            raise UserError(self.env._("%(number)s has no document to sign.", number=self.name))
        signing = self.signer_ids.filtered(lambda signer: signer.kind == "signer")
        if not signing.filtered(lambda signer: signer.side == "own"):
            raise UserError(self.env._("%(number)s has no signer of our side, who signs first.", number=self.name))
        if not signing.filtered(lambda signer: signer.side == "client"):
            raise UserError(self.env._("%(number)s has no signer of the client's side.", number=self.name))
        self._check_order(signing)
        for signer in self.signer_ids:
            signer._check_reachable()
        self._check_each_has_signature(signing)
        self._check_client_is_not_us()
        self._check_printable()
        self.company_id._esign_public_url()

    def _check_order(self, signing):
        early = turn_order.clients_before_own(signing._turns())
        if early:
            names = ", ".join(signing.browse(early).mapped("name"))
            raise UserError(self.env._("%(names)s would sign before our side: our side always signs first.", names=names))

    def _check_each_has_signature(self, signing):
        with_box = self.field_ids.filtered(lambda field: field.type == "signature").signer_id
        for signer in signing - with_box:
            raise UserError(self.env._("There is no signature box for “%(role)s”.", role=signer.role))

    def _check_printable(self):
        """Refuse what could not be printed in the end: letters that no font has, boxes that are too small."""
        names = ("name", "role", "position", "company_name", "authority", "address_by")
        texts = [self.title, self.company_id.name, *(signer[name] for signer in self.signer_ids for name in names)]
        try:
            for text in filter(None, texts):
                fonts.split_runs(text)
            for field in self.sudo().field_ids:
                check_box(field)
        except TextError as error:
            raise as_user_error(self.env, error, name=self.title) from error

    def _check_client_is_not_us(self):
        """Refuse addresses on the client's side behind which one of us sits: a rep could sign as the client."""
        clients = self.signer_ids.filtered(lambda signer: signer.side == "client")
        for signer in clients:
            if email_normalize(signer.email or "") in self._own_emails_sudo() or signer.phone in self._own_phones_sudo():
                raise UserError(self.env._(
                    "%(name)s: this e-mail address or phone number belongs to our own side. The client must be reached "
                    "at an address of their own.",
                    name=signer.name,
                ))  # fmt: skip

    def _own_people_sudo(self):
        """Return the contacts of our users, employees and company; nobody's rights may hide one, hence the sudo."""
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False).search([("share", "=", False)])
        people_sudo = users_sudo.partner_id | self.env["res.company"].sudo().search([]).partner_id
        return people_sudo

    def _own_emails_sudo(self):
        own_signers = self.signer_ids.filtered(lambda signer: signer.side == "own")
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False).search([("share", "=", False)])
        emails = [
            *self._own_people_sudo().mapped("email"), *own_signers.mapped("email"), *users_sudo.mapped("login"),
            *self._employee_values_sudo("work_email", "private_email"),
        ]  # fmt: skip
        return {normal for normal in map(email_normalize, filter(None, emails)) if normal}

    def _own_phones_sudo(self):
        own_signers = self.signer_ids.filtered(lambda signer: signer.side == "own")
        phones = [
            *self._own_people_sudo().mapped("phone"), *own_signers.mapped("phone"),
            *self._employee_values_sudo("work_phone", "mobile_phone", "private_phone"),
        ]  # fmt: skip
        home = self.company_id.country_id.code or ""
        return {e164(phone, home) for phone in filter(None, phones)} - {""}

    def _employee_values_sudo(self, *names):
        """Return what employees' ``names`` fields hold, where the HR application is installed."""
        if "hr.employee" not in self.env:
            return []
        employees_sudo = self.env["hr.employee"].sudo().with_context(active_test=False).search([])
        return [value for name in names if name in employees_sudo._fields for value in employees_sudo.mapped(name)]

    def _freeze_sudo(self):
        """Store the document as everybody will sign it: with its number at the foot of each page that has room."""
        uploaded_sudo = self.sudo().uploaded_document_id
        content = uploaded_sudo._bytes()
        if self.company_id.sudo().esign_strip:
            try:
                free = overlay.free_margins_in_jail(content)
                content = overlay.freeze(content, f"{self.name} · {uploaded_sudo.sha256[:16]}", free)
            except EsignError as error:
                raise as_user_error(self.env, error, name=uploaded_sudo.name) from error
        frozen_sudo = uploaded_sudo._store_sudo(
            self, "frozen", f"{self.name}-unsigned.pdf", content, uploaded_sudo._copied_facts()
        )
        self._set_system_sudo(frozen_document_id=frozen_sudo.id)
        frozen_sudo._page_image(1)

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

    def _advance(self):
        """Invite whoever is next; called after sending and after each signature. Sealing starts when all signed."""
        self.ensure_one()
        signing = self.signer_ids.filtered(lambda signer: signer.kind == "signer")
        turns = signing._turns()
        if turn_order.is_complete(turns):
            self._move("sealing", sealing_at=fields.Datetime.now(), seal_error=False, seal_attempts=0)
            return
        for signer in signing.browse(turn_order.next_turns(turns)):
            signer._invite()
        stage = self._stage_for_state("sent")
        if self.stage_id.state == "sent" and self.stage_id != stage:
            self._set_system_sudo(stage_id=stage.id)

    def _close(self, state, **values):
        """End the request in ``state`` without a signature: turns, links and waiting messages stop."""
        self.ensure_one()
        self._move(state, **values)
        open_signers = self.signer_ids.filtered(lambda signer: signer.state == "waiting" or signer.state in IN_TURN)
        open_signers._move("expired" if state == "expired" else "cancelled")
        self.env["esign.message"]._cancel(self)

    def _tell_of_decline(self, signer):
        """Tell the sender, and those of our side who had signed, that ``signer`` declined."""
        self.env["esign.message"]._queue(self, "declined_notice", signer=signer, user=self.user_id)
        for own in self.signer_ids.filtered(lambda each: each.side == "own" and each.signed_at):
            self.env["esign.message"]._queue(self, "declined_notice", signer=own)

    @api.model
    def _cron_expire(self):
        """End the requests whose deadline has passed; run by a cron."""
        late = self.search([("state", "=", "sent"), ("deadline_at", "<=", fields.Datetime.now())], limit=200)
        for request in late.try_lock_for_update():
            request._close("expired")
            self.env["esign.event"]._append(request, "expired", {"deadline": str(request.deadline_at)})


def _new_verification_code():
    """Return 128 random bits as 26 characters that survive being typed (RFC 4648 base32)."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
