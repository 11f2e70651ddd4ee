"""PDFs made in memory for the tests: plain ones and the awkward cases.

All but the encrypted ones are written byte by byte, without any library; equal arguments give
equal bytes. `SEALABLE` and `REFUSED` list the cases with what intake must answer to each.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from types import MappingProxyType

CATALOG, ROOT, FONT, EXTRA = 1, 2, 3, 4  # object numbers; EXTRA and 5 to 9 are free for a case
FIRST_PAGE = 10  # then its content, then the next page
Entries = Mapping[str, bytes | None]


def plain_pdf(pages: int = 1, text: str = "Act of completed works") -> bytes:
    """Return an A4 document with `text` and the page's number at the top of each page."""
    return document([page(content=show_text(f"{text} - {n + 1}")) for n in range(pages)])


def write_pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file with these numbered objects and a classic xref table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    rows = [b"0000000000 65535 f \n"]
    for number in range(1, max(objects) + 1):
        is_used = number in objects
        rows.append(
            b"%010d %s \n" % (len(out) if is_used else 0, b"00000 n" if is_used else b"65535 f")
        )
        if is_used:
            out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    head = b"<</Size %d/Root %d 0 R/ID[<01><02>]%s>>" % (len(rows), CATALOG, trailer)
    end = b"xref\n0 %d\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (len(rows), b"".join(rows), head, len(out))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object of these bytes."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def show_text(text: str, *, x: float = 60, y: float = 760, size: float = 18) -> bytes:
    """Return page content that shows one line in Helvetica."""
    shown = text.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        shown = shown.replace(special, b"\\" + special)
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, x, y, shown)


def page(*, content: bytes | None = show_text("Contract"), **entries: bytes | None) -> tuple:
    """Return a page for `document`; an entry of None is left out."""
    defaults = {
        "Type": b"/Page",
        "Parent": b"%d 0 R" % ROOT,
        "MediaBox": b"[0 0 595 842]",
        "Resources": b"<</Font<</F1 %d 0 R>>>>" % FONT,
    }
    return {**defaults, **entries}, content


def dictionary(entries: Entries) -> bytes:
    """Return a dictionary object."""
    pairs = (b"/%s %s" % (k.encode(), value) for k, value in entries.items() if value is not None)
    return b"<<%s>>" % b"".join(pairs)


def objects_of(
    pages: Sequence[tuple],
    *,
    catalog: Entries = MappingProxyType({}),
    root: Entries = MappingProxyType({}),
    extra: Mapping[int, bytes] = MappingProxyType({}),
) -> dict[int, bytes]:
    """Return the numbered objects of a document with a flat page tree."""
    objects = {FONT: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", **extra}
    kids = []
    for index, (entries, content) in enumerate(pages):
        number = FIRST_PAGE + 2 * index
        kids.append(b"%d 0 R" % number)
        contents = {} if content is None else {"Contents": b"%d 0 R" % (number + 1)}
        objects[number] = dictionary({**entries, **contents})
        if content is not None:
            objects[number + 1] = stream(content)
    tree = {"Type": b"/Pages", "Kids": b"[%s]" % b" ".join(kids), "Count": b"%d" % len(kids)}
    objects[ROOT] = dictionary({**tree, **root})
    objects[CATALOG] = dictionary({"Type": b"/Catalog", "Pages": b"%d 0 R" % ROOT, **catalog})
    return objects


def document(pages: Sequence[tuple], **parts: Mapping) -> bytes:
    """Return a document; see `objects_of` for its parts."""
    return write_pdf(objects_of(pages, **parts))


def nested_pdf(pages: int = 9, fan_out: int = 3) -> bytes:
    """Return a document whose pages hang on intermediate nodes that pass down their size."""
    objects = objects_of([page(MediaBox=None) for _ in range(pages)])
    numbers = range(FIRST_PAGE, FIRST_PAGE + 2 * pages, 2)
    nodes = []
    for start in range(0, pages, fan_out):
        node, group = max(objects) + 1, numbers[start : start + fan_out]
        nodes.append(b"%d 0 R" % node)
        for number in group:
            objects[number] = objects[number].replace(b"/Parent 2 0 R", b"/Parent %d 0 R" % node)
        kids = b" ".join(b"%d 0 R" % number for number in group)
        objects[node] = (
            b"<</Type/Pages/Parent 2 0 R/MediaBox[0 0 420 595]/Rotate 90/Kids[%s]/Count %d>>"
            % (kids, len(group))
        )
    objects[ROOT] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(nodes), pages)
    return write_pdf(objects)


