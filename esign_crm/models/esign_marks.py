"""What is drawn into the boxes of a document: from stored values to marks."""

import base64

from odoo import fields
from odoo.tools import format_date

from ..tools import field_types
from ..tools.errors import FieldValueError, ImageError, TextError
from ..tools.pdf import fonts
from ..tools.pdf.geometry import Box
from ..tools.pdf.overlay import (
    CheckContent,
    ImageContent,
    Mark,
    NameContent,
    StrokesContent,
    TextContent,
    check_mark,
    is_caption_easy_to_read,
    letters_that_fit,
)
from .esign_moments import paper_moment

# The least that will stand in a box of such a type.
PLACEHOLDERS = {
    "date_signed": "2088-12-28",
    "document_number": "ES00000000",
    "number": "0",
    "date": "2088-12-28",
    "text": "x",
    "multiline": "x",
}


def value_mark(field, value):
    """Return the mark of a field with a value of its own, or None where nothing is drawn.

    :param value: a text, or the PNG of a stamp
    """
    if not value:
        return None
    if isinstance(value, bytes):
        return Mark(box=_box(field), content=ImageContent(png=value))
    if field.type == "checkbox":
        return Mark(box=_box(field), content=CheckContent())
    return Mark(box=_box(field), content=_text_content(field, _as_read(field, value)))


def ink_mark(field, signature, signed_at):
    """Return the mark of a signature, or of initials made of it.

    :param dict signature: as ``tools.signature_input.check`` returns it
    :param datetime signed_at: naive UTC
    """
    if field.type == "initials":
        return Mark(box=_box(field), content=_signature_content(_initials(signature)))
    return signature_mark(field, signature, signed_at)


def signature_mark(field, signature, signed_at):
    """Return the mark of a signature with the signer's name, his position where there is room, and the time below it."""
    return Mark(
        box=_box(field), content=_signature_content(signature), caption=_caption(field, signed_at)
    )


def _caption(field, signed_at):
    signer, request = field.signer_id, field.request_id
    when = paper_moment(signed_at, request._timezone(), request._paper_lang())
    full = f"{signer.name}, {signer.position}\n{when}"
    if signer.position and is_caption_easy_to_read(full, *box_points(field)):
        return full
    return f"{signer.name} · {when}"


def stored_mark(field):
    """Return the mark of a field as it was filled, or None; for whoever draws the finished document (sudo)."""
    if field.type in field_types.FROM_SIGNATURE:
        signer = field.signer_id
        return ink_mark(field, signer._signature_sudo(), signer.signed_at)
    if field.type == "stamp":
        return value_mark(field, field._image_sudo()) if field.value else None
    return value_mark(field, field.value)


def page_size(field):
    """Return width and height of the field's page as displayed, in points."""
    page = field.request_id.uploaded_document_id.page_facts[field.page - 1]
    return page["width"], page["height"]


def box_points(field):
    """Return width and height of the field's box, in points."""
    width, height = page_size(field)
    return field.width * width, field.height * height


def room(field):
    """Return about how many letters fit into the field's box at the smallest size."""
    return letters_that_fit(_box(field), _text_content(field, ""), page_size(field))


def check_fits(field, mark):
    """Raise what drawing ``mark`` would raise, before it is too late.

    :raises TextError: it does not fit (with the ``limit``), or has letters that no font has; names the ``field``
    """
    size = page_size(field)
    try:
        check_mark(mark, size)
    except TextError as error:
        params = {"field": field.id, **error.params}
        if error.code == "does_not_fit" and isinstance(mark.content, TextContent):
            params["limit"] = letters_that_fit(mark.box, mark.content, size)
        raise TextError(error.code, **params) from error


def check_box(field):
    """Raise if not even the least that will stand in the box fits into it.

    :raises TextError: too small a box, or a signer's name with letters that no font has
    """
    if field.type in field_types.FROM_SIGNATURE:
        typed = {"method": "typed", "name": field.signer_id.name}
        check_fits(field, ink_mark(field, typed, fields.Datetime.now()))
    for text in _least(field):
        check_fits(field, value_mark(field, text))


def check_value(field, value):
    """Raise if a value cannot be drawn into its box.

    :raises FieldValueError: names the field
    """
    mark = value_mark(field, value)
    if mark:
        _as_field_error(field, mark)


def check_signature(boxes, signature):
    """Raise if the signature cannot be drawn into the boxes for it and its initials.

    :raises FieldValueError: names the field, or the ``hand`` that would do
    """
    check_hand(signature)
    for field in boxes:
        _as_field_error(field, ink_mark(field, signature, fields.Datetime.now()))


def check_hand(signature):
    """Raise if the chosen hand lacks letters of the typed name that another one has.

    :raises FieldValueError: ``missing_in_hand`` with the ``characters``, and the ``hand`` that has them all
    """
    better = signature.get("hand") and fonts.better_hand(signature["name"], signature["hand"])
    if better:
        characters, hand = better
        raise FieldValueError(
            "field_invalid", reason="missing_in_hand", characters=characters, hand=hand
        )


def _least(field):
    if field.type == "choice":
        return field_types.options(field.options)
    return [PLACEHOLDERS[field.type]] if field.type in PLACEHOLDERS else []


def _as_field_error(field, mark):
    try:
        check_fits(field, mark)
    except ImageError as error:
        raise ImageError(error.code, field=field.id) from error
    except TextError as error:
        reason = {"reason": error.code, "characters": error.params.get("characters", "")}
        if "limit" in error.params:
            reason["limit"] = error.params["limit"]
        raise FieldValueError("field_invalid", field=field.id, **reason) from error


def _box(field):
    return Box(page=field.page, x=field.x, y=field.y, width=field.width, height=field.height)


def _as_read(field, value):
    """Return a stored value as people read it: a date the way the document's language writes it."""
    if field.type not in field_types.DATES:
        return value
    return format_date(field.env, value, lang_code=field.request_id._paper_lang())


def _text_content(field, text):
    return TextContent(text=text, multiline=field.type in field_types.LINES)


def _initials(signature):
    """Return the signature that initials are drawn from: what was typed for them, of a typed name its first letters."""
    if signature.get("initials"):
        return {"method": "typed", "name": signature["initials"]}
    if signature["method"] != "typed":
        return signature
    return signature | {"name": field_types.initials(signature["name"])}


def _signature_content(signature):
    if signature["method"] == "typed":
        return NameContent(
            text=signature["name"], hand=fonts.HANDS[signature.get("hand", "simple")]
        )
    if signature["method"] == "drawn":
        width, height = signature["width"], signature["height"]
        strokes = [
            [(x / width, y / height, ms) for x, y, ms in stroke] for stroke in signature["strokes"]
        ]
        return StrokesContent(strokes=strokes, aspect=width / height)
    return ImageContent(png=base64.b64decode(signature["image"]))
