"""Find pages in a document that pyHanko has opened, without reading the pages before them.

pyHanko's own look-up dereferences every page up to the wanted one, which costs seconds in a long
document. `PageTree` relies on what `walk` has checked at intake.
"""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from ..errors import IntakeError
from .geometry import DEFAULT_MEDIA_BOX, PageGeometry, Rectangle, normalised, visible

MAX_DEPTH = 64
MAX_NODES = 10_000

Dictionary = generic.DictionaryObject


def entry(node: Dictionary, key: str) -> generic.PdfObject | None:
    """Return what an entry of a dictionary holds or refers to, None for nothing."""
    try:
        return node[key]
    except KeyError:
        return None


def items(array: generic.ArrayObject) -> list[generic.PdfObject]:
    """Return an array's items with references followed, which iterating over it does not do."""
    return [array[index] for index in range(len(array))]


class PageTree:
    """The pages of a document that has passed intake.

    :raise IntakeError: ``unreadable``, from any method, for a tree that intake would have refused
    """

    def __init__(self, handler: PdfHandler) -> None:
        self.root = handler.root["/Pages"]
        self._kids = self.root["/Kids"]
        self.count = int(self.root["/Count"])
        self._is_flat = len(self._kids) == self.count  # as no kid is empty, each is one page
        self._seen: list[tuple[int, Dictionary]] = []  # kids looked at, with the pages up to each

    def page(self, number: int) -> Dictionary:
        """Return page `number`, from 1."""
        if not 1 <= number <= self.count:
            raise IntakeError("unreadable", page=number)
        if self._is_flat:
            return _descend(self._kids[number - 1], 1)
        before = 0
        for until, kid in self._root_kids():
            if number <= until:
                return _descend(kid, number - before)
            before = until
        raise IntakeError("unreadable", page=number)

    def _root_kids(self) -> Iterator[tuple[int, Dictionary]]:
        yield from self._seen
        for index in range(len(self._seen), len(self._kids)):
            kid = self._kids[index]
            before = self._seen[-1][0] if self._seen else 0
            self._seen.append((before + _pages_below(kid), kid))
            yield self._seen[-1]


def _descend(node: Dictionary, number: int) -> Dictionary:
    """Return the page that is `number` among those below the node."""
    for _level in range(MAX_DEPTH):
        if "/Kids" not in node:
            return node
        for kid in items(node["/Kids"]):
            below = _pages_below(kid)
            if number <= below:
                node = kid
                break
            number -= below
    raise IntakeError("unreadable")


def _pages_below(node: Dictionary) -> int:
    return int(node["/Count"]) if "/Kids" in node else 1


def walk(handler: PdfHandler, most_pages: int) -> list[Dictionary]:
    """Return all pages in order, after a check of everything that `PageTree` relies on.

    :raise IntakeError: ``no_pages``, ``bad_page_count``, ``repeated_page``, ``too_many_pages``, or
        ``unreadable`` for a tree that has loops, is too deep, or whose nodes name a wrong parent
    """
    root = entry(handler.root, "/Pages")
    if root is None or not entry(root, "/Kids"):
        raise IntakeError("no_pages")
    pages = _Walk(most_pages).below(handler.root.raw_get("/Pages"), None, 0)
    if not pages:
        raise IntakeError("no_pages")
    return pages


class _Walk:
    """One walk over a page tree."""

    def __init__(self, most_pages: int) -> None:
        self.most_pages = most_pages
        self.pages: list[Dictionary] = []
        self.seen: set[generic.Reference] = set()

    def below(
        self, link: generic.PdfObject, parent: generic.Reference | None, depth: int
    ) -> list[Dictionary]:
        """Collect the pages below one node and compare them with its count."""
        node, reference = self._enter(link, parent, depth)
        first = len(self.pages)
        if "/Kids" not in node:
            self._add(node)
            return self.pages
        kids = node["/Kids"]
        for index in range(len(kids)):
            self.below(kids.raw_get(index), reference, depth + 1)
        found = len(self.pages) - first
        if found != entry(node, "/Count") or not (found or parent is None):
            raise IntakeError("bad_page_count")
        return self.pages

    def _enter(
        self, link: generic.PdfObject, parent: generic.Reference | None, depth: int
    ) -> tuple[Dictionary, generic.Reference]:
        if not isinstance(link, generic.IndirectObject) or depth > MAX_DEPTH:
            raise IntakeError("unreadable")
        node = link.get_object()
        if not isinstance(node, Dictionary):
            raise IntakeError("unreadable")
        if link.reference in self.seen:
            is_page = "/Kids" not in node
            raise IntakeError(
                "repeated_page" if is_page else "unreadable", page=len(self.pages) + 1
            )
        self.seen.add(link.reference)
        if parent is not None and node.get_value_as_reference("/Parent") != parent:
            raise IntakeError("unreadable")
        return node, link.reference

    def _add(self, page: Dictionary) -> None:
        self.pages.append(page)
        if len(self.pages) > self.most_pages or len(self.seen) > MAX_NODES:
            raise IntakeError("too_many_pages", limit=self.most_pages)


def inherited(page: Dictionary, key: str) -> generic.PdfObject | None:
    """Return a page's attribute, its own or from the nodes above, with references followed."""
    node = page
    for _level in range(MAX_DEPTH):
        found = entry(node, key)
        if found is not None:
            return found
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    raise IntakeError("unreadable")


def geometry(page: Dictionary) -> PageGeometry:
    """Return a page's visible part and rotation.

    :raise IntakeError: ``page_size`` when nothing of it is visible, ``unreadable``
    """
    media = _rectangle(page, "/MediaBox") or DEFAULT_MEDIA_BOX
    crop = visible(media, _rectangle(page, "/CropBox") or media)
    if crop is None:
        raise IntakeError("page_size")
    quarter_turns, rest = divmod(int(inherited(page, "/Rotate") or 0), 90)
    if rest:
        raise IntakeError("unreadable")
    return PageGeometry(crop, quarter_turns % 4 * 90)


def _rectangle(page: Dictionary, key: str) -> Rectangle | None:
    """Return a box of the page; one without area counts as none, as in viewers."""
    corners = inherited(page, key)
    if corners is None:
        return None
    left, bottom, right, top = normalised([float(each) for each in items(corners)])
    return (left, bottom, right, top) if left < right and bottom < top else None
