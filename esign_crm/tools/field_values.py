"""Values of fields: what a browser sends, made normal or refused."""

import re
from datetime import date
from typing import Any

from .errors import FieldValueError, TextError
from .text import clean_lines, clean_name

MAX_TEXT = 500
MAX_LINES = 4000
_NUMBER = re.compile(r"^-?\d{1,15}([.,]\d{1,6})?$")


def normalise(kind: str, raw: Any, is_required: bool, *, field: int) -> str:  # noqa: ANN401, FBT001 - what a browser sent
    """Return the stored text of a value: ``"1"`` or ``""`` for a checkbox, ISO 8601 for a date.

    :param kind: type of the field, as in `esign.field`
    :param field: id of the field, named in the error
    :raise FieldValueError: ``field_required`` or ``field_invalid``
    """
    value = _checkbox(raw, field) if kind == "checkbox" else _text(kind, raw, field)
    if is_required and not value:
        raise FieldValueError("field_required", field=field)
    return value


def _checkbox(raw: Any, field: int) -> str:  # noqa: ANN401
    if raw not in (True, False, None, "", "1"):
        raise FieldValueError("field_invalid", field=field)
    return "1" if raw in (True, "1") else ""


def _text(kind: str, raw: Any, field: int) -> str:  # noqa: ANN401
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise FieldValueError("field_invalid", field=field)
    try:
        text = (
            clean_lines(str(raw), MAX_LINES)
            if kind == "multiline"
            else clean_name(str(raw), MAX_TEXT)
        )
    except TextError as error:
        raise FieldValueError("field_invalid", field=field) from error
    if text and kind == "number" and not _NUMBER.match(text.replace(" ", "").replace("\u00a0", "")):
        raise FieldValueError("field_invalid", field=field)
    return _iso_date(text, field) if text and kind == "date" else text


def _iso_date(text: str, field: int) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FieldValueError("field_invalid", field=field) from error
