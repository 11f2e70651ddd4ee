"""The words of the one copy by mail that a signer asked for on the page."""

from .esign_message_letter_parts import Letter, LetterParts


class CopyLetters(LetterParts):
    """Brings the file and no link: an address that was typed on the page is good for nothing else."""

    def mail_copy(self):
        """Bring the sealed PDF, and say who asked for it."""
        values = self.values
        return Letter(
            subject=self.env._("Your copy of “%(title)s”", **values),
            lines=(
                self.env._(
                    "%(name)s, who has signed the document “%(title)s”, asked on the signing page of %(company)s that one "
                    "copy be sent to this address.",
                    **values,
                ),
                *self._who_signed(everybody=True),
            ),
            facts=self._facts(with_dates=False),
            notes=(
                *self._keeping_notes(),
                self.env._(
                    "If you do not know %(name)s, this address was mistyped: please delete this message and tell %(sender)s "
                    "by a reply.",
                    **values,
                ),
            ),
            attach=True,
        )