def object_stream_pdf(pages: int = 3) -> bytes:
    """Return a PDF 1.5 file: dictionaries in an object stream, an xref stream."""
    objects = objects_of([page(content=show_text(f"Page {n + 1}")) for n in range(pages)])
    packed = {n: body for n, body in objects.items() if not body.endswith(b"endstream")}
    container, own = max(objects) + 1, max(objects) + 2
    index, bodies = b"", b""
    for number, body in packed.items():
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(packed), len(index))
    loose = {n: body for n, body in objects.items() if n not in packed}
    loose[container] = stream(zlib.compress(index + bodies), entries)
    out, rows = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {}
    rows.update({number: (2, container, at) for at, number in enumerate(packed)})
    for number, body in loose.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows[own] = (1, start, 0)
    return bytes(out + _xref_stream(own, rows)) + b"startxref\n%d\n%%%%EOF\n" % start


def _xref_stream(number: int, rows: Mapping[int, tuple[int, int, int]]) -> bytes:
    cells = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + at.to_bytes(2, "big")
        for kind, where, at in (rows.get(each, (0, 0, 0)) for each in range(number + 1))
    )
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/ID[<01><02>]/Filter/FlateDecode"
    body = stream(zlib.compress(cells), entries % (number + 1, CATALOG))
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def encrypted_pdf(user_password: str = "") -> bytes:
    """Return an AES-256 encrypted document."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - only this case needs it
    from pyhanko.pdf_utils.writer import copy_into_new_writer  # noqa: PLC0415

    writer = copy_into_new_writer(PdfFileReader(BytesIO(plain_pdf())))
    writer.encrypt("owner", user_password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def image_pdf(width: int, height: int, *, packed: bytes | None = None) -> bytes:
    """Return a page that shows one grey image of this size (or what `packed` unpacks to)."""
    data = packed or zlib.compress(bytes(width * height))
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (width, height)
    image = stream(data, entries + b"/ColorSpace/DeviceGray/Filter/FlateDecode")
    shown = page(
        content=b"q 400 0 0 400 60 60 cm /Im Do Q",
        Resources=b"<</XObject<</Im %d 0 R>>>>" % EXTRA,
    )
    return document([shown], extra={EXTRA: image})


def bomb_pdf(size: int = 200_000_000) -> bytes:
    """Return a small file with a page content that unpacks to `size` bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000))
    objects = objects_of([page()])
    objects[FIRST_PAGE + 1] = stream(packed + packer.flush(), b"/Filter/FlateDecode")
    return write_pdf(objects)


def annotated_pdf(subtype: bytes = b"/Square", **entries: bytes | None) -> bytes:
    """Return a page with one annotation, by default an opaque one at [40 40 300 200]."""
    annotation = {
        "Type": b"/Annot",
        "Subtype": subtype,
        "Rect": b"[40 40 300 200]",
        "F": b"4",
        "AP": b"<</N %d 0 R>>" % (EXTRA + 1),
        **entries,
    }
    look = stream(b"1 1 0 rg 0 0 260 160 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 260 160]")
    extra = {EXTRA: dictionary(annotation), EXTRA + 1: look}
    return document([page(Annots=b"[%d 0 R]" % EXTRA)], extra=extra)


