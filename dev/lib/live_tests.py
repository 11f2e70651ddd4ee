"""Runs the checks of `tests_live/` against real servers, by pytest."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from dev.lib import paths
from dev.lib.odoo_tests import Outcome
from dev.lib.stack import databases
from dev.lib.trouble import say

FOLDER = paths.ROOT / "tests_live"
WORKERS = 3  # more than cores: much of the time is waiting, for crons, mails, a killed worker to be missed
NO_TESTS = 5  # pytest's exit status when it collected nothing


def run(arguments=(), extra=None):
    """Run pytest with further arguments and return the outcome."""
    if not list(FOLDER.glob("**/test_*.py")):
        say("• there are no tests in tests_live/ yet")
        return Outcome()
    databases(extra).product()  # made here, where its progress is seen
    say("• tests_live, against real servers")
    report = paths.LOGS / "tests-live.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-p", "dev.lib.pytest_live", f"--junitxml={report}"]
    command += [f"--extra-addons={extra}"] if extra else []
    command += ["-n", str(WORKERS), "--dist=loadfile", "-q", "-ra"]
    command += ["--durations=15", "--durations-min=5", *arguments, str(FOLDER)]
    status = subprocess.run(command, cwd=paths.ROOT, check=False).returncode
    return _outcome(report, status)


def _outcome(report, status):
    """Read pytest's report; a status that the report does not explain is a failure."""
    counted = Outcome()
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            ran, skipped = int(suite.get("tests")), int(suite.get("skipped"))
            failed = int(suite.get("failures")) + int(suite.get("errors"))
            counted += Outcome(ran - failed - skipped, failed, skipped)
    if status not in {0, NO_TESTS} and not counted.failed:
        counted.failed = 1
    return counted
