"""Which of our documents a file claims to be: the verification code printed on its last pages."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from ..errors import JailError

CODE = re.compile(r"(?<![A-Z0-9])([A-Z2-7]{26})(?![A-Z0-9])")  # RFC 4648 base32 of 128 bits
PAGES = 6  # certificate pages stand at the end


def claimed_codes_in_jail(pdf: bytes) -> list[str]:
    """Return the codes printed on the last pages; none for what cannot be read.

    A claim proves nothing: it only tells which record a changed file is to be compared with.
    """
    from . import jail  # noqa: PLC0415 - the child itself has no use for it

    try:
        return [str(code) for code in jail.call("claim.codes", files={"pdf": pdf}).value]
    except JailError:
        return []


def run(files: Mapping[str, bytes], _arguments: Mapping[str, Any]) -> tuple[list[str], dict]:
    """Read the last pages with pypdf, which mends what it can: the jail's task."""
    from pypdf import PdfReader  # noqa: PLC0415 - loaded in the child only

    try:
        pages = PdfReader(BytesIO(files["pdf"])).pages[-PAGES:]
        text = "\n".join(page.extract_text() for page in pages)
    except Exception:  # noqa: BLE001 - foreign bytes: whatever it is, nothing is claimed
        return [], {}
    return list(dict.fromkeys(CODE.findall(text)))[:10], {}
