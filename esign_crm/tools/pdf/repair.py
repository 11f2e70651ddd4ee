"""Take in a foreign PDF: as it is, or mended first where that keeps what people see.

pikepdf (qpdf) rewrites in the jail; what it made is inspected like any other file.
"""

import hashlib
import logging
from dataclasses import replace

from ..errors import EsignError, IntakeError
from . import intake, jail
from .facts import PdfFacts

_logger = logging.getLogger(__name__)

REPAIRABLE = {"unreadable", "encrypted"}
CHANGES = ("repaired", "unprotected", "flattened")


def take_in(pdf: bytes) -> PdfFacts:
    """Return what is known of a PDF, of its mended copy where it had to be; `changes` says what was done.

    :raise IntakeError: it cannot be signed, mended neither; says why
    :raise JailError: the child could not read it within its limits
    """
    try:
        facts = intake.inspect_in_jail(pdf)
    except IntakeError as error:
        if error.code not in REPAIRABLE:
            raise
        facts = _repaired(pdf, error)
    if _has_loose_parts(facts):
        facts = _flattened(facts)
    if facts.content == pdf:
        return facts
    return replace(facts, original_sha256=hashlib.sha256(pdf).hexdigest())


def _has_loose_parts(facts: PdfFacts) -> bool:
    """Whether something lies above the pages that would hide marks, or that can be changed later."""
    is_covered = any(page.covers for page in facts.pages)
    return is_covered or bool({"form", "annotations"} & set(facts.warnings))


def _repaired(pdf: bytes, refusal: IntakeError) -> PdfFacts:
    try:
        return _mended(pdf, "repair")
    except EsignError as error:
        # the first reader's words are the ones that people can act on
        _logger.info("a PDF could not be mended either: %s", error.code)
        if isinstance(error, IntakeError) and error.code not in REPAIRABLE:
            raise
        raise refusal from error


def _flattened(facts: PdfFacts) -> PdfFacts:
    """Return the facts of the flattened file; of the given one when it cannot be flattened without loss."""
    try:
        mended = _mended(facts.content, "flatten")
    except EsignError as error:
        _logger.info("a PDF stays with its loose parts: %s", error.code)
        return facts
    return replace(mended, changes=facts.changes + mended.changes)


def _mended(pdf: bytes, how: str) -> PdfFacts:
    start, end = intake.span(pdf)
    answer = jail.call("repair.mend", files={"pdf": pdf[start:end]}, arguments={"how": how})
    changes = tuple(code for code in CHANGES if code in answer.value)
    return replace(intake.inspect_in_jail(answer.files["pdf"]), changes=changes)
