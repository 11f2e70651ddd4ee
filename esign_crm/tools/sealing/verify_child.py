"""The jail's task ``sealing.verify``: a foreign file in, a report out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..pdf import no_network  # noqa: F401 - before pyHanko

# Loaded before the jail's lock falls: some of pyHanko's parts open more than files to load.
from . import second_opinion  # noqa: F401
from .verify import SealRecord, verify, verify_offline


def run(
    files: Mapping[str, bytes], arguments: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a report as JSON types, and no files."""
    pdf = files["pdf"]
    if arguments.get("is_offline"):
        return asdict(verify_offline(pdf, arguments["fingerprint"])), {}
    record = arguments["record"] and SealRecord(**arguments["record"])
    return asdict(verify(pdf, record, known_keys=arguments["known_keys"])), {}