def _form(fields: bytes, catalog: bytes = b"", **extra: bytes) -> bytes:
    form = b"<</Fields[%d 0 R]%s>>" % (EXTRA, catalog)
    numbered = {EXTRA: fields, **{EXTRA + 1 + n: body for n, body in enumerate(extra.values())}}
    return document([page()], catalog={"AcroForm": form}, extra=numbered)


def signed_pdf() -> bytes:
    """Return a document with a signature (its bytes are no real CMS)."""
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 10 20 30]/Contents<00>>>"
    return _form(b"<</FT/Sig/T(Sig1)/V %d 0 R>>" % (EXTRA + 1), value=value)


def javascript_pdf() -> bytes:
    """Return a document that runs a script when it is opened."""
    return document([page()], catalog={"OpenAction": b"<</S/JavaScript/JS(app.alert\\(1\\);)>>"})


def same_page_twice_pdf() -> bytes:
    """Return a document that lists its page twice."""
    kids = b"[%d 0 R %d 0 R]" % (FIRST_PAGE, FIRST_PAGE)
    return document([page()], root={"Kids": kids, "Count": b"2"})


def cyclic_pdf() -> bytes:
    """Return a document whose page tree contains itself."""
    return document([page()], root={"Kids": b"[%d 0 R]" % ROOT})


Sample = Callable[[], bytes]
SEALABLE: dict[str, Sample] = {
    "plain": plain_pdf,
    "rotate_90": lambda: document([page(Rotate=b"90")]),
    "rotate_180": lambda: document([page(Rotate=b"180")]),
    "rotate_minus_90": lambda: document([page(Rotate=b"-90")]),
    "cropbox_offset": lambda: document([page(CropBox=b"[50 100 545 742]")]),
    "cropbox_rotated": lambda: document([page(CropBox=b"[50 100 545 742]", Rotate=b"270")]),
    "mediabox_offset": lambda: document([page(MediaBox=b"[-100 -200 495 642]")]),
    "swapped_box": lambda: document([page(MediaBox=b"[595 842 0 0]")]),
    "no_mediabox": lambda: document([page(MediaBox=None)]),
    "no_contents": lambda: document([page(content=None)]),
    "no_resources": lambda: document([page(content=b"0 g 60 700 99 9 re f", Resources=None)]),
    "unbalanced_q": lambda: document([page(content=b"q 2 0 0 2 50 50 cm 0 g 9 9 9 9 re f")]),
    "surplus_Q": lambda: document([page(content=b"Q Q 0 g 9 9 9 9 re f Q")]),
    "object_streams": object_stream_pdf,
    "nested_tree": nested_pdf,
    "link": lambda: annotated_pdf(b"/Link"),
    "javascript": javascript_pdf,
    "garbage_around": lambda: b"rubbish\n" + plain_pdf() + b"\0" * 2000,
}
REFUSED: dict[str, tuple[str, Sample]] = {
    "empty": ("empty", lambda: b""),
    "text": ("not_pdf", lambda: b"Dear Sirs,\n"),
    "truncated": ("truncated", lambda: plain_pdf(3)[:900]),
    "broken_startxref": (
        "unreadable",
        lambda: plain_pdf().replace(b"startxref\n", b"startxref\n9"),
    ),
    "signed": ("already_signed", signed_pdf),
    "xfa": ("xfa", lambda: _form(b"<</FT/Tx/T(a)>>", b"/XFA[(t) 5 0 R]", x=stream(b"<t/>"))),
    "no_pages": ("no_pages", lambda: document([])),
    "wrong_count": ("bad_page_count", lambda: document([page()], root={"Count": b"3"})),
    "same_page_twice": ("repeated_page", same_page_twice_pdf),
    "cyclic_tree": ("unreadable", cyclic_pdf),
    "too_large_page": ("page_size", lambda: document([page(MediaBox=b"[0 0 20000 842]")])),
    "too_small_page": ("page_size", lambda: document([page(MediaBox=b"[0 0 10 10]")])),
    "password": ("encrypted", lambda: encrypted_pdf("secret")),
}
