"""The board with its default filter, on a short history and on a long one: medians of interleaved rounds, their ratio.

Two databases with the same open requests and 1 000 or 100 000 closed ones; the calls are those of the web client, made
by a manager and by a rep in one process, so that what else runs on the machine hits both alike.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys

from dev.lib import paths
from dev.lib.stack import databases
from dev.lib.trouble import Trouble, progress, say

HISTORIES = {"short": 1_000, "long": 100_000}
OPEN = 200
ROUNDS = 15
LIMIT = 1.5  # design section 12; what has no filter is told, not judged
JUDGED = ("board, manager", "board, rep", "list, manager", "list, rep")


def measure():
    """Print the figures and return whether they keep within the budget."""
    known = databases()
    names = {history: f"esign_run_{os.getpid()}_board_{history}" for history in HISTORIES}
    try:
        for history, name in names.items():
            with progress(f"filling a board with {HISTORIES[history]} closed requests"):
                known.clone(known.product(), name)
                _fill(known, name, HISTORIES[history])
        found = _rounds(known, names.values())
    finally:
        for name in names.values():
            known.drop(name)
    say(f"{'':26}{'1 000':>10}{'100 000':>10}{'ratio':>8}{'at most':>9}{'queries':>9}")
    seconds, queries = found["seconds"], found["queries"]
    kept = [_line(call, taken, names, queries[call]) for call, taken in seconds.items()]
    return all(kept)


def _fill(known, name, closed):
    """Put the rows in, by the tests' own statements."""
    file = paths.ADDON / "tests" / "board_rows.py"
    spec = importlib.util.spec_from_file_location("board_rows", file)
    rows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rows)
    statements = ";\n".join(rows.script(closed, OPEN))
    known.cluster.program("psql", "-X1q", "-v", "ON_ERROR_STOP=1", "-c", statements, name)


def _rounds(known, names):
    script = paths.ROOT / "dev" / "benchmarks" / "inside" / "board_rounds.py"
    command = [paths.VENV / "bin/python", script, paths.CONFIG, known.addons_path(), ROUNDS, *names]
    answer = subprocess.run(
        [str(word) for word in command],
        env=known.odoo.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise Trouble(f"the rounds failed: {answer.stderr[-2000:]}")
    return json.loads(answer.stdout.splitlines()[-1])


def _line(call, taken, names, queries):
    short, long = (statistics.median(taken[names[history]]) for history in HISTORIES)
    ratio = long / short
    is_judged = call in JUDGED
    is_kept = not is_judged or ratio <= LIMIT
    limit = f"{LIMIT:>9.1f}" if is_judged else " " * 9
    say(
        f"{call:26}{short * 1000:>7.1f} ms{long * 1000:>7.1f} ms{ratio:>8.2f}{limit}{queries:>9}"
        f"{'' if is_kept else '  OVER'}"
    )
    return is_kept


if __name__ == "__main__":
    sys.exit(not measure())
