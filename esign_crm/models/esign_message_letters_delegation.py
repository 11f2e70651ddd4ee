"""The words of messages about somebody else who signs in a signer's place."""

from .esign_message_letter_parts import Letter, LetterParts


class DelegationLetters(LetterParts):
    """Notices to whoever proposed it, and a line for whoever was named."""

    def delegated_notice(self):
        """Tell the former signer that somebody else signs."""
        values = self.values | {"named": self._successor().name or ""}
        return Letter(
            subject=self.env._("Somebody else signs “%(title)s” for you", **values),
            lines=(
                self.env._(
                    "%(company)s has agreed that %(named)s signs the document “%(title)s” in your place.",
                    **values,
                ),
                self.env._("You need not do anything. The links that you received no longer work."),
                self.env._(
                    "If you did not ask for this, please tell %(company)s at once: somebody else might sign in your name.",
                    **values,
                ),
            ),
            facts=self._facts(with_dates=False),
            notes=(self._answers_note(),),
            texts=(
                self.env._(
                    "%(company)s: somebody else now signs %(number)s in your place, as you asked. Not asked for by you? "
                    "Tell %(company)s at once."
                ),
                self.env._("%(company)s: somebody else now signs %(number)s in your place."),
            ),
        )

    def delegation_refused_notice(self):
        """Tell the signer that he is still asked himself."""
        values = self.values | {"named": self._refused().name or ""}
        return Letter(
            subject=self.env._("Please sign “%(title)s” yourself", **values),
            lines=(
                self.env._(
                    "%(company)s has not agreed that %(named)s signs the document “%(title)s” in your place.",
                    **values,
                ),
                self.env._("The link that you received goes on working: you can sign, or decline."),
            ),
            facts=self._facts(with_dates=False),
            notes=(self._answers_note(),),
            texts=(
                self.env._(
                    "%(company)s has not agreed that somebody else signs %(number)s in your place. Your own link goes on "
                    "working."
                ),
                self.env._(
                    "%(company)s: please sign %(number)s yourself. Your link goes on working."
                ),
            ),
        )

    def _successor(self):
        """Return who signs in the place of this letter's receiver."""
        signers = self.request.sudo().signer_ids
        return signers.filtered(lambda each: each.delegated_from_id.id == self.signer.id)

    def _refused(self):
        """Return the latest proposal of this letter's receiver that was refused."""
        mine = self.request.sudo().delegation_ids.filtered(
            lambda each: each.signer_id.id == self.signer.id and each.state == "refused"
        )
        return mine.sorted("id")[-1:]

    def _who_named(self):
        """Return a line for whoever was named by another signer."""
        former = self.signer.sudo().delegated_from_id
        words = self.env._("%(name)s has named you to sign in their place.", name=former.name)
        return [words] if former else []
