"""Verification codes as people type them: from a print, by hand, or with the whole address around."""

import re

LENGTH = 26  # 128 bits as base32 (RFC 4648, 6): capital letters and 2 to 7
_CODE = re.compile(rf"[A-Z2-7]{{{LENGTH}}}")
_ADDRESS = re.compile(r"^.*/ESIGN/VERIFY/([^/?#]*).*$", re.DOTALL)
_LONGEST = 500
# Digits that no code has, for the letters that they are mistaken for.
_MISREAD = str.maketrans("018", "OIB")
_BETWEEN = re.compile(r"[\s\-–—.·_]+")


def normalise(typed: str) -> str | None:
    """Return the code that was meant, or None when it can be none.

    Small letters, blanks and hyphens do not count, nor does the address before it.
    """
    if len(typed) > _LONGEST:
        return None
    text = _ADDRESS.sub(r"\1", typed.strip().upper())
    plain = _BETWEEN.sub("", text).translate(_MISREAD)
    return plain if _CODE.fullmatch(plain) else None
