"""How many pictures of one signer are looked at in an hour: each costs a process of its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .otp_policy import wait

PICTURES_PER_HOUR = 60
HOUR = 3600


def recent(now: datetime, earlier: Iterable[datetime]) -> list[datetime]:
    """Return the moments that still count, sorted."""
    return sorted(each for each in earlier if now - each < timedelta(seconds=HOUR))


def seconds_to_wait(now: datetime, earlier: Iterable[datetime]) -> int:
    """Return 0 when one more picture may be looked at, else the seconds until it may.

    :param earlier: moments at which pictures of this signer were looked at
    """
    return wait(now, sorted(earlier), PICTURES_PER_HOUR, HOUR)
