"""How often an address may be typed in a day for the one copy by mail: a mistake is put right, nobody is flooded."""

from collections.abc import Iterable
from datetime import datetime

from .delegation_policy import DAY
from .otp_policy import wait

COPIES_PER_DAY = 3


def seconds_to_wait(now: datetime, earlier: Iterable[datetime]) -> int:
    """Return 0 when another address may be typed now, else the seconds until then.

    :param earlier: moments at which this signer typed one
    """
    return wait(now, sorted(earlier), COPIES_PER_DAY, DAY)


def word(*, has_address: bool, message_state: str | None) -> str:
    """Return where the copy stands: ``offered``, ``asked`` (waits for the others), ``sent`` or ``failed``.

    :param has_address: one was typed and waits for the last signature
    :param message_state: of the latest message with the copy, if there is one
    """
    if has_address:
        return "asked"
    if message_state is None:
        return "offered"
    return "failed" if message_state in ("failed", "bounced", "cancelled") else "sent"
