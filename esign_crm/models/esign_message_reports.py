"""What comes back: delivery reports, returned mails, and the sender's second try."""

from odoo import models
from odoo.exceptions import UserError

from .esign_message import MOVES

NOT_DELIVERED = ("failed", "bounced")
# Purpose of a message → purpose of the link that it carries; the others carry none.
LINK_OF = {
    "invitation": "sign",
    "reminder": "reminder",
    "fresh_link": "fresh",
    "extended_notice": "sign",
    "completed": "download",
    "copy_completed": "download",
}
# They tell a colleague to look at the request.
LEADS_TO_ODOO = ("deadline_notice", "expired_notice")


class EsignMessage(models.Model):
    """The end of a message's way, as providers report it and as people deal with it."""

    _inherit = "esign.message"

    # --- actions ----------------------------------------------------------------------------------

    def action_send_again(self):
        """Send failed or returned messages anew, with a new link. For whoever may edit the request.

        :raises UserError: there is nothing left to say, or the message did not fail
        """
        for message in self:
            message.request_id.check_access("write")
            if message.state not in ("failed", "bounced"):
                raise UserError(
                    self.env._("Only a message that was not delivered can be repeated.")
                )
            if message.purpose == "contact_changed_notice":
                raise UserError(
                    self.env._("This told a former address of the change: it is sent there once.")
                )
            if message.purpose == "mail_copy":
                raise UserError(
                    self.env._(
                        "The signer gave this address for one copy only, and can ask for it again on the page of the link."
                    )
                )
            if not message._is_still_wanted():
                raise UserError(
                    self.env._("This message has become pointless: nobody waits for it.")
                )
            message._repeat_sudo()
        return True

    def _repeat_sudo(self):
        """Queue the message again; the address and the words are those of today. Links need sudo."""
        message = self.sudo()
        signer, user = message.signer_id, message.user_id
        url = None
        if signer and not user and message.purpose in LINK_OF:
            url = signer._mint_link(LINK_OF[message.purpose])
        elif message.purpose in LEADS_TO_ODOO:
            url = message.request_id._odoo_url()
        self._queue(
            message.request_id,
            message.purpose,
            signer=signer or None,
            user=user if user else None,
            link_url=url,
        )

    # --- reports ------------------------------------------------------------------------------------

    def _take_report(self, state, words=""):
        """Record a provider's delivery report; the same report twice changes nothing.

        :param str state: ``delivered`` or ``failed``
        """
        self.ensure_one()
        if state not in MOVES.get(self.state, ()):
            return
        self._set_state(
            state, error=words or self._unknown_failure() if state == "failed" else False
        )
        self._wake()

    def _take_bounce(self, words=""):
        """Record that mails came back."""
        for message in self.filtered(lambda each: each.state == "sent"):
            message._set_state("bounced", error=words or self._unknown_failure())
            message._wake()

    # --- in words -----------------------------------------------------------------------------------

    def _told(self):
        """Return ``Invitation · Came back: mailbox full``, as cards and lists of requests tell of it."""
        self.ensure_one()
        words = [
            dict(self._fields[name]._description_selection(self.env))[self[name]]
            for name in ("purpose", "state")
        ]
        told = " · ".join(words)
        return f"{told}: {self.error}" if self.error and self.state in NOT_DELIVERED else told
