"""What a document holds beside its pages: signatures, forms, scripts, attachments, layers, notes."""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from ..errors import IntakeError
from .geometry import PageGeometry, Rectangle, normalised
from .page_tree import entry, items

MAX_FIELDS = 20_000
# ISO 32000-1, tables 165 and 169: flags that keep an annotation off the screen; kinds that lie
# beside the page or let it show through.
HIDDEN, NO_VIEW = 1 << 1, 1 << 5
HARMLESS = {
    "/Link",
    "/Popup",
    "/Highlight",
    "/Underline",
    "/Squiggly",
    "/StrikeOut",
    "/PrinterMark",
}
FILE_KINDS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
SCRIPT_KINDS = {"/JavaScript", "/Launch"}

Dictionary = generic.DictionaryObject


def refuse_signed_and_xfa(handler: PdfHandler) -> None:
    """Refuse documents whose signature would break, or whose look is not in their pages.

    :raise IntakeError: ``already_signed`` or ``xfa``
    """
    form = _dictionary(handler.root, "/AcroForm")
    if form is not None and entry(form, "/XFA") is not None:
        raise IntakeError("xfa")
    if entry(handler.root, "/NeedsRendering"):
        raise IntakeError("xfa")
    has_permissions = bool(_dictionary(handler.root, "/Perms"))
    if has_permissions or (form is not None and any(map(_is_signature, _fields(form)))):
        raise IntakeError("already_signed")


def _is_signature(field: Dictionary) -> bool:
    return entry(field, "/FT") == "/Sig" and entry(field, "/V") is not None


def _fields(form: Dictionary) -> Iterator[Dictionary]:
    """Yield all fields of a form and their parts, each once."""
    waiting, seen = [entry(form, "/Fields")], set()
    while waiting:
        group = waiting.pop()
        for field in items(group) if isinstance(group, generic.ArrayObject) else ():
            if not isinstance(field, Dictionary) or id(field) in seen:
                continue
            seen.add(id(field))
            if len(seen) > MAX_FIELDS:
                raise IntakeError("unreadable")
            yield field
            waiting.append(entry(field, "/Kids"))


def warnings(handler: PdfHandler, annotations: list[Dictionary]) -> tuple[str, ...]:
    """Return the codes of what signers should know of."""
    root = handler.root
    names = _dictionary(root, "/Names") or Dictionary()
    form = _dictionary(root, "/AcroForm") or Dictionary()
    kinds = {str(entry(each, "/Subtype")) for each in annotations}
    found = {
        "javascript": "/JavaScript" in names
        or _runs_script(root)
        or any(map(_runs_script, annotations)),
        "attachments": "/EmbeddedFiles" in names or "/AF" in root or bool(kinds & FILE_KINDS),
        "layers": "/OCProperties" in root,
        "form": bool(entry(form, "/Fields")),
        "annotations": bool(kinds - HARMLESS - {"/Widget"}),
    }
    return tuple(code for code, is_there in found.items() if is_there)


def _runs_script(holder: Dictionary) -> bool:
    """Whether opening or touching this starts a script or a program."""
    actions = [entry(holder, "/OpenAction"), entry(holder, "/A")]
    actions += [entry(holder, "/AA")] if "/AA" in holder else []
    further = entry(holder, "/AA")
    if isinstance(further, Dictionary):
        actions += [entry(further, key) for key in further]
    dictionaries = [each for each in actions if isinstance(each, Dictionary)]
    return any(entry(each, "/S") in SCRIPT_KINDS for each in dictionaries)


def annotations(page: Dictionary) -> list[Dictionary]:
    """Return a page's annotations."""
    found = entry(page, "/Annots")
    if not isinstance(found, generic.ArrayObject):
        return []
    return [each for each in items(found) if isinstance(each, Dictionary)]


def covers(found: list[Dictionary], geometry: PageGeometry) -> list[Rectangle]:
    """Return where annotations would hide a mark: `(x, y, width, height)` ratios of the page."""
    areas = [_area(each, geometry) for each in found if _is_shown(each)]
    return [area for area in areas if area]


def _is_shown(annotation: Dictionary) -> bool:
    """Whether a viewer draws this annotation above the page and nothing shines through."""
    flags = entry(annotation, "/F")
    if str(entry(annotation, "/Subtype")) in HARMLESS or int(flags or 0) & (HIDDEN | NO_VIEW):
        return False
    look = _dictionary(annotation, "/AP")
    if look is not None and entry(look, "/N") is not None:
        return True
    style = _dictionary(
        annotation, "/MK"
    )  # viewers paint a form's field by this when it has no look
    return style is not None and bool(entry(style, "/BG"))


def _area(annotation: Dictionary, geometry: PageGeometry) -> Rectangle | None:
    corners = entry(annotation, "/Rect")
    if not isinstance(corners, generic.ArrayObject) or len(corners) != 4:
        return None
    x, y, width, height = geometry.displayed(normalised([float(each) for each in items(corners)]))
    left, top = max(x, 0.0), max(y, 0.0)
    right, bottom = min(x + width, 1.0), min(y + height, 1.0)
    if left >= right or top >= bottom:
        return None
    return tuple(round(each, 5) for each in (left, top, right - left, bottom - top))


def _dictionary(holder: Dictionary, key: str) -> Dictionary | None:
    found = entry(holder, key)
    return found if isinstance(found, Dictionary) else None
