"""What the letters have in common: names, dates, who signed, what to keep in mind."""

from dataclasses import dataclass

from odoo import fields
from odoo.tools import format_date

from ..tools.languages import ENGLISH


@dataclass(frozen=True)
class Letter:
    """One message in words, for e-mail (``subject`` to ``notes``) and for SMS.

    :ivar texts: templates for SMS, the longest first; the first that fits is sent
    :ivar attach: whether the sealed PDF goes with it
    :ivar said: lines in the sender's own words, literally; ``said_by`` stands above them
    """

    subject: str
    lines: tuple = ()
    button: str = ""
    facts: tuple = ()
    notes: tuple = ()
    texts: tuple = ()
    code: str = ""
    attach: bool = False
    said_by: str = ""
    said: tuple = ()


class LetterParts:
    """The parts of letters, in the language of ``env``."""

    def __init__(self, env, request, signer, link_url, extra):
        """Keep what the letters talk about.

        :param signer: the recipient, or the person that a notice to a colleague is about; may be empty
        """
        self.env = env
        self.request = request
        self.signer = signer
        self.link_url = link_url
        self.extra = extra
        until = self._usable_until()
        self.values = {
            "company": request.company_id.name,
            "sender": request.user_id.name or request.company_id.name,
            "title": request.title,
            "number": request.name,
            "name": signer.name or "",
            "link": link_url or "",
            "until": self.date(until) if until else "",
        }
        # a date in figures costs a text message least; English readers disagree about their order
        style = "medium" if env.lang == ENGLISH else False
        self.sms_values = self.values | {
            "until": self.date(until, style) if until else "",
        }

    def _facts(self, with_dates=True):
        """Return the table of what the letter is about."""
        facts = [
            (self.env._("Document"), self.request.title),
            (self.env._("Number"), self.request.name),
        ]
        if with_dates and self.request.deadline_at and self.request.state in ("draft", "sent"):
            facts.append((self.env._("Sign before"), self.date(self.request.deadline_at)))
        if with_dates and self.link_url:
            facts.append((self.env._("The link works until"), self.values["until"]))
        return tuple(facts)

    def _signing_notes(self):
        values = self.values | {"address": self.signer._masked_address()}
        return (
            self.env._(
                "No account is needed. Before you sign, a one-time code is sent to %(address)s.",
                **values,
            ),
            self.env._("The link is meant for you alone: please do not forward this message."),
            self.env._(
                "If you did not expect this, do not use the link. Any reply to this message "
                "reaches %(sender)s.",
                **values,
            ),
        )

    def _keeping_notes(self):
        notes = []
        if self.link_url:
            notes.append(
                self.env._(
                    "Please keep your own copy of the file: after that date this link no longer opens it."
                )
            )
        notes.append(
            self.env._(
                "The last pages of the file say who signed, when and how. Anyone can check the file "
                "at %(address)s",
                address=self.request._verification_url(),
            )
        )
        return tuple(notes)

    def _who_signed(self, everybody=False):
        """Return a line for each one who has signed; a client learns that our side has."""
        signed = self.request.signer_ids.filtered(lambda each: each.signed_at)
        if not everybody:
            signed -= self.signer
        return [
            self.env._(
                "%(name)s signed on %(date)s.", name=each.name, date=self.date(each.signed_at)
            )
            for each in signed.sorted("signed_at")
        ]

    def _said(self):
        """Return the sender's own words as the letter's ``said_by`` and ``said``; nothing where he said nothing."""
        lines = tuple(self.request._note_text().splitlines())
        words = self.env._("%(sender)s writes:", **self.values)
        return {"said_by": words, "said": lines} if lines else {}

    def _reason(self, signer):
        return (
            self.extra.get("reason") or signer.decline_reason or self.request.decline_reason or ""
        )

    def _usable_until(self):
        """Return the moment until which a link minted now is of use: its own end, or the deadline that comes before it."""
        if not self.link_url:
            return False
        link_sudo = (
            self.env["esign.link"]
            .sudo()
            .search([("signer_id", "=", self.signer.id), ("revoked_at", "=", False)], limit=1)
        )
        ends = [link_sudo.expires_at]
        if self.request.state in ("draft", "sent"):
            ends.append(self.request.deadline_at)
        return min(filter(None, ends), default=False)

    def date(self, moment, style="long"):
        """Return the day of a UTC moment, in the sender's time zone and the reader's language."""
        return format_date(
            self.env, self._local(moment).date(), lang_code=self.env.lang, date_format=style
        )

    def moment(self, moment):
        """Return day and time of a UTC moment, in the sender's time zone and the reader's language."""
        return f"{self.date(moment)}, {self._local(moment):%H:%M %Z}"

    def _local(self, moment):
        zone = self.request.user_id.tz or self.request.company_id.partner_id.tz or "UTC"
        return fields.Datetime.context_timestamp(self.request.with_context(tz=zone), moment)
