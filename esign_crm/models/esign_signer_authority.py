"""Whether the authority that a signer had at sending still stands when he signs."""

from odoo import fields, models
from odoo.tools import format_date

from ..tools import authority


class EsignSigner(models.Model):
    """Its end is frozen at sending, like all that the document says; what ended since, signs nothing."""

    _inherit = "esign.signer"

    authority_until = fields.Date(
        readonly=True,
        copy=False,
        help="The last valid day of this person's authority, as the party directory knew it at sending.",
    )

    def _known_party_sudo(self):
        """Return the party by which this person is judged before sending; senders may not read all of it: sudo."""
        person = self._person()
        return person.party or self.env["esign.party"].sudo()._known_as(person)

    def _freeze_authority_sudo(self, party_sudo):
        """Keep the end of the authority that the party has; senders may not read all of the directory, hence the sudo."""
        end = party_sudo._authority_end() if party_sudo else None
        self._set_system_sudo(authority_until=end or False)

    def _why_not_entitled(self):
        """Return the refusal when this authority has ended by the company's calendar, else None.

        Asked where somebody is about to sign; he may decline all the same.
        """
        self.ensure_one()
        here = self.with_context(tz=self.request_id._timezone())
        if not authority.has_ended(self.authority_until or None, fields.Date.context_today(here)):
            return None
        return {
            "error": "closed",
            "reason": "authority_ended",
            "name": self.name,
            "until": fields.Date.to_string(self.authority_until),
            "ask": self.sudo().request_id.user_id.name or self.sudo().request_id.company_id.name,
        }

    def _still_entitled(self):
        """Return those whose authority has not ended."""
        return self.filtered(lambda signer: not signer._why_not_entitled())

    def _refused_for_authority(self):
        """Return the refusal as :meth:`_why_not_entitled` does, and see that it is told. The caller holds the request's lock."""
        refusal = self._why_not_entitled()
        if refusal:
            self._tell_authority_ended()
        return refusal

    def _tell_authority_ended(self):
        """Note once in the audit trail that nobody could sign any more, and ask the sender to see to it.

        The caller holds the lock of the request.
        """
        events = self.sudo().request_id.event_ids
        told = events.filtered(lambda event: event.kind == "authority_ended")
        if any(event._details().get("signer") == self.id for event in told):
            return
        day = fields.Date.to_string(self.authority_until)
        details = self._who() | {"authority_until": day}
        self.env["esign.event"]._append(self.request_id, "authority_ended", details)
        name, until = self.name, self.authority_until
        user_sudo = self.request_id._responsible_sudo()
        env = self.with_context(lang=user_sudo.lang or self.env.lang).env
        self.request_id._ask_sender(
            lambda env: env._(
                "The authority of %(name)s ended on %(day)s", name=name, day=format_date(env, until)
            ),
            env._(
                "Nothing can be signed by it any more. Enter the new authority in the party directory and send a "
                "duplicate of the request, or let somebody else sign."
            ),
        )

    def _note_authority_ended(self):
        """Do the same from outside of any lock; called in a transaction of its own."""
        self.sudo().request_id._lock_row()
        self._tell_authority_ended()
