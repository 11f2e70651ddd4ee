"""A signer's turn and the steps around the signature: invited, page shown, draft, fresh link, decline."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import signing_draft
from ..tools.errors import EsignError
from ..tools.turn_order import Turn
from .transactions import run_alone


class EsignSigner(models.Model):
    """Steps return plain values; a refusal is ``{"error": code, …}`` (design section 15)."""

    _inherit = "esign.signer"

    # --- turns -----------------------------------------------------------------------------------------------------

    def _turns(self):
        """Return these signers as plain values for ``tools.turn_order``."""
        return [
            Turn(
                id=each.id, sequence=each.sequence, side=each.side, kind=each.kind, state=each.state
            )
            for each in self
        ]

    def _invite(self, purpose="invitation", hold_seconds=0):
        """Make it this signer's turn: the link goes out by the signer's channel.

        :param str purpose: of the message
        :param int hold_seconds: how long the message waits, so that sending can be undone
        """
        self.ensure_one()
        now = fields.Datetime.now()
        first = self.first_invited_at or now
        self._move(
            "invited", invited_at=now, first_invited_at=first, reminders_sent=0, reminded_at=False
        )
        self._send_link("sign", purpose, hold_seconds)

    def _send_link(self, link_purpose, message_purpose, hold_seconds=0):
        """Queue a message with a new link for this signer, and note it."""
        self.ensure_one()
        url = self._mint_link(link_purpose)
        self._set_system_sudo(last_link_at=fields.Datetime.now())
        self.env["esign.message"]._queue(
            self.request_id, message_purpose, signer=self, link_url=url, hold_seconds=hold_seconds
        )
        kind = "fresh_link" if link_purpose == "fresh" else "invited"
        details = {
            "channel": self.channel,
            "to": self._masked_address(),
            "purpose": message_purpose,
        }
        self.env["esign.event"]._append(self.request_id, kind, self._who() | details)

    def _who(self):
        """Return how entries of the audit trail name this signer."""
        return {"signer": self.id, "name": self.name, "role": self.role}

    def _evidence(self):
        """Return what is recorded of this signer at sending."""
        return self._who() | {
            "side": self.side,
            "kind": self.kind,
            "sequence": self.sequence,
            "channel": self.channel,
            "address": self._masked_address(),
            "address_source": self.address_source,
            "address_since": str(self.address_since or ""),
            "address_by": self.address_by or "",
            "authority": self.authority or "",
            "authority_until": fields.Date.to_string(self.authority_until) or "",
            "position": self.position or "",
            "company": self.company_name or "",
        }

    @api.model
    def _cron_lapse(self):
        """Put back to *page shown* whoever confirmed a code and then idled; run by a cron."""
        for signer in self.search([("state", "=", "confirmed")], limit=1000):
            is_live = self.env["esign.otp"]._is_confirmation_live_sudo(signer.id)
            if not is_live and signer.request_id.try_lock_for_update():
                signer._move("opened")

    # --- small steps -----------------------------------------------------------------------------------------------

    def _page_shown(self, ip, device):
        """Note, once, that a person moved on the page (scanners only fetch it)."""
        self.ensure_one()
        if self.state != "invited":
            return {"opened": True}
        request = self.request_id
        if not request.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        self._move("opened", opened_at=fields.Datetime.now())
        self.env["esign.event"]._append(
            request, "page_shown", self._who() | {"ip": ip, "device": device}
        )
        return {"opened": True}

    def _keep_draft(self, draft, cookie, pictures=None):
        """Keep the values typed so far for a reload, and tell which of them could not be signed with.

        Only for a browser that confirmed a code.

        :param dict draft: ``values`` and ``signature``, as at signing; another form is refused as a whole
        :param dict pictures: pictures chosen or taken back since the last time, by field id, ``"signature"`` for that
        :return: ``saved``, ``refused`` (refusals in words) and, of chosen ones, ``pictures``: ``{id: data: address}`` as
            they will stand in the document
        """
        self.ensure_one()
        otp_sudo = self._confirmation_sudo(cookie)
        if not otp_sudo:
            return {"error": "not_confirmed"}
        try:
            text = signing_draft.pack(draft["values"], draft["signature"], self._asked_ids())
        except EsignError as error:
            return self._input_refusal(error)
        # before the jail: one picture of a request is looked at at a time, however many are sent at once;
        # and PostgreSQL logs a write that collides, with its values
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        kept, refused = self._judge_pictures(pictures or {})
        self._set_system_sudo(draft=text)
        for owner, png in kept.items():
            owner._keep_picture_sudo(png)
        self._touch_confirmation(otp_sudo.id)
        refused += self._refused_values(draft["values"] or {})
        refused += self._refused_hand(draft["signature"])
        pictures = self._picture_addresses(kept)
        return {"saved": True, "refused": refused} | ({"pictures": pictures} if pictures else {})

    def _touch_confirmation(self, otp_id):
        run_alone(self.env, lambda env: env["esign.otp"]._touch(otp_id))

    def _ask_fresh(self):
        """Send a new link to the address on file; the answer never tells whether one was sent."""
        self.ensure_one()
        link_sudo = self.env["esign.link"].sudo().search([("signer_id", "=", self.id)], limit=1)
        may_have = (
            self.request_id.state == "sent"
            and self._is_in_turn()
            and link_sudo
            and link_sudo._may_ask_fresh()
        )
        if may_have:
            try:
                self.request_id._lock_or_refuse()
            except UserError:  # somebody is at it for longer; nor does the answer tell that
                return {"sent": True}
            self._send_link("fresh", "fresh_link")
        return {"sent": True}

    # --- decline ---------------------------------------------------------------------------------------------------

    def _decline(self, reason, evidence):
        """Refuse to sign, with a reason; ends the request."""
        self.ensure_one()
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        refusal = self._why_not_sign(digest=None)
        if refusal is not None:
            return refusal
        if not self._confirmation_sudo(evidence["cookie"]) or self.state != "confirmed":
            return {"error": "not_confirmed"}
        words = (reason if isinstance(reason, str) else "").strip()[:1000]
        if not words:
            return {"error": "field_required", "field": "reason"}
        self._move("declined", declined_at=fields.Datetime.now(), decline_reason=words)
        request = self.request_id
        where = {"ip": evidence["ip"], "device": evidence["device"]}
        self.env["esign.event"]._append(
            request, "declined", self._who() | where | {"reason": words}
        )
        request._close("declined", decline_reason=words)
        request._tell_of_decline(self)
        return {"state": "declined"}
