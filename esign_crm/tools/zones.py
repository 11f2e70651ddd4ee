"""Time zones by their names, also by old ones that the system has forgotten."""

import logging
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_logger = logging.getLogger(__name__)


def zone(name: str) -> ZoneInfo:
    """Return the zone called ``name``; UTC, which the log tells, where neither the system nor `tzdata` knows it.

    Odoo keeps names such as ``Europe/Kiev`` that newer systems have in a package of their own or not at all.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        _logger.warning(
            "time zone %r is unknown here (install Python's tzdata): UTC stands in", name
        )
        return ZoneInfo("UTC")
