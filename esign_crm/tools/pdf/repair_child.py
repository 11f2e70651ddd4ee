"""The jail's task of mending a PDF: its tables rewritten, its protection taken off, its loose parts drawn into the pages."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pikepdf

from ..errors import IntakeError
from . import unpacking

MAX_FIELDS = 20_000


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[list[str], dict]:
    """Return what was done and the mended file.

    :param arguments: ``how``: ``repair`` or ``flatten``
    """
    unpacking.check(files["pdf"])
    try:
        with pikepdf.open(BytesIO(files["pdf"]), suppress_warnings=True) as pdf:
            done = _flatten(pdf) if arguments["how"] == "flatten" else _repair(pdf)
            return done, {"pdf": _saved(pdf)}
    except pikepdf.PasswordError as error:
        raise IntakeError("encrypted") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise IntakeError("unreadable", detail=type(error).__name__) from error


def _repair(pdf: pikepdf.Pdf) -> list[str]:
    """Return what saving alone mends; a file that only an owner's password restricts opens without one."""
    return ["unprotected"] if pdf.is_encrypted else ["repaired"]


def _flatten(pdf: pikepdf.Pdf) -> list[str]:
    """Draw form fields and notes into the pages.

    :raise IntakeError: ``unreadable``: values would be lost on the way
    """
    form = pdf.Root.get("/AcroForm")
    if form is not None and form.get("/NeedAppearances", False):
        # qpdf draws the looks that are missing, and knows no letters but these
        if not all(map(str.isascii, _values(form))):
            raise IntakeError("unreadable", detail="letters")
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    return ["flattened"]


def _values(form: pikepdf.Object) -> list[str]:
    """Return what stands in a form's fields."""
    waiting, values = list(form.get("/Fields", [])), []
    while waiting:
        field = waiting.pop()
        if len(values) > MAX_FIELDS:
            raise IntakeError("unreadable", detail="fields")
        values.append(str(field.get("/V", "")))
        waiting += list(field.get("/Kids", []))
    return values


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    # the same bytes for the same file
    pdf.save(out, encryption=False, deterministic_id=True)
    return out.getvalue()
