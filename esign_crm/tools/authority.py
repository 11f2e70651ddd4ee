"""Until when somebody may sign, and when to warn of its end."""

from datetime import date, timedelta


def has_ended(until: date | None, day: date) -> bool:
    """Tell whether an authority has ended on ``day``; ``until`` is its last valid day, None: no end."""
    return until is not None and until < day


def has_begun(issued: date | None, day: date) -> bool:
    """Tell whether an authority issued on ``issued`` counts on ``day``; None: it always has."""
    return issued is None or issued <= day


def state(until: date | None, day: date, notice_days: int) -> str:
    """Return ``open`` (no end), ``valid``, ``ending`` (within the days of notice) or ``expired``."""
    if until is None:
        return "open"
    if has_ended(until, day):
        return "expired"
    return "ending" if _is_near(until, day, notice_days) else "valid"


def notice(until: date | None, day: date, notice_days: int, told: str) -> str:
    """Return which warning is due now: ``ending``, ``expired`` or ``""``.

    :param told: the last warning that was given about this very end, ``""`` for none
    """
    current = state(until, day, notice_days)
    if current not in ("ending", "expired") or told in (current, "expired"):
        return ""
    return current


def _is_near(until: date, day: date, notice_days: int) -> bool:
    return notice_days > 0 and until - timedelta(days=notice_days) <= day
