"""From words to messages: recipient, e-mail in HTML and text, SMS that fits, refusals in words."""

import re
from dataclasses import dataclass, replace

from odoo import api, models

from ..tools import languages, masking
from ..tools.gateways import sms_text
from .esign_message_letters import Letters


@dataclass(frozen=True)
class Recipient:
    """Who gets a message, by which channel."""

    channel: str
    address: str
    masked: str
    name: str
    lang: str


class EsignMessage(models.Model):
    """Composing happens at queueing, so that each try sends the same words."""

    _inherit = "esign.message"

    @api.model
    def _recipient(self, signer, user, to=None):
        """Return the colleague when one is given, else the signer (at ``to``); WhatsApp goes by SMS as yet."""
        if user:
            address = user.email or user.login or ""
            masked = masking.mask_email(address)
            return Recipient("email", address, masked, user.name, user.lang or "en_US")
        channel, address = to or (signer.channel, signer._address())
        channel = "email" if channel == "email" else "sms"
        masked = masking.mask_address(channel, address)
        return Recipient(channel, address, masked, signer.name, signer._lang_code())

    @api.model
    def _code_recipient(self, signer):
        """Return the signer, who reads a code in the language of the page where it is typed."""
        return replace(self._recipient(signer, None), lang=signer._page_lang())

    def _compose_code(self, request, recipient, code):
        """Return the payload of a code, which is sent at once and stored nowhere."""
        letters = self._letters(request, self.signer_id, recipient)
        return self._payload(letters, letters.code(code), recipient)

    def _letters(self, request, signer, recipient, link_url=None, extra=None):
        """Return the writer of letters about ``signer``, in the recipient's language."""
        env = self.with_context(lang=recipient.lang).env
        signer = signer or request.signer_ids.browse()
        return Letters(env, request.with_env(env), signer.with_env(env), link_url, extra or {})

    def _payload(self, letters, letter, recipient):
        payload = {"to": recipient.address, "name": _one_line(recipient.name)}
        if recipient.channel == "sms":
            values = letters.sms_values | {"code": letter.code}
            return payload | {"sms": sms_text.fit(letter.texts, values)}
        return payload | {
            "subject": _one_line(letter.subject),
            "html": self._mail_html(letters, letter, recipient),
            "text": self._mail_text(letters, letter, recipient),
            "reply_to": self._reply_to(letters.request),
            "attach": self._file_name(letters.request) if letter.attach else "",
        }

    def _mail_html(self, letters, letter, recipient):
        """Return the HTML part; the template escapes every value."""
        env = letters.env
        values = {
            "letter": letter,
            "company": letters.values["company"],
            "greeting": env._("Hello %(name)s,", name=recipient.name),
            "hint": env._("If the button does not work, copy this address into your browser:"),
            "html_lang": languages.html_tag(recipient.lang),
            "link": letters.link_url or "",
        }
        body = env["ir.qweb"].sudo()._render("esign_crm.message_mail", values)
        return f"<!DOCTYPE html>\n{body}"

    def _mail_text(self, letters, letter, recipient):
        """Return the plain text part: the same, readable without any markup."""
        parts = [letters.env._("Hello %(name)s,", name=recipient.name), *letter.lines]
        if letter.said:
            parts.append("\n".join([letter.said_by, *(f"  {line}" for line in letter.said)]))
        if letter.code:
            parts.append(f"    {letter.code}")
        if letters.link_url and letter.button:
            parts.append(f"{self._row(letters.env, letter.button).rstrip()}\n{letters.link_url}")
        if letter.facts:
            parts.append("\n".join(self._row(letters.env, *fact) for fact in letter.facts))
        parts += letter.notes
        parts.append(f"-- \n{letters.values['company']}")
        return "\n\n".join(parts) + "\n"

    @staticmethod
    def _row(env, label, value=""):
        """Return a label and its value with the colon of the language."""
        return env._("%(label)s: %(value)s", label=label, value=value)

    @staticmethod
    def _reply_to(request):
        """Return where answers go: to the sender of the request."""
        return _one_line(request.user_id.email_formatted or request.company_id.email_formatted)

    @staticmethod
    def _file_name(request):
        """Return the attachment's name: number and title, without what file systems dislike."""
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"{request.name} {request.title}")
        return f"{' '.join(name.split())[:80].removesuffix('.pdf')}.pdf"

    # --- refusals in words ------------------------------------------------------------------------

    def _delivery_words(self, error, lang=None):
        """Return why a message did not go out, in one sentence for the sender, in his language (``lang``)."""
        env = self.with_context(lang=lang or self.request_id.user_id.lang).env
        sentence = self._delivery_sentences(env).get(error.code)
        if not sentence:
            return str(error).strip()
        values = {"words": error.words, "region": error.params.get("region", "")}
        return (sentence % values).strip(" :")

    def _delivery_sentences(self, env):
        """Return code → sentence; these are the codes of ``GatewayError`` and a few of the outbox."""
        gate = env._("The mail server") if self.channel == "email" else env._("The SMS provider")
        sentences = {
            "refused": env._("%(gate)s refused the message: %(words)s"),
            "bad_recipient": env._("%(gate)s refused the recipient: %(words)s"),
            "unreachable": env._("%(gate)s could not be reached. %(words)s"),
            "not_configured": env._("%(gate)s is not set up. %(words)s"),
            "too_large": env._("The signed document is too large for an e-mail."),
            "not_ready": env._("It could not be sent yet: %(words)s"),
            "timeout": env._("%(gate)s did not answer in time; the message may have arrived."),
            "hung_up": env._("%(gate)s broke off without an answer; the message may have arrived."),
            "bad_answer": env._(
                "%(gate)s gave an answer that makes no sense; the message may have arrived."
            ),
            "redirected": env._("%(gate)s answered with a redirection, which is not followed."),
            "private_address": env._(
                "%(gate)s has an address in a private network, which the settings forbid."
            ),
            "bad_url": env._("%(gate)s has no usable web address in the settings."),
            "bad_number": env._("The phone number is not valid."),
            "costly_number": env._("The phone number belongs to a service that costs extra."),
            "foreign_number": env._(
                "The phone number belongs to a country (%(region)s) to which the company sends no SMS. "
                "An administrator can add it in the settings."
            ),
            "daily_limit": env._("The company has sent as many SMS as it may in one day."),
            "expired": env._("It could not be sent in time."),
            "internal": env._("An error in the server prevented it; its log says more."),
        }
        return {code: text.replace("%(gate)s", gate) for code, text in sentences.items()}

    def _unknown_failure(self):
        """Return what is said when a provider reports a failure without a reason."""
        return self.env._("The provider gave no reason.")


def _one_line(text):
    """Return ``text`` as it may stand in a mail's header."""
    return " ".join((text or "").split())
