"""Values of fields: what a browser sends, made normal or refused."""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from .errors import FieldValueError, ImageError, TextError
from .text import clean_lines, clean_name

MAX_TEXT = 500
MAX_LINES = 4000
MAX_IMAGE = 7_000_000  # base64 of 5 MB
_NUMBER = re.compile(r"^-?\d{1,15}([.,]\d{1,6})?$")


def normalise(
    kind: str,
    raw: Any,  # noqa: ANN401 - what a browser sent
    *,
    required: bool,
    field: int,
    options: Sequence[str] = (),
) -> str:
    """Return the stored text of a value: ``"1"`` or ``""`` for a checkbox, ISO 8601 for a date.

    :param kind: type of the field, as in `esign.field`
    :param field: id of the field, named in the error
    :param options: the answers of a choice
    :raise FieldValueError: ``field_required``, or ``field_invalid`` with a ``reason``
    """
    if kind == "checkbox":
        value = _checkbox(raw, field)
    else:
        value = _text(kind, raw, field)
        if value:
            _check_kind(kind, value, options, field)
    if required and not value:
        raise FieldValueError("field_required", field=field)
    return value


def image(raw: Any, *, required: bool, field: int) -> bytes:  # noqa: ANN401
    """Return the bytes of an image sent as base64 or as a ``data:`` address; none for none.

    :raise FieldValueError: ``field_required``, or ``field_invalid`` for what is no text
    :raise ImageError: ``too_large``, ``unreadable``; with the `field`
    """
    if raw in (None, "", False):
        if required:
            raise FieldValueError("field_required", field=field)
        return b""
    if not isinstance(raw, str):
        raise FieldValueError("field_invalid", field=field)
    if len(raw) > MAX_IMAGE:
        raise ImageError("too_large", field=field)
    encoded = raw.partition(",")[2] if raw.startswith("data:") else raw
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImageError("unreadable", field=field) from error


def _checkbox(raw: Any, field: int) -> str:  # noqa: ANN401
    if raw not in (True, False, None, "", "1"):
        raise FieldValueError("field_invalid", field=field, reason="checkbox")
    return "1" if raw in (True, "1") else ""


def _text(kind: str, raw: Any, field: int) -> str:  # noqa: ANN401
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise FieldValueError("field_invalid", field=field)
    try:
        if kind == "multiline":
            return clean_lines(str(raw), MAX_LINES)
        return clean_name(str(raw), MAX_TEXT)
    except TextError as error:
        raise FieldValueError(
            "field_invalid", field=field, reason="too_long", limit=error.params["max_length"]
        ) from error


def _check_kind(kind: str, text: str, options: Sequence[str], field: int) -> None:
    is_fine = {
        "number": lambda: _NUMBER.match(text.replace(" ", "").replace("\u00a0", "")),
        "date": lambda: _is_iso_date(text),
        "choice": lambda: text in options,
    }.get(kind, lambda: True)()
    if not is_fine:
        raise FieldValueError("field_invalid", field=field, reason=kind)


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
