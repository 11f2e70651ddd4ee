"""How often somebody may ask in a day that another one signs in his place: each asking is looked at by a person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .otp_policy import wait

ASKED_PER_DAY = 5
DAY = 86_400


def recent(now: datetime, earlier: Iterable[datetime]) -> list[datetime]:
    """Return the moments that still count, sorted."""
    return sorted(each for each in earlier if now - each < timedelta(seconds=DAY))


def seconds_to_wait(now: datetime, earlier: Iterable[datetime]) -> int:
    """Return 0 when somebody may be named now, else the seconds until then.

    :param earlier: moments at which this signer named somebody, also in vain
    """
    return wait(now, sorted(earlier), ASKED_PER_DAY, DAY)


def channel_of(address: str) -> str:
    """Return by which channel somebody is reached who was named with this address."""
    return "email" if "@" in address else "sms"
