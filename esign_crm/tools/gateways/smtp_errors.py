"""What an exception of `smtplib` means for a mail: refused, to be tried again, or nobody knows."""

import re
import smtplib

from ..errors import GatewayError
from .base import masked_words

# RFC 3463: "5.1.1 ", repeated by most servers before their words
_ENHANCED = re.compile(r"^\s*\d\.\d{1,3}\.\d{1,3}\s+")


def from_connecting(error: BaseException) -> GatewayError:
    """Return the error for an exception met before the mail was handed over: never permanent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return GatewayError("refused", words=_words(error.smtp_code, error.smtp_error))
    return GatewayError("unreachable", words=masked_words(str(error)))


def from_sending(error: BaseException) -> GatewayError:
    """Return the error for an exception met while the mail was handed over."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (550, b""))
        return GatewayError("bad_recipient", words=_words(code, words), is_permanent=code >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        words = _words(error.smtp_code, error.smtp_error)
        return GatewayError("refused", words=words, is_permanent=error.smtp_code >= 500)
    # AssertionError: ir.mail_server found no usable address in the headers
    if isinstance(error, AssertionError | smtplib.SMTPNotSupportedError):
        return GatewayError("bad_recipient", words=masked_words(str(error)), is_permanent=True)
    code = "timeout" if isinstance(error, TimeoutError) else "hung_up"
    return GatewayError(code, is_outcome_unknown=True)


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    lines = (_ENHANCED.sub("", line) for line in text.splitlines())
    return masked_words(f"{' '.join(lines).strip()} ({code})".strip())
