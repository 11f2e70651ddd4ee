"""One-time codes, their counters, and the confirmations that they became."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..tools import otp_policy
from . import advisory_lock
from .advisory_lock import Space
from .guards import not_from_typed_code

COUNTED_FOR = timedelta(days=1)


class EsignOtp(models.Model):
    """One code.

    Written only in short transactions of its own, under an advisory lock, so that nothing rolls a counter back and no
    parallel tries pass a cap. No foreign keys: they would lock the rows of the request.

    No group has any right on it. The code itself is kept as HMAC under the master key.
    """

    _name = "esign.otp"
    _description = "One-time code"
    _log_access = False
    _order = "id desc"

    signer_ref = fields.Integer(
        string="Signer", required=True, help="Id of the esign.signer, without a foreign key."
    )
    ip_bucket = fields.Char(required=True)
    code_mac = fields.Char(required=True)
    content_hash = fields.Char(required=True)
    tries = fields.Integer(default=0)
    is_counted = fields.Boolean(default=True, help="False once a manager has forgiven it.")
    reserved_at = fields.Datetime(required=True)
    sent_at = fields.Datetime(help="Hand-over to the gateway: the code lives from here.")
    voided_at = fields.Datetime()
    used_at = fields.Datetime()
    cookie_hash = fields.Char()
    last_seen_at = fields.Datetime()

    _signer_idx = models.Index("(signer_ref, id)")
    _ip_idx = models.Index("(ip_bucket, reserved_at)")
    _cookie_idx = models.Index("(cookie_hash) WHERE cookie_hash IS NOT NULL")

    @api.model
    def _lock_codes_of(self, signer_id):
        """Wait until nobody else counts or judges this signer's codes."""
        advisory_lock.wait(self.env.cr, Space.CODES_OF_SIGNER, signer_id)

    @api.model
    def _reserve(self, signer_id, ip, binding):
        """Count a new code and return {"otp_id", "code"}, or a refusal {"error", "retry_after"}.

        :param str binding: content hash that the code will be good for
        """
        bucket = otp_policy.ip_bucket(ip)
        self._lock_codes_of(signer_id)
        advisory_lock.wait(self.env.cr, Space.CODES_OF_ADDRESS, bucket)
        now = fields.Datetime.now()
        otps_sudo = self.sudo()
        recent = [("reserved_at", ">", now - COUNTED_FOR), ("is_counted", "=", True)]
        mine = otps_sudo.search([*recent, ("signer_ref", "=", signer_id)])
        theirs = otps_sudo.search([*recent, ("ip_bucket", "=", bucket)])
        signer_sudo = self.env["esign.signer"].sudo().browse(signer_id)
        decision = otp_policy.may_send(
            now, mine.mapped("reserved_at"), theirs.mapped("reserved_at"), signer_sudo.is_locked
        )
        if not decision.allowed:
            return {"error": decision.code, "retry_after": decision.retry_after}
        self._live_of(signer_id).write({"voided_at": now})
        code = otp_policy.new_code(secrets.randbelow(10**6))
        otp_sudo = otps_sudo.create(
            {
                "signer_ref": signer_id,
                "ip_bucket": bucket,
                "code_mac": self._mac(signer_id, code, binding),
                "content_hash": binding,
                "reserved_at": now,
            }
        )
        return {"otp_id": otp_sudo.id, "code": code}

    @api.model
    def _live_of(self, signer_id):
        return self.sudo().search(
            [
                ("signer_ref", "=", signer_id),
                ("voided_at", "=", False),
                ("used_at", "=", False),
            ]
        )

    @api.model
    def _void_all_sudo(self, signer_id):
        """Void every code and confirmation of a signer whose address changes; codes are nobody's, hence the sudo."""
        self._lock_codes_of(signer_id)
        codes_sudo = self.sudo().search(
            [("signer_ref", "=", signer_id), ("voided_at", "=", False)], limit=None
        )
        codes_sudo.write({"voided_at": fields.Datetime.now()})

    @api.model
    @not_from_typed_code
    def _mac(self, signer_id, code, binding):
        """Return the HMAC that is stored for ``code``: bound to signer, purpose and content."""
        return self.env["esign.master.key"]._mac(
            "code", f"sign|{signer_id}|{binding}|{code}".encode()
        )

    @api.model
    def _settle(self, otp_id, is_sent):
        """Start the code's clock, or void it when no gateway took it."""
        now = fields.Datetime.now()
        self.sudo().browse(otp_id).write({"sent_at": now} if is_sent else {"voided_at": now})

    @api.model
    def _count_try(self, signer_id):
        """Count one try on the signer's latest code and return its id, or None; the caller commits, then compares."""
        self._lock_codes_of(signer_id)
        otp_sudo = self.sudo().search(
            [("signer_ref", "=", signer_id), ("sent_at", "!=", False)], limit=1
        )
        if not otp_sudo:
            return None
        otp_sudo.tries += 1
        return {"otp_id": otp_sudo.id, "tries": otp_sudo.tries}

    @api.model
    def _judge(self, tried, code, binding, cookie):
        """Compare ``code`` with the one that :meth:`_count_try` counted a try on; a right one is used up."""
        if not tried:
            return {"error": "code_void"}
        otp_sudo = self.sudo().browse(tried["otp_id"])
        self._lock_codes_of(otp_sudo.signer_ref)
        expected = self._mac(otp_sudo.signer_ref, code.strip(), otp_sudo.content_hash)
        matches = hmac.compare_digest(expected, otp_sudo.code_mac)
        now = fields.Datetime.now()
        decision = otp_policy.check(
            now,
            otp_sudo.sent_at,
            tried["tries"],
            bool(otp_sudo.voided_at),
            bool(otp_sudo.used_at),
            matches,
        )
        if not decision.allowed:
            return self._refuse_try(otp_sudo, decision)
        if otp_sudo.content_hash != binding:
            otp_sudo.voided_at = now
            return {"error": "code_void"}
        otp_sudo.write({"used_at": now, "last_seen_at": now, "cookie_hash": _cookie_hash(cookie)})
        return {"confirmed": True}

    def _refuse_try(self, otp_sudo, decision):
        """Return the refusal; the last wrong try voids the code."""
        if decision.code != "code_wrong":
            return {"error": decision.code}
        if not decision.tries_left:
            otp_sudo.voided_at = fields.Datetime.now()
        return {"error": "code_wrong", "tries_left": decision.tries_left}

    @api.model
    def _find_confirmed_sudo(self, signer_id, cookie):
        """Return the used code whose confirmation ``cookie`` stands for and that has not idled out."""
        none = self.sudo().browse()
        if not cookie:
            return none
        otp_sudo = self.sudo().search_fetch(
            [
                ("signer_ref", "=", signer_id),
                ("cookie_hash", "=", _cookie_hash(cookie)),
                ("voided_at", "=", False),
            ],
            limit=1,
        )
        is_live = otp_sudo and otp_policy.confirmation_is_live(
            fields.Datetime.now(), otp_sudo.last_seen_at
        )
        return otp_sudo if is_live else none

    @api.model
    def _is_confirmation_live_sudo(self, signer_id):
        """Tell whether any browser of this signer still is confirmed."""
        latest_sudo = self.sudo().search(
            [
                ("signer_ref", "=", signer_id),
                ("used_at", "!=", False),
                ("voided_at", "=", False),
            ],
            limit=1,
            order="last_seen_at desc",
        )
        return otp_policy.confirmation_is_live(
            fields.Datetime.now(), latest_sudo.last_seen_at or None
        )

    @api.model
    def _clocks_sudo(self, signer_id, binding):
        """Return how long the live code is still good and when another may be asked for; for a reloaded page.

        :param str binding: content hash of what the page shows; a code for anything else (another language, say) is
            told as void, which typing it would make it
        """
        now = fields.Datetime.now()
        latest_sudo = self.sudo().search([("signer_ref", "=", signer_id)], limit=1)
        is_live = latest_sudo.sent_at and not latest_sudo.voided_at and not latest_sudo.used_at
        left = otp_policy.expires_in(now, latest_sudo.sent_at) if is_live else 0
        is_void = bool(left) and latest_sudo.content_hash != binding
        waited = (
            (now - latest_sudo.reserved_at).total_seconds()
            if latest_sudo
            else otp_policy.RESEND_SECONDS
        )
        return {
            "retry_after": max(0, round(otp_policy.RESEND_SECONDS - waited)),
            "expires_in": None if is_void else left or None,
            "is_void": is_void,
        }

    @api.model
    def _touch(self, otp_id):
        """Note that the confirmed browser is still at work."""
        self.sudo().browse(otp_id).last_seen_at = fields.Datetime.now()

    @api.model
    def _forget_counts_sudo(self, signer_id):
        """Let a manager's unlocking count: what was sent before no longer does."""
        self.sudo().search([("signer_ref", "=", signer_id)]).write({"is_counted": False})

    @api.autovacuum
    def _gc_codes(self):
        """Drop codes that no cap counts any more and no confirmation rests on."""
        self.sudo().search([("reserved_at", "<", fields.Datetime.now() - 3 * COUNTED_FOR)]).unlink()


def _cookie_hash(cookie):
    return hashlib.sha256(cookie.encode()).hexdigest()
