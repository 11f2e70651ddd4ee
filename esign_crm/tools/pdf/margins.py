"""The jail's task of finding pages whose foot is free."""

from collections.abc import Mapping
from typing import Any

import pypdfium2

from .foot import free_area
from .viewing import opened

SCALE = 2.0  # pixels per point: a hair line is seen
PAPER = 245  # of 255: what is lighter counts as empty


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[list[int], dict]:
    """Return the numbers of the pages with a free foot."""
    with opened(files["pdf"]) as document:
        return [index + 1 for index in range(len(document)) if _is_free(document[index])], {}


def _is_free(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    left, bottom, right, top = free_area((width, height))
    try:
        bitmap = page.render(
            scale=SCALE, crop=(left, bottom, width - right, height - top), grayscale=True
        )
        return min(bytes(bitmap.buffer)) >= PAPER
    finally:
        page.close()
