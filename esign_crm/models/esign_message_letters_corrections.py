"""The words of messages about what people corrected after sending."""

from .esign_message_letter_parts import Letter, LetterParts


class CorrectionLetters(LetterParts):
    """Notices without a link."""

    def withdrawn_notice(self):
        """Tell whoever signed or got a copy that the company no longer stands by the document, and why."""
        values = self.values | {"reason": self.request.withdrawn_reason or ""}
        return Letter(
            subject=self.env._("“%(title)s” was withdrawn", **values),
            lines=(
                self.env._(
                    "%(company)s has withdrawn the document “%(title)s”, which all parties had signed, and no longer "
                    "stands by it. Whoever checks it now learns that it was withdrawn.",
                    **values,
                ),
                self.env._("The reason given: %(reason)s", **values),
            ),
            facts=self._facts(with_dates=False),
            notes=(self._answers_note(),),
            texts=(
                self.env._(
                    "%(company)s has withdrawn the signed document %(title)s (%(number)s) and no longer stands by it."
                ),
                self.env._("%(company)s has withdrawn the signed document %(number)s."),
            ),
        )

    def contact_changed_notice(self):
        """Tell the former address that it is no longer used; neither the new one nor a link stands in it."""
        values = self.values
        return Letter(
            subject=self.env._("“%(title)s” is now sent to another address", **values),
            lines=(
                self.env._(
                    "%(company)s no longer uses this address to reach %(name)s about the document “%(title)s”. Messages "
                    "go to another address from now on, and links that came here no longer work.",
                    **values,
                ),
                self.env._(
                    "If you are %(name)s and did not ask for this, please tell %(company)s at once: somebody else might "
                    "sign in your name.",
                    **values,
                ),
            ),
            facts=self._facts(with_dates=False),
            notes=(self._answers_note(),),
            texts=(
                self.env._(
                    "%(company)s now reaches %(name)s at another address to sign %(number)s; links sent here no longer "
                    "work. Not asked for by you? Tell %(company)s at once."
                ),
                self.env._(
                    "%(company)s sends %(number)s to another address. Not asked for by you? Tell them at once."
                ),
            ),
        )

    def _answers_note(self):
        return self.env._(
            "Any reply to this message reaches %(sender)s.",
            **self.values,
        )
