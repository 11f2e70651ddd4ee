"""How many public checks one visitor may make: looking up codes and hashes, uploading files."""

from collections.abc import Iterable
from datetime import datetime

from .otp_policy import wait

CHECKS_PER_MINUTE = 20
MINUTE = 60


def seconds_to_wait(now: datetime, earlier: Iterable[datetime]) -> int:
    """Return 0 when one more check is allowed, else the seconds until it is.

    :param earlier: moments of this visitor's checks that were allowed
    """
    return wait(now, sorted(earlier), CHECKS_PER_MINUTE, MINUTE)
