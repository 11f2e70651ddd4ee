"""The jail's task of intake."""

import gc
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from . import no_network  # noqa: F401 - before pyHanko
from .facts import PAGE_WIDTH_PIXELS
from .inspection import inspect_content
from .viewing import try_to_draw


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[dict, dict]:
    """Return the facts of a PDF that can be drawn, as JSON values; its bytes stay with the parent."""
    facts = inspect_content(files["pdf"])
    gc.collect()  # pyHanko's objects hold each other, and pdfium needs the room
    try_to_draw(files["pdf"], PAGE_WIDTH_PIXELS)
    return {"pages": [asdict(page) for page in facts.pages], "warnings": facts.warnings}, {}
