"""Runs Odoo's tests of our addons on a fresh database and judges the log, not only the status."""

import re
import subprocess
import threading
import time
from dataclasses import dataclass

from dev.lib import paths, ports
from dev.lib.database import TOLERATED
from dev.lib.process import end_group
from dev.lib.trouble import say

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<rest>.*)")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r"\bskipped (?P<test>\S+) : (?P<reason>.*)")
NO_BROWSER = ("executable not found", "websocket-client", "Chrome")


@dataclass
class Outcome:
    """What a run of tests came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        """Return the sum of two runs."""
        return Outcome(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self):
        """Return the closing line that CI reads."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


class LogReader:
    """Reads a log line by line: prints what is wrong, counts what was run."""

    def __init__(self):
        """Start with nothing seen."""
        self.tests = self.bad_tests = self.errors = self.skipped = self.started = 0
        self.has_result = False
        self._shows = False

    def take(self, line):
        """Look at one line; continuation lines follow the verdict on their first line."""
        entry = ENTRY.match(line)
        if entry:
            self._shows = self._judge(entry["level"], entry["rest"])
        if self._shows:
            say(line)

    def _judge(self, level, rest):
        """Count one entry and tell whether it is to be shown."""
        result, skipped = RESULT.search(rest), SKIPPED.search(rest)
        if result and "odoo.tests.result" in rest:
            self.has_result = True
            self.bad_tests += int(result[1]) + int(result[2])
            self.tests += int(result[3])
            return True
        if skipped:
            self.skipped += 1
            self.errors += any(word in skipped["reason"] for word in NO_BROWSER)
            return True
        self.started += ": Starting " in rest
        return level in {"ERROR", "CRITICAL"} and self._count_error(rest)

    def _count_error(self, rest):
        if any(word in rest for word in TOLERATED):
            return False
        self.errors += 1
        return True

    def outcome(self, status):
        """Return the outcome; any unexpected error line or bad exit fails at least once."""
        clean = status == 0 and self.has_result and not self.errors
        failed = self.bad_tests or (0 if clean else 1)
        return Outcome(max(self.tests - self.bad_tests - self.skipped, 0), failed, self.skipped)


def run(databases, name, *, tags, label):
    """Run our addons' tests on the database `name`, in which they are installed; return the outcome."""
    log = paths.LOGS / f"tests-{label}.log"
    command = databases.odoo.command(
        "-c",
        paths.CONFIG,
        f"--addons-path={databases.addons_path()}",
        f"--database={name}",
        f"--db-filter=^{name}$",
        f"--test-tags={tags}",
        f"--http-port={ports.choose()}",
        f"--gevent-port={ports.choose()}",
        "--stop-after-init",
        "--max-cron-threads=0",
        f"--screenshots={paths.LOGS / 'screenshots'}",
        "--log-handler=odoo.tests.stats:DEBUG",  # the times of all tests, in the log
    )
    say(f"• Odoo's tests, {label} ({tags}); the whole log: {log}")
    started = time.monotonic()
    reader, status = _read_to_end(command, databases.odoo.environment(), log)
    outcome = reader.outcome(status)
    say(f"  {label}: {outcome} in {time.monotonic() - started:.0f} s")
    return outcome


def _read_to_end(command, environment, log):
    """Run Odoo, copy its log to a file, and return the reader and the exit status."""
    reader = LogReader()
    with (
        log.open("w") as copy,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            env=environment,
        ) as child,
        _ticking(reader),
    ):
        try:
            for line in child.stdout:
                copy.write(line)
                reader.take(line.rstrip("\n"))
        except BaseException:
            end_group(child)
            raise
    return reader, child.returncode


class _ticking:  # noqa: N801 - used like a function
    """Say now and then how many tests have started."""

    def __init__(self, reader, every=20):
        self.reader, self.every, self.done = reader, every, threading.Event()

    def __enter__(self):
        threading.Thread(target=self._tick, daemon=True).start()

    def __exit__(self, *_):
        self.done.set()

    def _tick(self):
        while not self.done.wait(self.every):
            say(f"  … {self.reader.started} tests started")
