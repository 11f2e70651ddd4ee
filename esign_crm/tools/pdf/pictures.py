"""The images that pages show, judged by the size that they state, before anything draws them."""

from pyhanko.pdf_utils import generic

from ..errors import JailError
from .page_tree import entry

MAX_PIXELS = 300_000_000  # A1 at 600 dots per inch
MAX_DEPTH = 8  # forms within forms

Dictionary = generic.DictionaryObject


class Pictures:
    """Looks at each image of a document once, however many pages show it."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def check(self, resources: generic.PdfObject | None, depth: int = 0) -> None:
        """Refuse resources with an image that nobody could draw.

        :raise JailError: ``too_large``
        """
        shown = entry(resources, "/XObject") if isinstance(resources, Dictionary) else None
        if not isinstance(shown, Dictionary) or depth > MAX_DEPTH:
            return
        for name in shown:
            item = entry(shown, name)
            if isinstance(item, Dictionary) and id(item) not in self._seen:
                self._seen.add(id(item))
                self._check_item(item, depth)

    def _check_item(self, item: Dictionary, depth: int) -> None:
        if entry(item, "/Subtype") == "/Image":
            pixels = int(entry(item, "/Width") or 0) * int(entry(item, "/Height") or 0)
            if pixels > MAX_PIXELS:
                raise JailError("too_large")
        else:
            self.check(entry(item, "/Resources"), depth + 1)
