"""What tests in `tests_live/` get from pytest: a running stack that they share."""

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
