"""One copy of the signed document by mail for a signer who is reached by phone only."""

from odoo import fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import email_normalize

from ..tools import mail_copy_policy, masking
from .esign_signer_counts import DAY

MAX_ADDRESS = 254


class EsignSigner(models.Model):
    """The address serves for that copy and for nothing else: no link and no code ever goes there."""

    _inherit = "esign.signer"

    copy_email = fields.Char(
        groups=NO_ACCESS,
        copy=False,
        help="Where this signer wants the one copy by mail, while others still have to sign.",
    )
    copies_at = fields.Json(
        groups=NO_ACCESS, copy=False, help="When such an address was typed within the last day."
    )

    # --- the page ----------------------------------------------------------------------------------------------------

    def _mail_copy_values(self, cookie):
        """Return what the page says of a copy by mail, None where there is nothing to say."""
        if not self._is_without_mail():
            return None
        word, masked = self._mail_copy_sudo()
        may_ask = word != "sent" and self._why_no_mail_copy(cookie) is None
        if word == "offered" and not may_ask:
            return None
        return {"state": word, "to": masked, "may_ask": may_ask}

    def _is_without_mail(self):
        """Tell whether this is a signer who has signed and has no e-mail address on file."""
        return (self.kind, self.state) == ("signer", "signed") and not self.email

    def _mail_copy_sudo(self):
        """Return (where the copy stands, masked address); addresses and messages are not the signer's to read: sudo."""
        address = self.sudo().copy_email
        domain = [("signer_id", "=", self.id), ("purpose", "=", "mail_copy")]
        message_sudo = self.env["esign.message"].sudo().search(domain, limit=1)
        word = mail_copy_policy.word(
            has_address=bool(address), message_state=message_sudo.state or None
        )
        return word, masking.mask_email(address) if address else message_sudo.address_masked or None

    def _why_no_mail_copy(self, cookie):
        """Return why no copy can be asked for here and now, or None.

        Whoever holds the link of a finished document may download it, so the link is enough there. Before that only the
        browser that has confirmed the code may say where the copy goes.
        """
        request = self.request_id
        if not self._is_without_mail() or request.withdrawn_at:
            return {"error": "closed"}
        if request.state == "done":
            return None if self._fits_mail_sudo() else {"error": "closed"}
        if request.state not in ("sent", "sealing"):
            return {"error": "closed"}
        return None if self._confirmation_sudo(cookie) else {"error": "not_confirmed"}

    def _fits_mail_sudo(self):
        """Tell whether the sealed file can go out with a mail; settings are not the signer's to read: sudo."""
        company_sudo = self.sudo().request_id.company_id
        server_sudo = self.env["ir.mail_server"].sudo().with_company(company_sudo)
        size = self.sudo().request_id.sealed_document_id.size
        return self.env["esign.message"]._fits_mail(size, server_sudo)

    # --- asking ------------------------------------------------------------------------------------------------------

    def _ask_mail_copy(self, email, evidence):
        """Send one copy to ``email``, now or with the completion; the same answer again where it was sent.

        :param dict evidence: ``cookie``, ``ip``, ``device``
        """
        self.ensure_one()
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        refusal = self._why_no_mail_copy(evidence["cookie"])
        if refusal is not None:
            return refusal
        if self._mail_copy_sudo()[0] != "sent":
            address = self._copy_address(email)
            limit = mail_copy_policy.COPIES_PER_DAY
            seconds = self._count_within_sudo("copies_at", limit, DAY) if address else 0
            if not address or seconds:
                reason = "too_many_copies" if seconds else "no_email"
                refused = {"error": "field_invalid", "field": "email", "reason": reason}
                return refused | ({"retry_after": seconds} if seconds else {})
            self._take_copy_address_sudo(address, evidence)
        word, masked = self._mail_copy_sudo()
        return {"state": word, "to": masked}

    @staticmethod
    def _copy_address(email):
        """Return the normal form of one address, or an empty text."""
        is_text = isinstance(email, str) and len(email) <= MAX_ADDRESS
        return (email_normalize(email) or "") if is_text else ""

    def _take_copy_address_sudo(self, address, evidence):
        """Note who asked for it, and send it or keep the address; signers have no rights of their own, hence the sudo."""
        where = {"ip": evidence["ip"], "device": evidence["device"]}
        told = self._who() | {"to": masking.mask_email(address)} | where
        self.env["esign.event"]._append(self.request_id, "copy_asked", told)
        self._set_system_sudo(copy_email=address)
        if self.request_id.state == "done":
            self._queue_mail_copy_sudo()

    def _queue_mail_copy_sudo(self):
        """Queue the copies that were asked for, and forget the addresses, which nobody may read: sudo."""
        for signer_sudo in self.sudo().filtered("copy_email"):
            to = ("email", signer_sudo.copy_email)
            self.env["esign.message"]._queue(
                signer_sudo.request_id, "mail_copy", signer=signer_sudo, to=to
            )
            signer_sudo._set_system_sudo(copy_email=False)

    def _forget_entries_sudo(self):
        """Forget the address, too, when there will be no copy."""
        result = super()._forget_entries_sudo()
        self._set_system_sudo(copy_email=False)
        return result


class EsignRequest(models.Model):
    """Copies that were asked for before the last signature go out with the completion."""

    _inherit = "esign.request"

    def _queue_completion(self):
        """Queue those copies, too."""
        result = super()._queue_completion()
        self.signer_ids._queue_mail_copy_sudo()
        return result
