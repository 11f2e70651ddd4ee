"""The next document that waits for a signer of our side who has just signed one."""

from odoo import fields, models
from odoo.fields import Domain

from .esign_signer import IN_TURN
from .esign_signer_contact import ADDRESS_OF
from .guards import not_from_typed_code

MOST = 100


class EsignSigner(models.Model):
    """Told to nobody but the browser that has confirmed a code sent to this very address; the next one asks for its own."""

    _inherit = "esign.signer"

    def _next_values(self, cookie):
        """Return what the page says of the next document, None where none is to be told of here."""
        found = self._next_turns_sudo(cookie)
        return {"title": found[0].request_id.title, "more": len(found) - 1} if found else None

    def _next_turns_sudo(self, cookie):
        """Return this person's other turns in the same company, oldest first; a signer has no rights on them: sudo.

        The same person is who has the same contact (or, where none is known, the same party), channel and address.
        """
        none = self.browse()
        if self.side != "own" or self.state in IN_TURN or not self._confirmation_sudo(cookie):
            return none
        same_person = self._same_person_domain()
        if not same_person:
            return none
        now = fields.Datetime.now()
        found_sudo = self.sudo().search(
            same_person & self._open_turn_domain(), order="invited_at, id", limit=MOST
        )
        in_time = found_sudo.filtered(
            lambda each: not each.request_id.deadline_at or each.request_id.deadline_at > now
        )
        return in_time._still_entitled()

    def _same_person_domain(self):
        """Return the domain of whoever certainly is the same person, None where nobody can be certain."""
        who = "partner_id" if self.partner_id else "party_id"
        address = ADDRESS_OF["email" if self.channel == "email" else "sms"]
        if not self[who] or not self[address]:
            return None
        return Domain(
            [
                ("partner_id", "=", self.partner_id.id),
                (who, "=", self[who].id),
                ("channel", "=", self.channel),
                (address, "=", self[address]),
            ]
        )

    def _open_turn_domain(self):
        return Domain(
            [
                ("id", "!=", self.id),
                ("side", "=", "own"),
                ("kind", "=", "signer"),
                ("state", "in", IN_TURN),
                ("is_locked", "=", False),
                ("request_id.state", "=", "sent"),
                ("request_id.company_id", "=", self.request_id.company_id.id),
            ]
        )

    @not_from_typed_code
    def _open_next(self, evidence):
        """Return a private address of the next document, which opens once, within minutes, for this browser.

        It is a secret for the one who has confirmed: see :meth:`_next_turns_sudo`.

        :param dict evidence: ``cookie``, ``ip``, ``device``
        """
        self.ensure_one()
        turn = self._next_turns_sudo(evidence["cookie"])[:1]
        if not turn:
            return {"error": "closed"}
        if not turn.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        url = turn._mint_link("portal")
        details = turn._who() | {
            "by": self.name,
            "after": self.request_id.name,
            "ip": evidence["ip"],
        }
        self.env["esign.event"]._append(turn.request_id, "link_opened", details)
        return {"url": url}
