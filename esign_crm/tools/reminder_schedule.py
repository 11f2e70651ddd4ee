"""When a signer is reminded next, and when a sender hears of a deadline: working hours only, never for ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .zones import zone as zone_of

SEARCH_DAYS = 90  # a company that does not work at all within these reminds nobody
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Span:
    """Working time within one day of the week; minutes are those of the clock on the wall.

    :ivar weekday: 0 is Monday
    :ivar week: 0 or 1 where the weeks alternate, by the count of weeks since 1 January of year 1
    """

    weekday: int
    start: int
    end: int
    week: int | None = None


DEFAULT_SPANS = tuple(Span(weekday, 9 * 60, 18 * 60) for weekday in range(5))


@dataclass(frozen=True)
class WorkingHours:
    """When a company works.

    :ivar zone: name of its time zone
    :ivar closed: (from, until) in naive UTC: holidays and other time off of the whole company
    """

    zone: str = "UTC"
    spans: tuple[Span, ...] = DEFAULT_SPANS
    closed: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Cascade:
    """First after ``first_days``, then every ``every_days``, at most ``at_most`` times."""

    first_days: int
    every_days: int
    at_most: int


@dataclass(frozen=True)
class Contact:
    """What one signer has heard in this turn: when last, and how many of it were reminders."""

    last_at: datetime
    reminders: int = 0


def next_reminder(
    cascade: Cascade,
    hours: WorkingHours,
    contact: Contact,
    now: datetime,
    deadline_at: datetime | None = None,
) -> datetime | None:
    """Return when to remind, at ``now`` or later; nothing when enough was said or the deadline comes before.

    Moments are naive UTC. Days are those of the calendar in the company's zone: the same time of the day, also over
    a change of the clocks.
    """
    if contact.reminders >= cascade.at_most:
        return None
    days = cascade.every_days if contact.reminders else cascade.first_days
    due = _days_later(contact.last_at, max(days, 1), zone_of(hours.zone))
    moment = first_working_moment(hours, max(due, now))
    if moment is None or (deadline_at and moment >= deadline_at):
        return None
    return moment


def deadline_notice(deadline_at: datetime | None, days: int, now: datetime) -> datetime | None:
    """Return when the sender is told that a deadline comes near; nothing when that moment has passed already."""
    if not deadline_at or days <= 0:
        return None
    moment = deadline_at - timedelta(days=days)
    return moment if moment > now else None


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second of ``day`` in ``zone`` as naive UTC: what people mean by a day to sign before."""
    return _naive_utc(datetime.combine(day, time(23, 59, 59), zone_of(zone)))


def first_working_moment(hours: WorkingHours, moment: datetime) -> datetime | None:
    """Return the first working moment from ``moment`` on (naive UTC)."""
    for start, end in _working_spans(hours, moment):
        begin = _after_closed(hours, max(start, moment))
        if begin < end:
            return begin
    return None


def _working_spans(hours: WorkingHours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield (start, end) in naive UTC of what is worked from the day of ``moment`` on."""
    zone = zone_of(hours.zone)
    today = moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
    ordered = sorted(hours.spans, key=lambda span: span.start)
    for offset in range(SEARCH_DAYS):
        day = today + timedelta(days=offset)
        for span in ordered:
            if span.weekday == day.weekday() and span.week in (None, _week(day)):
                yield _utc(day, span.start, zone), _utc(day, span.end, zone)


def _after_closed(hours: WorkingHours, moment: datetime) -> datetime:
    """Return ``moment``, or the end of the time off that it falls into."""
    for start, end in sorted(hours.closed):
        if start <= moment < end:
            moment = end
    return moment


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7 % 2


def _days_later(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    local = moment.replace(tzinfo=timezone.utc).astimezone(zone)
    return _naive_utc(local + timedelta(days=days))  # wall clock: the arithmetic ignores the zone


def _utc(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, MINUTES_A_DAY)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    return _naive_utc(wall.replace(tzinfo=zone))


def _naive_utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
