"""The words of each message: what is said to whom; how it looks is the template's affair."""

from .esign_message_letter_parts import Letter
from .esign_message_letters_copy import CopyLetters
from .esign_message_letters_corrections import CorrectionLetters
from .esign_message_letters_deadline import DeadlineLetters
from .esign_message_letters_delegation import DelegationLetters


class Letters(CorrectionLetters, CopyLetters, DeadlineLetters, DelegationLetters):
    """Writes in the language of ``env``; one method per purpose."""

    # --- to sign ----------------------------------------------------------------------------------

    def invitation(self):
        """Say who asks whom to sign what, who has signed, until when."""
        values = self.values
        return Letter(
            subject=self.env._("%(company)s asks you to sign “%(title)s”", **values),
            lines=(
                self.env._(
                    "%(sender)s of %(company)s asks you to read and sign the document “%(title)s”.",
                    **values,
                ),
                *self._who_named(),
                *self._who_signed(),
            ),
            button=self.env._("Read and sign"),
            facts=self._facts(),
            notes=self._signing_notes(),
            texts=(
                self.env._(
                    "%(company)s asks you to sign %(title)s (%(number)s) until %(until)s: %(link)s"
                ),
                self.env._("%(company)s: please sign %(title)s: %(link)s"),
            ),
            **self._said(),
        )

    def reminder(self):
        """Say the same again, as a reminder."""
        values = self.values
        return Letter(
            subject=self.env._("Reminder: “%(title)s” waits for your signature", **values),
            lines=(
                self.env._(
                    "The document “%(title)s” from %(company)s still waits for your signature. "
                    "This message has a new link; the earlier one goes on working until its date.",
                    **values,
                ),
                *self._who_signed(),
            ),
            button=self.env._("Read and sign"),
            facts=self._facts(),
            notes=self._signing_notes(),
            texts=(
                self.env._(
                    "%(company)s: %(title)s still waits for your signature until %(until)s: %(link)s"
                ),
                self.env._("%(company)s: please sign %(title)s: %(link)s"),
            ),
            **self._said(),
        )

    def fresh_link(self):
        """Give the new link that the signer asked for."""
        values = self.values
        return Letter(
            subject=self.env._("Your new link to “%(title)s”", **values),
            lines=(
                self.env._(
                    "Here is the new link to the document “%(title)s” that you asked for.", **values
                ),
            ),
            button=self.env._("Read and sign"),
            facts=self._facts(),
            notes=self._signing_notes(),
            texts=(
                self.env._(
                    "%(company)s: your new link to %(title)s, good until %(until)s: %(link)s"
                ),
                self.env._("%(company)s: your new link: %(link)s"),
            ),
        )

    def code(self, code):
        """Return the one-time code; neither the subject nor the first line shows it (lock screens)."""
        values = self.values | {"code": code}
        return Letter(
            subject=self.env._("Code for signing %(number)s", **values),
            lines=(
                self.env._(
                    "You are about to sign the document “%(title)s” from %(company)s.", **values
                ),
                self.env._("Type this code on the page that you have open:"),
            ),
            code=code,
            notes=(
                self.env._(
                    "The code is valid for 5 minutes. Do not share it with anyone, not even with us."
                ),
                self.env._("If you did not ask for it, ignore this message."),
            ),
            texts=(
                self.env._(
                    "%(company)s: to sign %(number)s type the code %(code)s. "
                    "Valid for 5 minutes. Do not share it."
                ),
            ),
        )

    # --- afterwards -------------------------------------------------------------------------------

    def completed(self):
        """Bring the finished PDF, the link to it, and how to check it."""
        values = self.values
        return Letter(
            subject=self.env._("Signed by all: “%(title)s”", **values),
            lines=(
                self.env._("All parties have signed the document “%(title)s”.", **values),
                *self._who_signed(everybody=True),
            ),
            button=self.env._("Download the signed document") if self.link_url else "",
            facts=self._facts(),
            notes=self._keeping_notes(),
            texts=(
                self.env._(
                    "%(company)s: %(title)s (%(number)s) is signed by all. "
                    "Download until %(until)s: %(link)s"
                ),
                self.env._("%(company)s: %(number)s is signed. Until %(until)s: %(link)s"),
            ),
            attach=True,
        )

    def copy_completed(self):
        """Return the letter of those who only get a copy: the same."""
        return self.completed()

    def declined_notice(self):
        """Tell that somebody refused to sign."""
        declined = self.request.signer_ids.filtered(lambda each: each.state == "declined")[:1]
        who = declined or self.signer
        values = self.values | {"name": who.name or "", "reason": self._reason(who)}
        lines = [self.env._("%(name)s declined to sign the document “%(title)s”.", **values)]
        if values["reason"]:
            lines.append(self.env._("The reason given: %(reason)s", **values))
        return Letter(
            subject=self.env._("%(name)s declined to sign “%(title)s”", **values),
            lines=tuple(lines),
            facts=self._facts(with_dates=False),
            texts=(
                self.env._(
                    "%(company)s: %(title)s (%(number)s) was declined and will not be signed."
                ),
            ),
        )

    def cancelled_notice(self):
        """Tell that the sender took the request back."""
        values = self.values
        return Letter(
            subject=self.env._("“%(title)s” need not be signed any more", **values),
            lines=(
                self.env._(
                    "%(company)s cancelled the request to sign the document “%(title)s”.", **values
                ),
                self.env._("You need not do anything. The links that you received no longer work."),
            ),
            facts=self._facts(with_dates=False),
            texts=(
                self.env._(
                    "%(company)s cancelled the request to sign %(title)s (%(number)s). "
                    "You need not do anything."
                ),
            ),
        )

    def locked_notice(self):
        """Tell that a signer used up the codes of a day."""
        values = self.values
        return Letter(
            subject=self.env._("%(name)s cannot get more codes for “%(title)s”", **values),
            lines=(
                self.env._(
                    "%(name)s asked for too many codes today, so signing was locked. Please find "
                    "out whether it really was %(name)s. A manager can unlock it on the request.",
                    **values,
                ),
            ),
            facts=self._facts(with_dates=False),
        )

    def seal_failed_notice(self):
        """Tell that all have signed, but the PDF could not be sealed."""
        values = self.values
        error = self.extra.get("error") or self.request.seal_error or ""
        return Letter(
            subject=self.env._("“%(title)s” is signed, but could not be sealed", **values),
            lines=(
                self.env._(
                    "All parties have signed %(number)s. Sealing the finished PDF failed and will "
                    "be tried again; the signatures are safe.",
                    **values,
                ),
                *([self.env._("What went wrong: %(error)s", error=error)] if error else []),
            ),
            facts=self._facts(with_dates=False),
        )
