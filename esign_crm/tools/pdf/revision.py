"""Add to a PDF without touching a byte of it: one appended revision."""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from . import graphics_state
from .page_tree import entry, inherited, items

Name = generic.NameObject
Dictionary = generic.DictionaryObject
RandomBytes = Callable[[int], bytes]
Matrix = tuple[float, float, float, float, float, float]


class Revision(IncrementalPdfFileWriter):
    """A writer that leaves the document's own metadata alone.

    pyHanko would stamp it with the machine's clock and parse foreign XMP on the way.
    """

    def _update_meta(self) -> None:
        pass


def own_random_bytes(seed: bytes) -> RandomBytes:
    """Return a source of bytes that is fixed by the seed: for names that need only be new."""
    state = hashlib.sha256(seed)

    def draw(count: int) -> bytes:
        state.update(b"next")
        return state.digest()[:count]

    return draw


def import_pages(
    writer: IncrementalPdfFileWriter, pdf: bytes
) -> list[tuple[generic.IndirectObject, Dictionary, list[float]]]:
    """Return contents, resources and media box of the pages of a PDF of ours, copied into `writer`.

    All in one go, so that what the pages share (fonts) is shared in the copy too.
    """
    kids = PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]
    pages = items(kids)
    wanted = generic.ArrayObject()
    for page in pages:
        wanted += [page.raw_get("/Contents"), inherited(page, "/Resources")]
    wanted.container_ref = kids.get_container_ref()
    copied = list(writer.import_object(wanted))  # raw items: references stay references
    boxes = [[float(each) for each in items(inherited(page, "/MediaBox"))] for page in pages]
    pairs = zip(copied[::2], copied[1::2], strict=True)
    return [(contents, own, box) for (contents, own), box in zip(pairs, boxes, strict=True)]


def import_forms(writer: IncrementalPdfFileWriter, pdf: bytes) -> list[generic.IndirectObject]:
    """Return each page of a PDF of ours as a form XObject in `writer`."""
    forms = []
    for contents, resources, box in import_pages(writer, pdf):
        form = contents.get_object()
        form[Name("/Type")], form[Name("/Subtype")] = Name("/XObject"), Name("/Form")
        form[Name("/BBox")] = numbers(box)
        form[Name("/Resources")] = resources
        forms.append(contents)
    return forms


def numbers(values: Iterable[float]) -> generic.ArrayObject:
    """Return an array of numbers."""
    return generic.ArrayObject(generic.FloatObject(round(value, 4)) for value in values)


def add_page(
    writer: IncrementalPdfFileWriter,
    contents: generic.IndirectObject,
    resources: Dictionary,
    box: list[float],
) -> None:
    """Put a page behind the document's last one, on the root of the page tree."""
    root_link = writer.root.raw_get("/Pages")
    root = root_link.get_object()
    page = {
        "/Type": Name("/Page"),
        "/Parent": root_link,
        "/MediaBox": numbers(box),
        "/CropBox": numbers(box),
        "/Rotate": generic.NumberObject(0),
        "/Resources": resources,
        "/Contents": contents,
    }
    kids = root["/Kids"]
    kids.append(writer.add_object(Dictionary({Name(key): page[key] for key in page})))
    root[Name("/Count")] = generic.NumberObject(int(root["/Count"]) + 1)
    writer.update_container(root)
    writer.update_container(kids)


class PagePainter:
    """Draws form XObjects above the content of pages, in one revision.

    Equal streams of operators are written once.
    """

    def __init__(self, writer: IncrementalPdfFileWriter) -> None:
        self._writer = writer
        self._streams: dict[bytes, generic.IndirectObject] = {}

    def paint(
        self, page: Dictionary, draws: Iterable[tuple[str, generic.IndirectObject, Matrix]]
    ) -> None:
        """Draw on a page.

        :param draws: name, form, and the matrix from the form to the page's own coordinates
        """
        draws = list(draws)
        contents = _content_references(page)
        streams = [
            each for link in contents if isinstance(each := link.get_object(), generic.StreamObject)
        ]
        state = graphics_state.balance(streams)
        # ISO 32000-1, 8.4.2: saves and restores are balanced within a page's content
        before = b"q " * (1 + state.surplus)
        after = b"\n" + b"Q " * (1 + state.unclosed)
        for name, _form, matrix in draws:
            placed = " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in matrix)
            after += f"\nq {placed} cm /{name} Do Q".encode()
        page[Name("/Contents")] = generic.ArrayObject(
            [self._stream(before), *contents, self._stream(after)]
        )
        page[Name("/Resources")] = _with_forms(page, draws)
        self._writer.update_container(page)

    def _stream(self, operators: bytes) -> generic.IndirectObject:
        if operators not in self._streams:
            stream = generic.StreamObject(stream_data=operators)
            self._streams[operators] = self._writer.add_object(stream)
        return self._streams[operators]


def _content_references(page: Dictionary) -> list[generic.PdfObject]:
    contents = entry(page, "/Contents")
    if contents is None:
        return []
    if isinstance(contents, generic.ArrayObject):
        return [contents.raw_get(index) for index in range(len(contents))]
    return [page.raw_get("/Contents")]


def _with_forms(
    page: Dictionary, draws: Iterable[tuple[str, generic.IndirectObject, Matrix]]
) -> Dictionary:
    """Return the page's resources and these forms, as a dictionary of this page alone."""
    resources = _copy(inherited(page, "/Resources"))
    forms = _copy(entry(resources, "/XObject"))
    for name, form, _matrix in draws:
        forms[Name(f"/{name}")] = form
    resources[Name("/XObject")] = forms
    return resources


def _copy(source: generic.PdfObject | None) -> Dictionary:
    if not isinstance(source, Dictionary):
        return Dictionary()
    return Dictionary({key: source.raw_get(key) for key in source})
