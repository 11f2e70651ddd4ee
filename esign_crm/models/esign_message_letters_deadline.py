"""The words of messages about deadlines: more time for signers, notices for the sender."""

from .esign_message_letter_parts import Letter, LetterParts
from .esign_signer import IN_TURN


class DeadlineLetters(LetterParts):
    """The link of a notice to the sender leads into Odoo and is no secret."""

    def extended_notice(self):
        """Tell a signer that there is more time, with a new link."""
        values = self.values
        return Letter(
            subject=self.env._("There is more time to sign “%(title)s”", **values),
            lines=(
                self.env._(
                    "%(company)s has extended the time to sign the document “%(title)s”. Earlier links work again, "
                    "each until its own date.",
                    **values,
                ),
                *self._who_signed(),
            ),
            button=self.env._("Read and sign"),
            facts=self._facts(),
            notes=self._signing_notes(),
            texts=(
                self.env._(
                    "%(company)s: there is more time to sign %(title)s (%(number)s): %(link)s"
                ),
                self.env._("%(company)s: please sign %(title)s: %(link)s"),
            ),
        )

    def deadline_notice(self):
        """Tell the sender that the deadline comes near, and who has not signed."""
        values = self._deadline_values()
        return Letter(
            subject=self.env._("“%(title)s” is to be signed before %(deadline)s", **values),
            lines=(
                self.env._(
                    "The deadline of %(number)s comes near, and not everybody has signed.", **values
                ),
                *self._who_is_waited_for(IN_TURN),
                self.env._("You can remind them, or give them more time."),
            ),
            button=self.env._("Open %(number)s", **values),
            facts=self._notice_facts(values),
        )

    def expired_notice(self):
        """Tell the sender that the time is over, and who did not sign."""
        values = self._deadline_values()
        return Letter(
            subject=self.env._("The time to sign “%(title)s” is over", **values),
            lines=(
                self.env._(
                    "The deadline of %(number)s has passed, and nobody can sign it any more.",
                    **values,
                ),
                *self._who_is_waited_for(("expired",)),
                self.env._(
                    "If it is still to be signed, extend the deadline: the links that were sent work again then."
                ),
            ),
            button=self.env._("Open %(number)s", **values),
            facts=self._notice_facts(values),
        )

    def _deadline_values(self):
        deadline = self.request.deadline_at
        return self.values | {"deadline": self.moment(deadline) if deadline else ""}

    def _notice_facts(self, values):
        facts = [*self._facts(with_dates=False)]
        if self.request.lead_id:
            facts.append((self.env._("Deal"), self.request.lead_id.name))
        facts.append((self.env._("Sign before"), values["deadline"]))
        return tuple(facts)

    def _who_is_waited_for(self, states):
        """Return a line for each one who was invited and has not signed."""
        waited = self.request.signer_ids.filtered(
            lambda each: each.kind == "signer" and each.state in states and each.invited_at
        )
        return [
            self.env._(
                "%(name)s (%(role)s) was invited on %(date)s and has not signed.",
                name=each.name,
                role=each.role,
                date=self.date(each.invited_at),
            )
            for each in waited
        ]
