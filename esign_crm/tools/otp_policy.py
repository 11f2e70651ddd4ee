"""How often a one-time code may be sent and tried, and how long what it opened stays open."""

import ipaddress
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

CODE_SECONDS = 300  # from the hand-over to the gateway
MAX_TRIES = 5  # wrong ones; the fifth voids the code
RESEND_SECONDS = 60
PER_HOUR = 5
PER_DAY = 10  # one more asks for a manager
IP_PER_HOUR = 10
IP_PER_DAY = 30
IDLE_SECONDS = 1800
SMS_PER_DAY = 500
SMS_RESERVED_FOR_CODES = 200

_HOUR = 3600
_DAY = 86400
_CODES = 10**6


@dataclass(frozen=True)
class Decision:
    """The answer of the policy; `code` is the refusal's word of the public contract.

    `must_lock` asks the caller to lock the signer: only a manager opens the way again.
    """

    allowed: bool
    code: str = ""
    retry_after: int = 0
    tries_left: int = 0
    must_lock: bool = False


_ALLOWED = Decision(allowed=True)


def new_code(number: int) -> str:
    """Write a random number below 1 000 000 as the six digits of a code."""
    if not 0 <= number < _CODES:
        raise ValueError("a code is a number of up to six digits")
    return f"{number:06d}"


def may_send(
    now: datetime,
    sends: Iterable[datetime],
    ip_sends: Iterable[datetime],
    is_locked: bool,  # noqa: FBT001 - the working contract passes it in this order
) -> Decision:
    """Decide whether a signer may be sent one more code.

    :param sends: moments of earlier codes of this signer, from the last unlocking on
    :param ip_sends: moments of earlier codes asked for from the visitor's `ip_bucket`
    :return: refused as `locked`, `code_limit` or `code_wait`, with the seconds to wait
    """
    sends, ip_sends = sorted(sends), sorted(ip_sends)
    if is_locked:
        return Decision(allowed=False, code="locked")
    if wait(now, sends, PER_DAY, _DAY):
        return Decision(allowed=False, code="locked", must_lock=True)
    limited = max(
        wait(now, sends, PER_HOUR, _HOUR),
        wait(now, ip_sends, IP_PER_HOUR, _HOUR),
        wait(now, ip_sends, IP_PER_DAY, _DAY),
    )
    if limited:
        return Decision(allowed=False, code="code_limit", retry_after=limited)
    pause = wait(now, sends, 1, RESEND_SECONDS)
    return Decision(allowed=False, code="code_wait", retry_after=pause) if pause else _ALLOWED


def check(
    now: datetime,
    sent_at: datetime | None,
    tries: int,
    is_void: bool,  # noqa: FBT001 - the working contract passes them in this order
    is_used: bool,  # noqa: FBT001
    matches: bool,  # noqa: FBT001
) -> Decision:
    """Decide about one try of a code.

    :param sent_at: when the gateway accepted it; nothing when it never did
    :param tries: number of tries *including this one*, which was counted before comparing
    :param matches: the result of the constant-time comparison
    :return: refused as `code_void`, `code_expired` or `code_wrong`; after `tries_left` 0 the code
        is worth nothing any more
    """
    if is_void or is_used or sent_at is None or tries > MAX_TRIES:
        return Decision(allowed=False, code="code_void")
    if now - sent_at > timedelta(seconds=CODE_SECONDS):
        return Decision(allowed=False, code="code_expired")
    if not matches:
        return Decision(allowed=False, code="code_wrong", tries_left=MAX_TRIES - max(tries, 1))
    return _ALLOWED


def expires_in(now: datetime, sent_at: datetime) -> int:
    """Return for how many seconds a code is still good."""
    return max(0, CODE_SECONDS - math.floor((now - sent_at).total_seconds()))


def confirmation_is_live(now: datetime, last_seen_at: datetime | None) -> bool:
    """Tell whether a confirmation is still good: 30 idle minutes end it."""
    return last_seen_at is not None and now - last_seen_at <= timedelta(seconds=IDLE_SECONDS)


def may_send_sms(sent_today: int, *, is_code: bool) -> bool:
    """Tell whether the company's day still has room; the last 200 are kept for codes."""
    return sent_today < SMS_PER_DAY - (0 if is_code else SMS_RESERVED_FOR_CODES)


def ip_bucket(ip: str | None) -> str:
    """Return whom an address is counted as: itself, or its /64 for IPv6.

    What is no address at all falls into one common bucket, so that it is limited too.
    """
    try:
        address = ipaddress.ip_address((ip or "").strip())
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def recent(now: datetime, moments: list[datetime], window: int) -> list[datetime]:
    """Return those of `moments` that lie within the last `window` seconds."""
    return [each for each in moments if now - each < timedelta(seconds=window)]


def wait(now: datetime, moments: list[datetime], limit: int, window: int) -> int:
    """Return the seconds until fewer than `limit` of the sorted `moments` lie within the last `window` seconds."""
    counted = recent(now, moments, window)
    if len(counted) < limit:
        return 0
    free_at = counted[-limit] + timedelta(seconds=window)
    return max(1, math.ceil((free_at - now).total_seconds()))
