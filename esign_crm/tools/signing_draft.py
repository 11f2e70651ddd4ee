"""What a signer has entered so far: taken only in the form that the signing page can show again."""

import json
import math
from collections.abc import Collection
from typing import Any

from . import signature_input
from .errors import EsignError, FieldValueError, TextError

MAX_DRAFT = 200_000


def pack(values: object, signature: object, known: Collection[str]) -> str:
    """Return the text that is kept of a draft, which is whatever a browser sent.

    :param values: ``{field id: what stands in it}``
    :param signature: as at signing, or none
    :param known: the ids of the fields that are asked of this signer
    :raise FieldValueError: ``field_invalid``, with the `field` where one is known
    :raise ImageError: of a signature
    """
    draft = {"values": _values(values, known), "signature": _signature(signature)}
    text = json.dumps(draft, ensure_ascii=False)
    if len(text) > MAX_DRAFT or not _is_text(text):
        raise FieldValueError("field_invalid")
    return text


def unpack(text: str | None, known: Collection[str]) -> dict[str, Any]:
    """Return ``{"values", "signature"}`` of what is kept, empty for nothing; what has another form is left out."""
    try:
        draft = json.loads(text or "null")
    except ValueError:
        return {}
    if not isinstance(draft, dict):
        return {}
    values = draft.get("values")
    given = values.items() if isinstance(values, dict) else ()
    try:
        signature = _signature(draft.get("signature"))
    except EsignError:
        signature = None
    return {
        "values": {key: value for key, value in given if key in known and _is_entry(value)},
        "signature": signature,
    }


def _values(values: object, known: Collection[str]) -> dict[str, Any]:
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise FieldValueError("field_invalid")
    for key, value in values.items():
        if key not in known or not _is_entry(value):
            raise FieldValueError("field_invalid", **({"field": int(key)} if key in known else {}))
    return values


def _is_entry(value: object) -> bool:
    """Tell whether this can stand in a field of the page; NaN is no JSON."""
    is_plain = value is None or isinstance(value, str | bool | int | float)
    return is_plain and not (isinstance(value, float) and not math.isfinite(value))


def _signature(signature: object) -> dict[str, Any] | None:
    """Return a signature as it is stored, None for one that is not begun or is too long to be one.

    Of a picture only that there is one, and the initials typed beside it: it is kept elsewhere.
    """
    if signature is None:
        return None
    try:
        if isinstance(signature, dict) and signature.get("method") == "image":
            return {"method": "image"} | signature_input.initials(signature)
        return signature_input.check(signature)
    except TextError:
        return None
    except FieldValueError as error:
        if error.code == "field_required" and isinstance(signature, dict):
            return None
        raise FieldValueError("field_invalid") from error


def _is_text(text: str) -> bool:
    """Tell whether UTF-8 can hold it: half of a surrogate pair is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
