"""A worker killed at any step: the request completes by itself, nothing twice."""

import contextlib
import http.client
import threading
import time

import pytest
import requests

from dev.lib.rpc import Refused
from tests_live.many import Many
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


def test_printers_killed_at_a_long_act(shaky):
    session = shaky.session()
    lead = session.call(
        "crm.lead", "create", {"name": "A long act", "type": "opportunity", "partner_id": 1}
    )
    lines = [(0, 0, {"name": f"Works {number}", "price": 10}) for number in range(300)]
    act = session.call("esign.act", "create", {"lead_id": lead, "line_ids": lines})
    session.call("esign.act", "action_preview", [act])
    crons = session.call("ir.cron", "search", [("name", "like", "print long acts")])
    assert len(crons) == 2
    threads = [threading.Thread(target=_run_cron, args=(shaky, cron)) for cron in crons]
    for thread in threads:  # besides the server's own, which the preview has woken
        thread.start()
    until = time.monotonic() + 60
    while shaky.query("SELECT state FROM esign_act_printing") != "printing":
        assert time.monotonic() < until
        time.sleep(0.1)
    for kind in ("WorkerHTTP", "WorkerCron"):
        for pid in shaky.server.workers(kind):
            shaky.server.kill_worker(pid)
    for thread in threads:
        thread.join(60)
    until = time.monotonic() + 240
    while time.monotonic() < until and f"act {act}: printed" not in shaky.server.text():
        time.sleep(1)
    for cron in crons:
        _run_cron(shaky, cron)
    assert session.call("esign.act", "read", [act], ["print_state"])[0]["print_state"] == "ready"
    assert shaky.server.text().count(f"act {act}: printed") == 1
    assert shaky.query("SELECT count(*) FROM esign_act_printing") == "0"


def _run_cron(stack, cron):
    with contextlib.suppress(OSError, Refused):  # the worker dies, or the cron is at it already
        stack.session().call("ir.cron", "method_direct_trigger", [cron])


def test_worker_killed_while_it_sends_to_many_deals(shaky):
    many = Many.of(shaky, 12)
    page = many.page()
    for delay in (0.3, 0.9, 1.7):
        poster = threading.Thread(target=_send_many, args=(many, page))
        poster.start()
        time.sleep(delay)
        for pid in shaky.server.workers():
            shaky.server.kill_worker(pid)
        poster.join(60)
    time.sleep(2)
    many.send(page)  # the page goes on
    many.assert_one_each()
    assert many.states(page) == ["sent"] * 12


def _send_many(many, page):
    with contextlib.suppress(OSError, http.client.HTTPException):  # dies with the worker
        many.send(page)
