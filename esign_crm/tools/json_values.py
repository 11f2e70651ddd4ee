"""JSON that strangers send, as UTF-8 and the database can hold it."""

import math
import re
from typing import Any

# Half of a surrogate pair is no character, and PostgreSQL holds no NUL.
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return ``value`` with U+FFFD for what is no character, and null for NaN and infinity, which JSON has not."""
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {plain(key): plain(each) for key, each in value.items()}
    return value
