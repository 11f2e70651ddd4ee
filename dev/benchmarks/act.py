"""What printing an act costs: processor time and peak memory of the jail's child, medians of shuffled rounds in one run.

An act of one line is what the printer itself costs; longer ones are told as ratios to it.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys

from dev.lib import paths
from dev.lib.stack import databases
from dev.lib.trouble import Trouble, progress, say

sys.path.insert(0, str(paths.ADDON))  # `tools` without Odoo, as the jail's child has it

from tools.pdf import paper

LENGTHS = ("1", "40", "300")
LANGUAGE = "de_DE"
ROUNDS = 7
MEGABYTE = 1_000_000


def measure():
    """Print the figures and return whether the longest act keeps to half of what the jail allows."""
    pages = _pages()
    seconds = _rounds(pages)
    peaks = {length: _peak(html) for length, html in pages.items()}
    say(f"{'lines':>6}{'pages':>7}{'median':>11}{'ratio':>8}{'memory':>11}")
    for length, html in pages.items():
        count = paper.print_in_jail(html).page_count
        taken, peak = seconds[length], peaks[length]
        ratio = taken / seconds[LENGTHS[0]]
        say(f"{length:>6}{count:>7}{taken * 1000:>8.0f} ms{ratio:>8.2f}{peak / MEGABYTE:>8.0f} MB")
    limits, longest = paper.LIMITS, LENGTHS[-1]
    is_kept = (
        seconds[longest] <= limits.cpu_seconds / 2
        and peaks[longest] <= limits.memory_mb * 1024**2 / 2
    )
    say(
        f"the jail allows {limits.cpu_seconds} s and {limits.memory_mb} MB{'' if is_kept else '  OVER'}"
    )
    return is_kept


def _pages():
    """Return lines → HTML, made by the product on a database of its own."""
    known = databases()
    name = f"esign_run_{os.getpid()}_act"
    script = paths.ROOT / "dev" / "benchmarks" / "inside" / "act_pages.py"
    command = [paths.VENV / "bin/python", script, paths.CONFIG, known.addons_path(), name]
    try:
        with progress("writing acts"):
            known.clone(known.product(), name)
            answer = subprocess.run(
                [*map(str, command), LANGUAGE, *LENGTHS],
                env=known.odoo.environment(),
                capture_output=True,
                text=True,
                check=False,
            )
    finally:
        known.drop(name)
    if answer.returncode:
        raise Trouble(f"the acts could not be written: {answer.stderr[-2000:]}")
    return json.loads(answer.stdout.splitlines()[-1])


def _rounds(pages):
    taken = {length: [] for length in pages}
    order = list(pages)
    for number in range(ROUNDS):
        random.Random(number).shuffle(order)  # noqa: S311 - no secret
        for length in order:
            before = _children().ru_utime + _children().ru_stime
            paper.print_in_jail(pages[length])
            taken[length].append(_children().ru_utime + _children().ru_stime - before)
    return {length: statistics.median(values) for length, values in taken.items()}


def _children():
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def _peak(html):
    """Return the most memory, in bytes, that a child held; by a process of its own, which has no other children."""
    command = [sys.executable, "-m", "dev.benchmarks.act", "--peak"]
    answer = subprocess.run(
        command, cwd=paths.ROOT, input=html, check=True, capture_output=True, text=True
    )
    return int(answer.stdout)


def _print_peak():
    paper.print_in_jail(sys.stdin.read())
    say(_children().ru_maxrss * 1024)


if __name__ == "__main__":
    sys.exit(_print_peak() if "--peak" in sys.argv else not measure())
