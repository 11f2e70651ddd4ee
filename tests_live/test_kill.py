"""A worker killed at any step: the request completes by itself, nothing twice."""

import contextlib
import threading
import time

import pytest
import requests

from tests_live.people import Case

STEPS = [0.0, 0.05, 0.1, 0.2, 0.4, 0.8]  # seconds after the last POST began


@pytest.fixture(scope="module")
def shaky(tmp_path_factory):
    """Give a stack whose workers these tests kill."""
    from dev.lib.stack import Stack  # noqa: PLC0415

    with Stack(tmp_path_factory.mktemp("shaky")) as running:
        yield running


def _wait_for(case, state, patience=240):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if case.read("state")["state"] == state:
                return True
        time.sleep(1)
    return False


@pytest.mark.parametrize("delay", STEPS)
def test_worker_killed_while_the_last_signature_is_sealed(shaky, delay):
    case = Case(shaky)
    case.director_signs()
    visitor = case.visitor(case.client)
    visitor.confirm()

    def post():
        with contextlib.suppress(requests.RequestException):  # the connection dies with the worker
            visitor.sign("Claude Client")

    poster = threading.Thread(target=post)
    poster.start()
    time.sleep(delay)
    for pid in shaky.server.workers():
        shaky.server.kill_worker(pid)
    poster.join(60)
    time.sleep(2)
    answer = visitor.sign("Claude Client")  # the page tries again by itself
    assert answer.get("state") == "signed", answer
    assert _wait_for(case, "done"), case.read("state", "seal_error")
    kinds = case.kinds()
    assert [kinds.count(kind) for kind in ("sealed", "completed")] == [1, 1], kinds
    assert kinds.count("signed") == 2, kinds
    case.inbox(case.client).wait("texts", more_than=2, patience=180)
    assert len(case.inbox(case.client).links()) == 2


def test_cron_killed_while_messages_leave(shaky):
    case = Case(shaky)
    shaky.mail.behave(seconds=3, to=case.director, times=1)
    time.sleep(1.0)
    for pid in shaky.server.workers("WorkerCron"):
        shaky.server.kill_worker(pid)
    shaky.mail.behave()
    link = case.inbox(case.director).wait("links", patience=240)
    assert link
    assert len(case.inbox(case.director).mails()) <= 2, (
        "at most one repetition where the outcome is unknown"
    )
