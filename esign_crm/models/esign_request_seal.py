"""Sealing: from the last signature to the finished file and the messages about it."""

import logging
import os
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.errors import EsignError, SealError
from ..tools.sealing import report
from ..tools.sealing.seal import seal
from ..tools.sealing.verify import SealRecord, verify
from .esign_errors import error_words
from .esign_marks import stored_mark
from .transactions import run_alone

_logger = logging.getLogger(__name__)

LEFT_BEHIND = timedelta(seconds=60)
DOWNLOAD_DAYS = 14
RETRY_MINUTES = (1, 5, 15, 60)


class EsignRequest(models.Model):
    """Sealing happens in a transaction of its own, at once after the last signature or by the cron."""

    _inherit = "esign.request"

    def action_retry_seal(self):
        """Try again, now, to seal what failed to be sealed."""
        for request in self:
            request.check_access("write")
            if request.state != "sealing":
                raise UserError(
                    self.env._("%(number)s does not wait for its seal.", number=request.name)
                )
            due_at = fields.Datetime.now() - LEFT_BEHIND
            request._set_system_sudo(seal_error=False, seal_attempts=0, sealing_at=due_at)
        self.env.ref("esign_crm.esign_request_cron_seal").sudo()._trigger()
        return True

    # --- when ------------------------------------------------------------------------------------------------------

    def _seal_now(self):
        """Seal, unless somebody is at it for longer, in a transaction of its own; return whether the request is sealed.

        The caller has committed the last signature. A failure is recorded on the request and never raised.
        """
        self.ensure_one()
        request_id = self.id
        try:
            return self._seal_alone(request_id)
        except (EsignError, UserError) as error:
            _logger.warning("request %s could not be sealed: %s", request_id, error)
            env = self._sender_env()
            words = error_words(env, error) if isinstance(error, EsignError) else str(error)
            run_alone(
                self.env,
                lambda env: env["esign.request"].browse(request_id)._record_seal_failure(words),
            )
        except Exception:
            _logger.exception("request %s could not be sealed", request_id)
            words = self._sender_env()._("An unexpected error; the server's log has the details.")
            run_alone(
                self.env,
                lambda env: env["esign.request"].browse(request_id)._record_seal_failure(words),
            )
        return False

    def _sender_env(self):
        """Return an environment that speaks the sender's language: the last signer's is on its way here."""
        return self.with_context(lang=self.sudo().user_id.lang).env

    def _seal_alone(self, request_id):
        def work(env):
            request = env["esign.request"].sudo().browse(request_id)
            try:
                request._lock_or_refuse("UPDATE")  # who waited for the last signature comes first
            except UserError as error:
                _logger.info("the job will seal request %s: %s", request_id, error)
                return False
            request.invalidate_recordset()
            if request.state == "sealing":
                request._seal()
            return request.state == "done"

        return run_alone(self.env, work)

    def _record_seal_failure(self, words):
        """Show why it is not sealed and count the try; at the first, tell the sender and ask him to look."""
        self._lock_row()
        if self.state != "sealing":
            return
        attempts = self.seal_attempts + 1
        self._set_system_sudo(
            seal_error=words, seal_attempts=attempts, sealing_at=fields.Datetime.now()
        )
        self.env["esign.event"]._append(self, "seal_failed", {"words": words, "attempt": attempts})
        if attempts == 1:
            self._ask_to_look()
            self.env["esign.message"]._queue(
                self, "seal_failed_notice", user=self._responsible_sudo()
            )

    def _ask_to_look(self):
        """Put an activity on the request for its sender: sealing does not go on by itself for ever unseen."""
        number = self.name
        self._ask_sender(lambda env: env._("%(number)s could not be sealed yet", number=number))

    @api.model
    def _cron_seal(self):
        """Take up what was left unsealed for over a minute: a killed worker, a failed try whose pause is over."""
        now = fields.Datetime.now()
        due = Domain("state", "=", "sealing") & self._due_to_seal(now)
        for request in self.sudo().search(due, limit=100, order="sealing_at, id"):
            request._seal_now()

    @api.model
    def _due_to_seal(self, now):
        """Return the domain of those whose pause, which grows with each failed try, is over."""
        pauses = [LEFT_BEHIND, *(timedelta(minutes=minutes) for minutes in RETRY_MINUTES)]
        last = len(pauses) - 1
        return Domain.OR(
            Domain("seal_attempts", ">=" if failed == last else "=", failed)
            & Domain("sealing_at", "<=", now - pause)
            for failed, pause in enumerate(pauses)
        )

    # --- how -------------------------------------------------------------------------------------------------------

    def _seal(self):
        """Make the finished file, check it, store it, and queue the messages; all in the caller's transaction.

        :raises SealError: the file could not be made or does not pass our own verification
        """
        self.ensure_one()
        now = fields.Datetime.now()
        download_until = now + timedelta(days=DOWNLOAD_DAYS)
        frozen = self.frozen_document_id._bytes()
        key_sudo = self.env["esign.sealing.key"].sudo()._get_for(self.company_id)
        self._set_system_sudo(completed_at=now, download_until=download_until)
        pages = self._draw_certificate_pages(key_sudo)
        sealed = seal(
            frozen,
            self._marks_sudo(),
            pages,
            key_sudo._identity(),
            now=now,
            reason=f"{self.name} {self._verification_url()}",
            location=self.company_id.city or "",
            random_bytes=os.urandom,
        )
        self._self_check(sealed, key_sudo)
        document_sudo = self.env["esign.document"]._store_sudo(
            self, "sealed", f"{self.name}.pdf", sealed.content
        )
        self._finish(document_sudo, key_sudo)

    def _self_check(self, sealed, key_sudo):
        """Refuse to send a file that our own verification would not call valid."""
        checked = verify(sealed.content, self._seal_record(sealed.sha256, key_sudo.fingerprint))
        if checked.verdict != "valid":
            _logger.error("self-check of %s: %s", self.name, "; ".join(report.sentences(checked)))
            raise SealError("self_check")

    def _seal_record(self, sha256, fingerprint):
        """Return what the registry knows of this request's sealed file."""
        frozen = self.frozen_document_id
        return SealRecord(
            sha256=sha256,
            frozen_sha256=frozen.sha256,
            frozen_size=frozen.size,
            fingerprint=fingerprint,
            is_withdrawn=bool(self.withdrawn_at),
        )

    def _finish(self, document_sudo, key_sudo):
        """Record the seal, close the request, and tell everybody."""
        details = {
            "sha256": document_sudo.sha256,
            "size": document_sudo.size,
            "key_fingerprint": key_sudo.fingerprint,
            "frozen_sha256": self.frozen_document_id.sha256,
        }
        self._move(
            "done",
            sealed_document_id=document_sudo.id,
            sealed_sha256=document_sudo.sha256,
            completed_at=self.completed_at,
            download_until=self.download_until,
            seal_error=False,
        )
        self.env["esign.event"]._append(self, "sealed", details)
        self._queue_completion()

    def _queue_completion(self):
        """Queue the completion message of each signer, each copy and the sender, each with its own link."""
        messages = self.env["esign.message"]
        for signer in self.signer_ids._not_delegated():
            purpose = "completed" if signer.kind == "signer" else "copy_completed"
            messages._queue(self, purpose, signer=signer, link_url=signer._mint_link("download"))
        if self.user_id:
            messages._queue(self, "completed", user=self.user_id)
        until = fields.Datetime.to_string(self.download_until)
        self.env["esign.event"]._append(self, "completed", {"download_until": until})

    def _sealed_key_fingerprint_sudo(self):
        """Return the fingerprint that this file's sealing event recorded; public verification has no rights."""
        event_sudo = (
            self.env["esign.event"]
            .sudo()
            .search(
                [("request_id", "=", self.id), ("kind", "=", "sealed")],
                limit=1,
                order="sequence desc",
            )
        )
        return event_sudo._details().get("key_fingerprint", "")

    def _sealed_bytes(self):
        """Return the sealed PDF, hashed again.

        :raises UserError: not sealed yet, or the stored file was altered
        """
        self.ensure_one()
        if not self.sealed_document_id:
            raise UserError(self.env._("%(number)s is not sealed yet.", number=self.name))
        return self.sudo().sealed_document_id._bytes()

    def _verification_url(self):
        """Return the address that the QR code holds."""
        return f"{self.company_id._esign_public_url()}/esign/verify/{self.verification_code}"

    # --- marks -----------------------------------------------------------------------------------------------------

    def _marks_sudo(self):
        """Return all marks to draw; values and signatures are readable by nobody, hence the sudo."""
        marks = [stored_mark(field) for field in self.sudo().field_ids]
        return [mark for mark in marks if mark]

    def _timezone(self):
        """Return the time zone that the document's times are written in: the company's, else UTC."""
        return self.company_id.partner_id.tz or "UTC"
