"""What is drawn into the boxes of a document: from stored values to marks."""

import base64

from odoo import fields

from ..tools.errors import FieldValueError, TextError
from ..tools.pdf.geometry import Box
from ..tools.pdf.overlay import (
    CheckContent,
    ImageContent,
    Mark,
    NameContent,
    StrokesContent,
    TextContent,
    check_mark,
)

PLACEHOLDERS = {
    "date_signed": "0000-00-00",
    "document_number": "ES00000000",
    "number": "0",
    "date": "0000-00-00",
}


def value_mark(field, value):
    """Return the mark of a field with a text value, or None where nothing is drawn."""
    if field.type == "checkbox":
        return Mark(box=_box(field), content=CheckContent()) if value else None
    return Mark(
        box=_box(field), content=TextContent(text=value, multiline=field.type == "multiline")
    )


def signature_mark(field, signature, signed_at):
    """Return the mark of a signature with the signer's name and the time below it.

    :param dict signature: as ``tools.signature_input.check`` returns it
    :param datetime signed_at: naive UTC
    """
    request = field.request_id
    moment = fields.Datetime.context_timestamp(
        field.with_context(tz=request._timezone()), signed_at
    )
    caption = f"{field.signer_id.name} · {moment:%d.%m.%Y %H:%M %Z}"
    return Mark(box=_box(field), content=_signature_content(signature), caption=caption)


def check_fits(field, mark):
    """Raise what drawing ``mark`` would raise, before it is too late.

    :raises TextError: it does not fit, or has letters that no font has; names the ``field``
    """
    page = field.request_id.uploaded_document_id.page_facts[field.page - 1]
    try:
        check_mark(mark, (page["width"], page["height"]))
    except TextError as error:
        raise TextError(error.code, **{**error.params, "field": field.id}) from error


def check_box(field):
    """Raise if not even the least that will stand in the box fits into it.

    :raises TextError: too small a box, or a signer's name with letters that no font has
    """
    if field.type == "signature":
        typed = {"method": "typed", "name": field.signer_id.name}
        check_fits(field, signature_mark(field, typed, fields.Datetime.now()))
    elif field.type in PLACEHOLDERS:
        check_fits(field, value_mark(field, PLACEHOLDERS[field.type]))


def check_values(values, signature_fields, signature):
    """Raise if a value or the signature cannot be drawn into its box.

    :param dict values: {field: normal text}
    :raises FieldValueError: names the field
    """
    for field, value in values.items():
        mark = value_mark(field, value) if value else None
        if mark:
            _as_field_error(field, mark)
    for field in signature_fields:
        _as_field_error(field, signature_mark(field, signature, fields.Datetime.now()))


def _as_field_error(field, mark):
    try:
        check_fits(field, mark)
    except TextError as error:
        raise FieldValueError("field_invalid", field=field.id, **_reason(error)) from error


def _reason(error):
    return {"reason": error.code, "characters": error.params.get("characters", "")}


def _box(field):
    return Box(page=field.page, x=field.x, y=field.y, width=field.width, height=field.height)


def _signature_content(signature):
    if signature["method"] == "typed":
        return NameContent(text=signature["name"])
    if signature["method"] == "drawn":
        width, height = signature["width"], signature["height"]
        strokes = [
            [(x / width, y / height, ms) for x, y, ms in stroke] for stroke in signature["strokes"]
        ]
        return StrokesContent(strokes=strokes, aspect=width / height)
    return ImageContent(png=base64.b64decode(signature["image"]))
