"""What every gateway takes, returns and hides."""

import re
from dataclasses import dataclass
from typing import Protocol

from .. import masking

WORDS_LENGTH = 200
_EMAIL = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\.[^\s<>\"'(),;:]+")
# Four digits with or without separators may be a one-time code or part of a phone number.
_DIGITS = re.compile(r"\+?\d(?:[ .-]?\d){3,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Sms:
    """One text message as it goes to a provider.

    :ivar to: recipient in E.164
    :ivar key: the same for each attempt at the same message; a provider that has seen it sends nothing
    :ivar callback: where the provider posts its delivery report, or ``""``
    :ivar sender: name or number that the recipient sees, or ``""`` for the provider's own
    """

    to: str
    text: str
    key: str
    callback: str = ""
    sender: str = ""


@dataclass(frozen=True)
class Receipt:
    """A provider's word that it took a message; ``reference`` is its own name for it."""

    reference: str


class SmsGateway(Protocol):
    """What the models ask of a provider of text messages."""

    def send(self, sms: Sms) -> Receipt:
        """Hand over one message.

        :raises GatewayError: it was not accepted, or nobody knows
        """
        ...


def masked_words(words: str, *hidden: str, length: int = WORDS_LENGTH) -> str:
    """Return a provider's words fit for people and logs: one short line without secrets or addresses.

    :param hidden: texts that must not appear even in part of a sentence, e.g. the message itself
    """
    for text in hidden:
        if text:
            words = words.replace(text, "***")
    words = masking.mask_links(words)
    words = _EMAIL.sub(lambda found: masking.mask_email(found.group()), words)
    words = _DIGITS.sub(lambda found: _masked_digits(found.group()), words)
    words = " ".join(_CONTROL.sub(" ", words).split())
    return words if len(words) <= length else words[: length - 1] + "…"


def _masked_digits(found: str) -> str:
    digits = sum(character.isdigit() for character in found)
    return masking.mask_phone(found) if digits > 8 else "***"
