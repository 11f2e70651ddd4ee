"""One family of errors for everything in `tools/`: a code, its parameters, an English sentence.

The models translate by `code`; a caller without Odoo prints `str(error)`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class _Blanks(dict):
    """Parameters of a sentence; one that was not given reads as three dots."""

    def __missing__(self, key: str) -> str:
        return "..."


class EsignError(Exception):
    """Base of all errors of `tools/`.

    :ivar code: stable machine word, e.g. ``"encrypted"``
    :ivar params: plain values (JSON types) that complete the sentence
    """

    default_sentence: ClassVar[str] = "The operation failed (%(code)s)."
    sentences: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, /, **params: Any) -> None:  # noqa: ANN401 - any JSON value
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        sentence = self.sentences.get(self.code, self.default_sentence)
        return sentence % _Blanks(self.params, code=self.code)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, **{self.params!r})"

    def __reduce__(self) -> tuple:
        return unpack, (self.pack(),)

    def pack(self) -> dict[str, Any]:
        """Return the error as JSON types, for the way out of the jail; see `unpack`."""
        return {"class": type(self).__name__, "code": self.code, "params": self.params}


class IntakeError(EsignError):
    """A PDF that cannot be taken in for signature."""

    default_sentence = "This PDF cannot be signed (%(code)s)."
    sentences = {
        "not_pdf": "This file is not a PDF.",
        "empty": "This file is empty.",
        "too_large": "This PDF is larger than %(limit_mb)s MB.",
        "encrypted": "This PDF is protected by a password or by restrictions. Save an unprotected copy first.",
        "already_signed": "This PDF already carries a digital signature, which signing here would break.",
        "xfa": "This PDF is a dynamic XFA form. Print it to a plain PDF first.",
        "no_pages": "This PDF has no pages.",
        "bad_page_count": "This PDF states another number of pages than it has.",
        "page_size": "Page %(page)s is smaller than 1 inch or larger than 200 inches.",
        "repeated_page": "Page %(page)s appears twice in the page list of this PDF.",
        "unreadable": "This PDF is damaged and cannot be read.",
        "truncated": "This PDF is incomplete: its end is missing.",
        "too_many_pages": "This PDF has more than %(limit)s pages.",
        "covered_box": "An annotation on page %(page)s would hide the field placed there.",
    }


class ImageError(EsignError):
    """An uploaded signature or stamp image that cannot be used."""

    default_sentence = "This image cannot be used (%(code)s)."
    sentences = {
        "not_an_image": "This file is not an image.",
        "unsupported": "Only PNG, JPEG and WebP images can be used.",
        "too_large": "This image is larger than 5 MB.",
        "too_many_pixels": "This image has more than 20 megapixels.",
        "blank": "This image is blank.",
        "unreadable": "This image is damaged and cannot be read.",
    }


class TextError(EsignError):
    """A text that cannot be drawn as it is."""

    default_sentence = "This text cannot be used (%(code)s)."
    sentences = {
        "missing_glyph": "These characters cannot be printed: %(characters)s",
        "too_long": "This text is longer than %(max_length)s characters.",
        "does_not_fit": "This text does not fit into its box.",
        "empty": "This text is empty.",
    }


class PaperError(EsignError):
    """An act that cannot be printed."""

    default_sentence = "This document cannot be printed (%(code)s)."
    sentences = {
        "no_printer": "WeasyPrint or its library Pango is not installed.",
        "missing_glyph": "These characters cannot be printed: %(characters)s",
    }


class JailError(EsignError):
    """The child process that reads foreign bytes was stopped or died."""

    default_sentence = "This file could not be read safely (%(code)s)."
    sentences = {
        "timeout": "This file took too long to read.",
        "crashed": "This file could not be read: the reader stopped unexpectedly.",
        "memory": "This file needs too much memory to be read.",
        "too_large": "This file unpacks to more data than is allowed.",
        "unavailable": "The reader of foreign files could not be started.",
    }


class SealError(EsignError):
    """The finished document could not be sealed."""

    default_sentence = "The document could not be sealed (%(code)s)."
    sentences = {
        "prefix_changed": "Sealing would have changed the bytes that were signed.",
        "unreadable": "The frozen document could not be read for sealing.",
        "no_timestamp": "The seal has no timestamp.",
        "self_check": "The sealed document did not pass its own verification.",
        "key": "The sealing key cannot be used.",
        "too_large": "The sealed document would be too large.",
    }


class TimestampError(EsignError):
    """The timestamp authority gave no usable timestamp."""

    default_sentence = "The timestamp authority gave no usable answer (%(code)s)."
    sentences = {
        "unreachable": "The timestamp authority cannot be reached.",
        "timeout": "The timestamp authority did not answer in time.",
        "refused": "The timestamp authority refused: %(words)s",
        "invalid": "The answer of the timestamp authority is not valid.",
    }


class VerificationError(EsignError):
    """A file could not be examined at all."""

    default_sentence = "This file could not be examined (%(code)s)."
    sentences = {
        "not_pdf": "This file is not a PDF.",
        "empty": "This file is empty.",
        "too_large": "This file is larger than 25 MB.",
        "unreadable": "This file is damaged and cannot be examined.",
        "busy": "Too many files are being examined just now. Try again in a minute.",
    }


class GatewayError(EsignError):
    """A provider of messages did not accept one.

    Optional parameters, also readable as attributes: `is_permanent` (a repetition cannot help),
    `is_outcome_unknown` (it may have been accepted), `words` (the provider's own, masked).
    """

    default_sentence = "The gateway did not accept the message (%(code)s). %(words)s"
    sentences = {
        "not_configured": "No gateway is set up for this channel.",
        "unreachable": "The gateway cannot be reached.",
        "timeout": "The gateway did not answer in time.",
        "hung_up": "The gateway closed the connection before it answered.",
        "refused": "The gateway refused the message: %(words)s",
        "bad_recipient": "The gateway refused the recipient: %(words)s",
        "bad_answer": "The gateway's answer could not be understood.",
        "redirected": "The gateway answered with a redirection, which is not followed.",
        "private_address": "The gateway's address leads into a private network, which is not allowed.",
        "bad_url": "The gateway's address is not a usable web address.",
    }

    @property
    def is_permanent(self) -> bool:
        """Whether sending the same again cannot succeed."""
        return bool(self.params.get("is_permanent"))

    @property
    def is_outcome_unknown(self) -> bool:
        """Whether the message may have been accepted although no receipt came."""
        return bool(self.params.get("is_outcome_unknown"))

    @property
    def words(self) -> str:
        """The provider's own words, without addresses and links."""
        return self.params.get("words") or ""


class MasterKeyError(EsignError):
    """The master key is missing or does not fit."""

    default_sentence = "The master key cannot be used (%(code)s)."
    sentences = {
        "malformed": "The master key must be 32 bytes, written in hexadecimal or base64.",
        "wrong_key": "This secret was not encrypted with this master key, or it was altered.",
        "other_key": "This is not the master key that the database was set up with.",
        "unknown_version": "This secret was written by a newer version of the addon.",
        "missing": "The master key is missing: restore %(path)s or set ESIGN_MASTER_KEY.",
        "unreadable": "The master key cannot be read: %(path)s",
        "open_to_others": "The master key %(path)s is open to other users of the machine: set its mode to 0600.",
    }


class ChainError(EsignError):
    """The audit trail was altered: says at which entry and how."""

    default_sentence = "The audit trail is broken at entry %(sequence)s (%(code)s)."
    sentences = {
        "gap": "Entry %(sequence)s of the audit trail is missing or out of order.",
        "previous_differs": "Entry %(sequence)s of the audit trail does not continue the one before it.",
        "hash_differs": "Entry %(sequence)s of the audit trail was altered.",
        "details_differ": "The details of entry %(sequence)s of the audit trail were altered.",
        "half_erased": "The details of entry %(sequence)s of the audit trail were erased only in part.",
        "head_differs": "The audit trail does not end where its record says it does.",
    }


class FieldValueError(EsignError):
    """A value that a field does not take; `field` is the field's id when known."""

    default_sentence = "This value cannot be used (%(code)s)."
    sentences = {
        "field_required": "A required field is empty.",
        "field_invalid": "This value does not fit its field.",
        "field_unknown": "This field does not exist or is not yours to fill in.",
    }


class RequisiteError(EsignError):
    """A tax or registration number that cannot be right; `kind` and `text` say which."""

    default_sentence = "“%(text)s” is not a %(kind)s (%(code)s)."
    sentences = {
        "wrong_form": "“%(text)s” does not have the form of a %(kind)s.",
        "wrong_digits": "“%(text)s” is mistyped: its check digit is not that of a %(kind)s.",
    }


def _classes() -> dict[str, type[EsignError]]:
    return {each.__name__: each for each in (EsignError, *EsignError.__subclasses__())}


def unpack(packed: Mapping[str, Any]) -> EsignError:
    """Return the error that `EsignError.pack` made plain.

    A class that is not of this family becomes a bare `EsignError`.
    """
    kind = _classes().get(packed["class"], EsignError)
    return kind(packed["code"], **packed["params"])
