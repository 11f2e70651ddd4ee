"""The signature itself: checked, fixed, recorded."""

import base64
import binascii
import hashlib
import json

from odoo import fields, models

from ..tools import content_hash, field_types, signature_input
from ..tools.errors import EsignError, ImageError
from ..tools.pdf import images
from .esign_marks import check_signature
from .esign_signer import IN_TURN
from .guards import not_from_typed_code

SIGNATURE_BOX_POINTS = (260, 100)


class EsignSigner(models.Model):
    """Signing. Each public step returns plain values; a refusal is ``{"error": code, …}`` (design section 15)."""

    _inherit = "esign.signer"

    # --- sign ------------------------------------------------------------------------------------------------------

    def _sign(self, values, signature, consent, evidence):
        """Fix values and signature of this signer; final.

        :param dict values: {field id as str: value}
        :param dict signature: as in design section 15
        :param consent: version of the consent text that was accepted, or True for the present one
        :param dict evidence: ``cookie``, ``ip``, ``device``
        :return: ``{"state": "signed"}`` or a refusal
        """
        self.ensure_one()
        digest = _payload_digest(values, signature, consent, evidence["cookie"])
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        refusal = self._why_not_sign(digest) or self._refused_for_authority()
        if refusal is not None:
            return refusal
        otp_sudo = self._confirmation_sudo(evidence["cookie"])
        refusal = self._why_not_confirmed(otp_sudo, consent)
        refusal = refusal or self._refused_pictures_sudo(values, signature)
        if refusal:
            return refusal
        try:
            clean_values = self._clean_values(values)
            clean_signature = self._clean_signature(signature)
            boxes = self.sudo().field_ids.filtered(
                lambda field: field.type in field_types.FROM_SIGNATURE
            )
            check_signature(boxes, clean_signature)
        except EsignError as error:
            return self._input_refusal(error)
        self._store_signature(clean_values, clean_signature, digest)
        self._record_signature(clean_values, clean_signature, evidence, otp_sudo)
        self.request_id._advance()
        return {"state": "signed"}

    def _why_not_sign(self, digest):
        """Return why this is not the moment, or the same answer again to the same payload, or None."""
        if self.state == "signed":
            is_same = self.sudo().sign_digest == digest
            return {"state": "signed"} if is_same else {"error": "already_signed"}
        request = self.request_id
        is_late = request.deadline_at and request.deadline_at <= fields.Datetime.now()
        if request.state != "sent" or is_late or self.state not in ("waiting", *IN_TURN):
            return {"error": "closed"}
        if self.state == "waiting":
            return {"error": "not_your_turn"}
        if self.is_locked:
            return {"error": "locked"}
        return None

    def _why_not_confirmed(self, otp_sudo, consent):
        """Return the refusal for a missing, stale or outdated confirmation, or for missing consent."""
        if not otp_sudo or self.state != "confirmed":
            return {"error": "not_confirmed"}
        if otp_sudo.content_hash != self._content_hash():
            return {"error": "code_void"}
        if consent is not True and consent != self._consent_version():
            return {"error": "consent_missing"}
        return None

    def _clean_signature(self, signature):
        """Return the signature as stored: a dict whose image, if any, is a PNG in base64."""
        checked = signature_input.check(signature)
        if checked["method"] != "image":
            return checked
        try:
            raw = base64.b64decode(checked["image"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ImageError("unreadable") from error
        png = images.prepare_in_jail(raw, SIGNATURE_BOX_POINTS)
        return checked | {"image": base64.b64encode(png).decode()}

    def _store_signature(self, values, signature, digest):
        """Fix what was given, readable by nobody; the system's dates with it."""
        now = fields.Datetime.now()
        here = self.with_context(tz=self.request_id._timezone())
        for field, value in values.items():
            field._set_value_sudo(value)
        system = {
            "date_signed": fields.Date.to_string(fields.Date.context_today(here, now)),
            "document_number": self.request_id.name,
        }
        for field in self.sudo().field_ids:
            # numbers are fixed at sending, but not those of requests sent by former versions
            if field.type in system and not field.value:
                field._set_value_sudo(system[field.type])
        plain = content_hash.canonical(signature)
        wrapped = self.env["esign.master.key"]._encrypt(
            "signature", plain, self._signature_context()
        )
        self._move(
            "signed",
            signed_at=now,
            signature=base64.b64encode(wrapped),
            sign_digest=digest,
            draft=False,
        )

    def _signature_context(self):
        return f"signer:{self.id}".encode()

    @not_from_typed_code
    def _signature_sudo(self):
        """Return the stored signature as a dict; read only to draw the finished document, hence the sudo."""
        self.ensure_one()
        wrapped = base64.b64decode(self.sudo().signature)
        plain = self.env["esign.master.key"]._decrypt(
            "signature", wrapped, self._signature_context()
        )
        return json.loads(plain)

    def _record_signature(self, values, signature, evidence, otp_sudo):
        """Write consent and signature into the audit trail: digests and masked facts, no content."""
        request = self.request_id
        where = {"ip": evidence["ip"], "device": evidence["device"]}
        self.env["esign.event"]._append(
            request, "consent", self._who() | self._consent_details() | where
        )
        # of a stamp its digest, as it is stored
        plain_values = {str(field.id): field.sudo().value or "" for field in values}
        details = {
            "method": signature["method"],
            "typed_name": signature.get("name", ""),
            "signature_sha256": hashlib.sha256(content_hash.canonical(signature)).hexdigest(),
            "values_sha256": hashlib.sha256(content_hash.canonical(plain_values)).hexdigest(),
            "content_hash": otp_sudo.content_hash,
            "code_confirmed_at": str(otp_sudo.used_at),
            "channel": self.channel,
            "address": self._masked_address(),
        }
        self.env["esign.event"]._append(request, "signed", self._who() | details | where)


def _payload_digest(values, signature, consent, cookie):
    """Return what makes two calls of ``/sign`` the same: payload and browser."""
    payload = content_hash.canonical([values, signature, consent])
    return hashlib.sha256(payload + b"|" + (cookie or "").encode()).hexdigest()
