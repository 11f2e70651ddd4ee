"""One-time codes of a signer and the confirmation that they buy."""

import hashlib
import secrets

from odoo import fields, models
from odoo.exceptions import AccessError

from ..tools import content_hash, otp_policy
from .transactions import run_alone


class EsignSigner(models.Model):
    """Codes: no network inside a transaction, no count that a rollback could lose."""

    _inherit = "esign.signer"

    # --- what a code is bound to -----------------------------------------------------------------------------------

    def _content_hash(self):
        """Return the SHA-256 of all that this signer is about to sign (design section 6)."""
        self.ensure_one()
        fixed = self._fixed_values_sudo()
        frozen_sha256 = self.sudo().request_id.frozen_document_id.sha256
        return content_hash.content_hash(
            frozen_sha256, fixed, self._consent_version(), self._page_lang()
        )

    def _fixed_values_sudo(self):
        """Return {field id: value} fixed by sender, system and earlier signers; not readable by groups: sudo.

        Who signs side by side does not void the other's code.
        """
        boxes = self.sudo().request_id.field_ids
        signed = boxes.filtered(
            lambda field: (
                field.signer_id.state == "signed" and field.signer_id.sequence < self.sequence
            )
        )
        at_sending = boxes.filtered(lambda field: field._is_fixed_at_sending())
        signatures = {
            f"signature:{signer.id}": hashlib.sha256(signer.signature or b"").hexdigest()
            for signer in signed.signer_id
        }
        fixed = {str(field.id): field.value or "" for field in signed | at_sending}
        return fixed | signatures

    # --- asking for a code -----------------------------------------------------------------------------------------

    def _request_code(self, ip, is_to_decline=False):
        """Send this signer a new code by the channel of the link; return the answer of ``POST …/code``.

        The counters are committed before the gateway is called, and its outcome after; nothing of it happens in the
        transaction of the request. Nothing accepted by the gateway → the code is void (fail closed).

        :param str ip: the asking address
        :param bool is_to_decline: whoever may not sign any more can still decline
        """
        self.ensure_one()
        signer_id = self.id
        refusal = None if is_to_decline else self._why_not_entitled()
        if refusal:
            run_alone(
                self.env, lambda env: env["esign.signer"].browse(signer_id)._note_authority_ended()
            )
            return refusal
        binding = self._content_hash()
        reserved = run_alone(
            self.env, lambda env: env["esign.otp"]._reserve(signer_id, ip, binding)
        )
        if reserved.get("error"):
            return self._refused_code(reserved)
        is_sent, reference, words = self.env["esign.message"]._send_code(self, reserved.pop("code"))
        otp_id = reserved["otp_id"]
        details = {
            "channel": self.channel,
            "to": self._masked_address(),
            "ip": ip,
            "reference": reference or "",
        }
        run_alone(
            self.env,
            lambda env: (
                env["esign.signer"].browse(signer_id)._record_code(otp_id, is_sent, details, words)
            ),
        )
        if not is_sent:
            return {"error": "code_undeliverable"}
        return {
            "masked": self._masked_address(),
            "expires_in": otp_policy.CODE_SECONDS,
            "retry_after": otp_policy.RESEND_SECONDS,
        }

    def _record_code(self, otp_id, is_sent, details, words):
        """Record the gateway's answer: the code lives from now, or is void."""
        self.env["esign.otp"]._settle(otp_id, is_sent)
        request = self.sudo().request_id._lock_row()
        if is_sent:
            self.env["esign.event"]._append(request, "code_sent", self._who() | details)
            still_stands = not self.env["esign.otp"].sudo().browse(otp_id).voided_at
            # who asks for a code has been shown the page
            if still_stands and self.state == "invited":
                self._move("opened", opened_at=fields.Datetime.now())
        else:
            self.env["esign.event"]._append(
                request, "code_failed", self._who() | details | {"words": words or ""}
            )

    def _refused_code(self, reserved):
        """Return why no code was sent; a tenth code of the day locks the signer until a manager looks."""
        if reserved["error"] == "locked" and not self.is_locked:
            signer_id = self.id
            run_alone(self.env, lambda env: env["esign.signer"].browse(signer_id)._lock())
        return {
            key: reserved[key] for key in ("error", "retry_after") if reserved.get(key) is not None
        }

    def _lock(self):
        """Take no more codes from this signer; the rep is told, a manager unlocks."""
        request = self.sudo().request_id
        if not request._lock_row() or self.is_locked:
            return
        self._set_system_sudo(is_locked=True)
        self.env["esign.event"]._append(request, "code_locked", self._who())
        self.env["esign.message"]._queue(
            request, "locked_notice", signer=self, user=request.user_id
        )

    def action_unlock(self):
        """Let a locked signer ask for codes again. For managers.

        :raises AccessError: the caller is no manager
        """
        for signer in self:
            signer.check_access("read")
            if not self.env.user.has_group("esign_crm.group_manager"):
                raise AccessError(self.env._("Only managers unlock a signer."))
            signer.request_id._lock_or_refuse()
            signer._set_system_sudo(is_locked=False)
            self.env["esign.otp"]._forget_counts_sudo(signer.id)
            self.env["esign.event"]._append(
                signer.request_id, "unlocked", signer._who() | {"by": self.env.user.name}
            )
        return True

    # --- checking it -----------------------------------------------------------------------------------------------

    def _confirm_code(self, code, ip):
        """Check ``code``; return ({"confirmed": True}, cookie) or (refusal, None).

        With what was entered before as ``draft``, where something was: on another device, before a confirmation ended.
        The try is counted and committed before the code is compared.
        """
        self.ensure_one()
        signer_id = self.id
        tried = run_alone(self.env, lambda env: env["esign.otp"]._count_try(signer_id))
        binding = self._content_hash()
        cookie = secrets.token_urlsafe(32)
        answer = run_alone(
            self.env, lambda env: env["esign.otp"]._judge(tried, str(code or ""), binding, cookie)
        )
        confirmed = bool(answer.get("confirmed"))
        kind = "code_confirmed" if confirmed else "code_wrong"
        if confirmed or answer["error"] == "code_wrong":
            run_alone(
                self.env, lambda env: env["esign.signer"].browse(signer_id)._record_try(kind, ip)
            )
        draft = self._entered_so_far_sudo() if confirmed else {}
        return answer | ({"draft": draft} if draft else {}), cookie if confirmed else None

    def _record_try(self, kind, ip):
        """Put the outcome of a try into the audit trail, and the signer into its state."""
        request = self.sudo().request_id
        request._lock_row()
        self.env["esign.event"]._append(
            request, kind, self._who() | {"ip": ip, "channel": self.channel}
        )
        if kind != "code_confirmed":
            return
        now = fields.Datetime.now()
        # a change of address may have voided it a moment ago
        still_stands = self.env["esign.otp"]._is_confirmation_live_sudo(self.id)
        if still_stands and self.state in ("invited", "opened"):
            self._move("confirmed", opened_at=self.opened_at or now, address_confirmed_at=now)

    def _confirmation_sudo(self, cookie):
        """Return the live confirmed code that ``cookie`` stands for, or none; codes are nobody's, hence the sudo."""
        self.ensure_one()
        return self.env["esign.otp"]._find_confirmed_sudo(self.id, cookie)
