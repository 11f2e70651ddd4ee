"""Decide whether a PDF can be signed here, and tell what its pages are like.

Foreign bytes go through `inspect_in_jail`; `inspection` is what the child does.
"""

from ..errors import IntakeError, JailError
from . import jail
from .facts import PageFacts, PdfFacts, page_from_json

__all__ = ["PageFacts", "PdfFacts", "inspect", "inspect_in_jail", "span"]

MAX_BYTES = 25 << 20
HEADER, END = b"%PDF-", b"%%EOF"
HEADER_WITHIN = 1024  # where viewers look for it
LIMITS = jail.Limits(seconds=45, cpu_seconds=30)  # it is read and its first page drawn
WARNINGS = ("javascript", "attachments", "layers", "form", "annotations")


def inspect_in_jail(pdf: bytes) -> PdfFacts:
    """Return what is known of a foreign PDF, which is read in a child process only.

    :raise IntakeError: it cannot be signed; says why
    :raise JailError: the child could not read it within its limits
    """
    start, end = span(pdf)
    content = pdf[start:end]
    found = jail.call("intake.inspect", files={"pdf": content}, limits=LIMITS).value
    try:
        pages = tuple(page_from_json(page) for page in found["pages"])
        warnings = tuple(code for code in WARNINGS if code in found["warnings"])
    except (KeyError, TypeError, ValueError) as error:
        raise JailError("crashed", detail="facts") from error
    return PdfFacts(content, pages, warnings)


def inspect(pdf: bytes) -> PdfFacts:
    """Return what is known of a PDF, read in this very process: for bytes of our own.

    :raise IntakeError: it cannot be signed; says why
    :raise JailError: ``too_large`` when it unpacks to too much
    """
    from .inspection import inspect_content  # noqa: PLC0415 - what it loads is for the child

    start, end = span(pdf)
    return inspect_content(pdf[start:end])


def span(pdf: bytes) -> tuple[int, int]:
    """Return where the document in these bytes begins and ends, without rubbish around it.

    :raise IntakeError: ``empty``, ``too_large``, ``not_pdf`` or ``truncated``
    """
    if not pdf:
        raise IntakeError("empty")
    if len(pdf) > MAX_BYTES:
        raise IntakeError("too_large", limit_mb=MAX_BYTES >> 20)
    start = pdf.find(HEADER, 0, HEADER_WITHIN + len(HEADER))
    if start < 0:
        raise IntakeError("not_pdf")
    end = pdf.rfind(END, start)
    if end < 0:
        raise IntakeError("truncated")
    end += len(END)
    rest = pdf[end:]
    if not rest.strip():
        return start, len(pdf)
    line_end = next((each for each in (b"\r\n", b"\n", b"\r") if rest.startswith(each)), b"")
    return start, end + len(line_end)
