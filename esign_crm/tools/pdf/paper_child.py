"""The jail's task of printing HTML."""

import os
from collections.abc import Mapping
from typing import Any

from ..errors import PaperError
from .fonts import FOLDER, missing_characters

os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts.conf")

try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
except (ImportError, OSError) as error:  # OSError: the package is there, Pango is not
    raise PaperError("no_printer") from error

SIGN_PLACE = "esign-sign-"  # the id of a signature's place, followed by the side


class _ClosedFetcher(weasyprint.urls.URLFetcher):
    """Serves what stands in the address itself, and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)


class _OwnFonts(FontConfiguration):
    """Knows the addon's fonts and takes no others: each would be written to a folder of its own."""

    def add_font_face(self, *_given: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        """Leave a style's own font out."""


def run(files: Mapping[str, bytes], _arguments: Mapping[str, Any]) -> tuple[dict, dict]:
    """Return the places for signatures and the PDF of `files["html"]`."""
    html = files["html"].decode()
    source = weasyprint.HTML(string=html, url_fetcher=_ClosedFetcher())
    _refuse_missing(source)
    document = source.render(font_config=_OwnFonts())
    places = {
        name.removeprefix(SIGN_PLACE): _place(number, page, box)
        for number, page in enumerate(document.pages, 1)
        for name, box in page.anchors.items()
        if name.startswith(SIGN_PLACE)
    }
    value = {"pages": len(document.pages), "places": places}
    return value, {"pdf": document.write_pdf()}


def _refuse_missing(source: weasyprint.HTML) -> None:
    """Refuse text that no font can draw: WeasyPrint would print boxes and say nothing."""
    missing = missing_characters("".join(source.etree_element.itertext()))
    if missing:
        raise PaperError("missing_glyph", characters=missing)


def _place(number: int, page: weasyprint.Page, box: tuple[float, ...]) -> dict[str, float]:
    left, top, right, bottom = box
    return {
        "page": number,
        "x": left / page.width,
        "y": top / page.height,
        "width": (right - left) / page.width,
        "height": (bottom - top) / page.height,
    }
