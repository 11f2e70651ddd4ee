"""The jail's task of intake."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from . import no_network  # noqa: F401 - before pyHanko
from .inspection import inspect_content


def run(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple[dict, dict]:
    """Return the facts of the PDF as JSON values; its bytes stay with the parent."""
    facts = inspect_content(files["pdf"])
    return {"pages": [asdict(page) for page in facts.pages], "warnings": facts.warnings}, {}
