"""Another address for a signer after sending: proposed by one person, taken when a second one approved."""

from odoo import fields, models
from odoo.exceptions import UserError

from .esign_signer import IN_TURN

# Channel → the field that holds its address.
ADDRESS_OF = {"email": "email", "sms": "phone"}


class EsignSigner(models.Model):
    """Everything that is refused at sending is refused here too, when it is proposed and when it is approved."""

    _inherit = "esign.signer"

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_resend(self):
        """Send a new link to the address on file, if it is this person's turn. For whoever may edit the request.

        :raises UserError: it is not, or signing is locked, or a reminder went out within the last minute
        """
        for signer in self:
            request = signer.request_id
            request.check_access("write")
            request._lock_or_refuse()
            if request.state != "sent" or not signer._is_in_turn():
                raise UserError(
                    self.env._(
                        "It is not the turn of %(name)s: there is nothing to send.",
                        name=signer.name,
                    )
                )
            request._may_be_reminded(signer)._remind()
        return True

    def action_correct_contact(self, channel, address, reason):
        """Propose another address for this signer; return the id of the proposal. Nothing changes until it is approved.

        :param str channel: ``email`` or ``sms``
        :param str address: e-mail address or phone number
        :param str reason: why; shown to the second person and kept in the audit trail
        :raises UserError: the signer cannot be changed any more, or the address is refused, or nobody else may approve
        """
        self.ensure_one()
        request = self.request_id
        request.check_access("write")
        request._lock_or_refuse()
        self._check_contact_may_change()
        address = self._checked_contact(channel, address)
        if self._open_change():
            raise UserError(
                self.env._(
                    "Another address was proposed for %(name)s before: it has to be decided first.",
                    name=self.name,
                )
            )
        words = request._given_reason(reason)
        return self.env["esign.contact.change"]._propose_sudo(self, channel, address, words).id

    # --- what is refused -----------------------------------------------------------------------------------------------

    def _open_change(self):
        """Return the proposal for this signer that is still to be decided."""
        return self.env["esign.contact.change"].search(
            [("signer_id", "=", self.id), ("state", "=", "proposed")], limit=1
        )

    def _check_contact_may_change(self):
        """Refuse what is not sent, and a signer who has signed or refused.

        :raises UserError: says which
        """
        request = self.request_id
        if request.state != "sent":
            raise UserError(
                self.env._(
                    "%(number)s is not waiting for signatures: its contacts stay as they are.",
                    number=request.name,
                )
            )
        if self.state != "waiting" and self.state not in IN_TURN:
            raise UserError(
                self.env._(
                    "%(name)s is done with this request: the address stays as it is.",
                    name=self.name,
                )
            )

    def _checked_contact(self, channel, address):
        """Return the normal form of a new address for this signer.

        :raises UserError: it is none, it cannot be reached, it leads back to our side, or it is the one on file
        """
        request = self.request_id
        name = ADDRESS_OF.get(channel if isinstance(channel, str) else "")
        if not name:
            raise UserError(self.env._("Choose e-mail or SMS."))
        vals = {name: request._checked_text(self.name, self.env._("the address"), address)}
        self._normalise_addresses(vals)
        changed = self.new({**vals, "channel": channel}, origin=self)
        changed._check_reachable()
        if (channel, vals[name]) == (self.channel, self._address()):
            raise UserError(
                self.env._(
                    "%(name)s is reached at this address already: send the link again instead.",
                    name=self.name,
                )
            )
        request._check_client_is_not_us(request.signer_ids - self | changed)
        return vals[name]

    def _known_contacts(self):
        """Extension point: return the contacts whose addresses are offered for this signer, as far as the caller may read them."""
        mine = self.partner_id
        if not mine and self.side == "client":
            mine = self.request_id.lead_id.partner_id
        return (mine | mine.parent_id | mine.child_ids)._filtered_access("read")

    # --- taking it -----------------------------------------------------------------------------------------------------

    def _take_contact_sudo(self, change):
        """Reach this signer at the approved address; who had the old one has nothing left to sign with.

        Signers of sent requests are changed by nobody else, hence the sudo.
        """
        self._check_contact_may_change()
        self._checked_contact(change.new_channel, change.new_address)
        had_been_reached = self.side == "own" or self.invited_at
        self._forget_old_address_sudo()
        self._set_system_sudo(
            **{"channel": change.new_channel, ADDRESS_OF[change.new_channel]: change.new_address}
        )
        source, since = self._address_origin()
        self._set_system_sudo(
            address_source=source,
            address_since=since,
            address_by=change.sudo().proposer_id.name,
            address_approved_by=self.env.user.name,
            address_confirmed_at=False,
        )
        self.env["esign.event"]._append(
            self.request_id, "contact_changed", self._change_details(change)
        )
        if had_been_reached:
            change._tell_former_sudo()
        if self._is_in_turn():
            self._invite_anew()

    def _forget_old_address_sudo(self):
        """Make links, codes, confirmations and waiting messages of the old address useless, and drop what was typed."""
        self._revoke_links_sudo()
        self.env["esign.otp"]._void_all_sudo(self.id)
        self.env["esign.message"]._cancel(self.request_id, signer=self)
        self._set_system_sudo(draft=False)

    def _change_details(self, change):
        """Return what the audit trail keeps of the change."""
        return self._who() | {
            "channel": change.new_channel,
            "old": change._old_masked(),
            "new": change._new_masked(),
            "by": change.sudo().proposer_id.name or "",
            "approved_by": self.env.user.name,
            "reason": change.reason,
        }

    def _invite_anew(self):
        """Start this signer's turn again from its invitation."""
        started = {
            "invited_at": fields.Datetime.now(),
            "opened_at": False,
            "reminders_sent": 0,
            "reminded_at": False,
        }
        if self.state == "invited":
            self._set_system_sudo(**started)
        else:
            self._move("invited", **started)
        self._send_link("sign", "invitation")
