"""One document for many deals: seconds a deal for a short list and a long one, medians of interleaved rounds, their ratio.

Through the page of the web client over real HTTP, as a rep does: check the deals, then send, step after step.
"""

import statistics
import tempfile
import time

from dev.lib.stack import Stack
from dev.lib.trouble import progress, say
from tests_live.many import Many

SHORT, LONG = 10, 60  # deals
ROUNDS = 3
LIMIT = 1.5  # a deal of a long list beside one of a short list


def measure():
    """Print the figures and return whether a deal costs the same however many there are."""
    taken = {(step, count): [] for step in ("check", "send") for count in (SHORT, LONG)}
    with tempfile.TemporaryDirectory() as folder, Stack(folder) as stack:
        for number in range(ROUNDS):
            for count in (SHORT, LONG):
                with progress(f"round {number + 1} of {ROUNDS}: {count} deals"):
                    many = Many.of(stack, count)
                    page, seconds = _timed(many.page)
                    taken["check", count].append(seconds / count)
                    _none, seconds = _timed(lambda many=many, page=page: many.send(page))
                    taken["send", count].append(seconds / count)
                    many.assert_one_each()
    say(f"{'seconds a deal':26}{SHORT:>10}{LONG:>10}{'ratio':>8}{'at most':>9}")
    kept = [_line(step, taken) for step in ("check", "send")]
    return all(kept)


def _timed(call):
    started = time.monotonic()
    return call(), time.monotonic() - started


def _line(step, taken):
    few, many = (statistics.median(taken[step, count]) for count in (SHORT, LONG))
    say(f"{step:26}{few:>10.3f}{many:>10.3f}{many / few:>8.2f}{LIMIT:>9.1f}")
    return many / few <= LIMIT
