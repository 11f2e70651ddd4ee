"""Incoming mail: bounces of our messages, and signing links quoted in answers."""

import re
from email.message import EmailMessage

from odoo import api, models

from .. import log_filter  # noqa: F401 - installs itself: logs quote links too
from ..tools import masking
from ..tools.gateways.base import masked_words

# RFC 3464, 2.3.3: only this action says that the mail did not arrive
FAILED = "failed"
_TEXT_FILE = re.compile(r"\.(eml|txt|html?|md|csv)$", re.IGNORECASE)


class MailThread(models.AbstractModel):
    """People answer and forward our mails: a quoted link must not become readable in the chatter."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """Mask signing links in what comes in."""
        parsed = super().message_parse(message, save_original=save_original)
        for name in ("body", "subject"):
            if parsed.get(name):
                parsed[name] = _masked(parsed[name])
        parsed["attachments"] = [_masked_attachment(each) for each in parsed["attachments"]]
        return parsed

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Match a returned mail with the message of the outbox that it was."""
        references = message_dict.get("bounced_msg_ids") or []
        if references and _says_failed(email_message):
            messages_sudo = (
                self.env["esign.message"]
                .sudo()
                .search([("message_id_header", "in", references), ("channel", "=", "email")])
            )
            messages_sudo._take_bounce(_bounce_words(email_message))
        return super()._routing_handle_bounce(email_message, message_dict)


def _masked(text):
    """Mask links in ``text``, which stays what it was (``Markup`` or ``str``)."""
    masked = masking.mask_links(str(text))
    return type(text)(masked) if masked != str(text) else text


def _masked_attachment(attachment):
    """Mask links in attached texts and forwarded mails."""
    content = attachment.content
    if isinstance(content, EmailMessage):
        content = content.as_bytes()
    is_text = isinstance(content, str) or _TEXT_FILE.search(attachment.fname or "")
    if isinstance(attachment.content, EmailMessage) or is_text:
        masked = _masked_content(content)
        if masked != content:
            return attachment._replace(content=masked)
    return attachment


def _masked_content(content):
    if isinstance(content, str):
        return masking.mask_links(content)
    # Latin-1 maps each byte to one character and back, whatever the text's real encoding is
    return masking.mask_links(content.decode("latin-1")).encode("latin-1")


def _says_failed(email_message):
    """Tell a refusal from the news that a mail was delayed, delivered or read (RFC 3464, RFC 8098)."""
    if any(
        part.get_content_type() == "message/disposition-notification"
        for part in email_message.walk()
    ):
        return False
    actions = [str(block.get("Action") or FAILED) for block in _status_blocks(email_message)[1:]]
    return not actions or any(action.strip().lower() == FAILED for action in actions)


def _bounce_words(email_message):
    """Return the refusing server's words, without addresses."""
    for block in _status_blocks(email_message)[1:]:
        words = str(block.get("Diagnostic-Code") or block.get("Status") or "")
        if words:
            return masked_words(words.partition(";")[2] or words)
    return ""


def _status_blocks(email_message):
    """Return the groups of fields of the delivery status (the first is about the mail as a whole)."""
    for part in email_message.walk():
        if part.get_content_type() == "message/delivery-status":
            return part.get_payload()
    return []
