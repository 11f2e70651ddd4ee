"""What tests in `tests_live/` get from pytest: a running stack, shared or their own."""

import os

import pytest

from dev.lib import paths
from dev.lib.stack import Stack

LIVE_OUT = paths.HOME / "live"


def pytest_addoption(parser):
    """Take the folder of further addons from `dev/test --extra-addons`."""
    parser.addoption("--extra-addons", type=paths.Path, default=None)


@pytest.fixture(scope="session")
def stack(pytestconfig):
    """Give the stack that tests of one process share when they do not kill, stall or reconfigure anything."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with Stack(LIVE_OUT / process, extra=pytestconfig.getoption("extra_addons")) as running:
        yield running


@pytest.fixture
def make_stack(pytestconfig, tmp_path):
    """Give a function that starts a stack of the test's own; it ends with the test."""
    started = []

    def make(**options):
        extra = pytestconfig.getoption("extra_addons")
        running = Stack(tmp_path / f"stack-{len(started)}", extra=extra, **options)
        started.append(running.__enter__())
        return running

    yield make
    for running in reversed(started):
        running.__exit__(None, None, None)
