"""Addresses, names and links as they may be shown and logged."""

import re

_HIDDEN = "***"
# The slash may be JSON-escaped or percent-encoded once or twice (mail gateways wrap links); a token
# ends at whatever cannot belong to it, but runs over the soft line breaks of quoted-printable mail.
_SLASH = r"(?:\\?/|%2F|%252F)"
_LINK = re.compile(
    rf"(esign{_SLASH}s{_SLASH})(?:=\r?\n|(?!{_SLASH})[^\s?#&\"'<>\\])+", re.IGNORECASE
)

_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'“”]+@[^\s<>()\[\],;:\"'“”]+\w")
# A number as people write it begins with + or 0; a reply code such as 5.1.1 does not.
_NUMBER = re.compile(r"(?<![\w.])[+0]\d[\d ()/-]{5,}\d|\d{7,}")


def mask_email(email: str) -> str:
    """Return ``a***@example.com`` for ``anna@example.com``."""
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return email.strip()[:1] + _HIDDEN
    return f"{local[:1]}{_HIDDEN}@{domain}"


def mask_phone(phone: str) -> str:
    """Return ``+48***67`` for ``+48 601 234 567``: the country and the last two digits."""
    digits = re.sub(r"[^\d+]", "", phone)
    if len(digits) < 7:
        return _HIDDEN
    return f"{digits[:3]}{_HIDDEN}{digits[-2:]}"


def mask_address(kind: str, address: str) -> str:
    """Mask an address by its channel: ``email``, or anything else as a phone number."""
    if not address:
        return ""
    return mask_email(address) if kind == "email" else mask_phone(address)


def mask_name(name: str) -> str:
    """Return ``Anna K***`` for ``Anna Kowalska``; a single word keeps its first letter only."""
    words = name.split()
    if len(words) == 1:
        return words[0][:1] + _HIDDEN
    return " ".join([*words[:1], *(word[:1] + _HIDDEN for word in words[1:])])


def mask_links(text: str) -> str:
    """Return the text with the token of each signing link in it hidden."""
    return _LINK.sub(rf"\g<1>{_HIDDEN}", text)


def mask_addresses(text: str) -> str:
    """Return the text with each e-mail address and phone number in it masked: providers quote them."""
    text = _EMAIL.sub(lambda found: mask_email(found.group()), text)
    return _NUMBER.sub(lambda found: mask_phone(found.group()), text)
