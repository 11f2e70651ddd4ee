"""Try at intake what freezing and sealing will do, so that nothing fails after people have signed."""

from io import BytesIO

from pyhanko.pdf_utils import generic

from ..errors import IntakeError
from .page_tree import PageTree, entry, inherited, items
from .pictures import Pictures
from .reader import Reader
from .revision import PagePainter, Revision, add_page

_NOWHERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rehearse(reader: Reader, page_count: int) -> None:
    """Read all that marks on any page need, and write a revision that is thrown away.

    :raise JailError: ``too_large`` for an image that nobody could draw
    :raise Exception: whatever pyHanko raises on a broken part
    """
    writer = Revision.from_reader(reader)
    tree, painter = PageTree(writer), PagePainter(writer)
    pictures = Pictures()
    for number in range(1, page_count + 1):
        page = tree.page(number)
        _read_contents(page)
        pictures.check(inherited(page, "/Resources"))
    form = writer.add_object(generic.StreamObject(stream_data=b""))
    for number in {1, page_count}:
        painter.paint(tree.page(number), [("Es", form, _NOWHERE)])
    add_page(writer, form, generic.DictionaryObject(), [0, 0, 1, 1])
    if not isinstance(entry(writer.root, "/AcroForm"), generic.DictionaryObject | None):
        raise IntakeError("unreadable")
    writer.write(BytesIO())


def _read_contents(page: generic.DictionaryObject) -> None:
    contents = entry(page, "/Contents")
    streams = items(contents) if isinstance(contents, generic.ArrayObject) else [contents]
    if not all(
        isinstance(each, generic.StreamObject | generic.NullObject | None) for each in streams
    ):
        raise IntakeError("unreadable")
