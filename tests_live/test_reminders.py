"""What time drives, on real processes: reminded once by many crons at once, after a kill too; undone or sent, never both."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from dev.lib.rpc import Refused
from tests_live.people import Case

WEEK = [(0, 0, {"name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24, "day_period": "full_day"})
        for day in range(7)]  # fmt: skip
FROM_SCREEN = {"context": {"esign_may_undo": True}}


@pytest.fixture(scope="module")
def hurried(tmp_path_factory):
    """Give a stack of its own whose company works day and night; these tests kill its workers."""
    from dev.lib.stack import Stack  # noqa: PLC0415

    with Stack(tmp_path_factory.mktemp("hurried"), workers=4) as running:
        session = running.session()
        calendar = session.call(
            "resource.calendar", "create", {"name": "Always", "tz": "UTC", "attendance_ids": WEEK}
        )
        session.call("res.company", "write", [1], {"resource_calendar_id": calendar})
        model = session.call("ir.model", "search", [("model", "=", "esign.request")])
        running.remind = session.call(
            "ir.actions.server",
            "create",
            {
                "name": "Remind",
                "model_id": model[0],
                "state": "code",
                "code": "model._cron_remind()",
            },
        )
        yield running


def _remind(stack):
    """Do what the cron does, in a worker of the web."""
    stack.session().call("ir.actions.server", "run", [stack.remind])


def _make_due(stack, *cases):
    """Let the invitations of these requests be a month old."""
    ids = ", ".join(str(case.id) for case in cases)
    stack.query(
        "UPDATE esign_signer SET invited_at = invited_at - interval '30 days',"
        " last_link_at = last_link_at - interval '30 days'"
        f" WHERE invited_at IS NOT NULL AND request_id IN ({ids})"
    )
    stack.query(
        "UPDATE esign_request SET next_reminder_at = (now() AT TIME ZONE 'UTC') - interval '1 hour'"
        f" WHERE id IN ({ids})"
    )


def _reminders(case):
    """Return how many reminders were written, and how many the signer's counter says."""
    domain = [("request_id", "=", case.id)]
    written = case.session.call(
        "esign.message", "search_count", [*domain, ("purpose", "=", "reminder")]
    )
    signers = case.session.call("esign.signer", "search_read", domain, ["reminders_sent"])
    return written, sum(signer["reminders_sent"] for signer in signers)


def _is_called_back(call):
    """Return whether the call went through; a refusal in words is a no."""
    try:
        call()
    except Refused:
        return False
    return True


def test_many_crons_at_once_remind_once(hurried):
    cases = [Case(hurried) for _number in range(3)]
    for case in cases:
        case.inbox(case.director).wait("links")
    _make_due(hurried, *cases)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _number: _remind(hurried), range(8)))
    for case in cases:
        assert _reminders(case) == (1, 1)
        links = case.inbox(case.director).wait("links", more_than=1)
        assert links
        assert case.kinds().count("invited") == 2
    time.sleep(3)
    assert [len(case.inbox(case.director).links()) for case in cases] == [2, 2, 2]


@pytest.mark.parametrize("delay", [0.05, 0.15, 0.3, 0.6])
def test_killed_cron_reminds_each_once_in_the_end(hurried, delay):
    cases = [Case(hurried) for _number in range(4)]
    _make_due(hurried, *cases)

    def remind():
        with contextlib.suppress(OSError, requests.RequestException, Refused):
            _remind(hurried)  # dies with its worker

    victim = threading.Thread(target=remind)
    victim.start()
    time.sleep(delay)
    for pid in hurried.server.workers():
        hurried.server.kill_worker(pid)
    victim.join(60)
    for _try in range(
        10
    ):  # the next crons; a row that the dying transaction still locks is left to a later one
        _remind(hurried)
        if all(_reminders(case) == (1, 1) for case in cases):
            break
        time.sleep(1)
    _remind(hurried)
    assert [_reminders(case) for case in cases] == [(1, 1)] * 4


def test_undone_within_the_minute_nothing_leaves_and_what_left_is_not_undone(hurried):
    undone, kept = Case(hurried, send=False), Case(hurried, send=False)
    for case in undone, kept:
        case.session.call("esign.request", "action_send", [case.id], **FROM_SCREEN)
    time.sleep(5)
    assert not undone.inbox(undone.director).mails() + kept.inbox(kept.director).mails()
    action = undone.session.call("esign.request", "action_undo_send", [undone.id])
    assert action["res_id"] != undone.id
    assert undone.read("state")["state"] == "cancelled"
    assert kept.inbox(kept.director).wait("links", patience=180), "it leaves by itself"
    time.sleep(3)
    assert not undone.inbox(undone.director).mails()
    assert not _is_called_back(
        lambda: kept.session.call("esign.request", "action_undo_send", [kept.id])
    )
    assert kept.read("state")["state"] == "sent"


@pytest.mark.parametrize("number", range(4))
def test_undo_and_send_now_at_once_end_in_one_of_both(hurried, number):
    case = Case(hurried, send=False)
    case.session.call("esign.request", "action_send", [case.id], **FROM_SCREEN)
    gate = threading.Barrier(2)

    def call(method):
        session = hurried.session()
        gate.wait(60)
        time.sleep(0.01 * number if method == "action_undo_send" else 0)
        return _is_called_back(lambda: session.call("esign.request", method, [case.id]))

    with ThreadPoolExecutor(2) as pool:
        is_undone, is_sent = pool.map(call, ("action_undo_send", "action_send_now"))
    assert is_undone or is_sent
    state = case.read("state")["state"]
    assert state == ("cancelled" if is_undone else "sent")
    if is_undone:
        time.sleep(3)
        assert not case.inbox(case.director).mails()
    else:
        assert case.inbox(case.director).wait("links")


def test_undo_while_the_message_is_being_handed_over_is_refused(hurried):
    case = Case(hurried, send=False)
    case.session.call("esign.request", "action_send", [case.id], **FROM_SCREEN)
    hurried.mail.behave(seconds=6, to=case.director, times=1)
    hurried.query(
        "UPDATE esign_message SET next_try_at = (now() AT TIME ZONE 'UTC') - interval '1 minute'"
        f" WHERE request_id = {case.id}"
    )
    other = Case(hurried)  # wakes the outbox
    sending = f"SELECT 1 FROM esign_message WHERE request_id = {case.id} AND state = 'sending'"
    until = time.monotonic() + 60
    while not hurried.query(sending):
        assert time.monotonic() < until, "it never was on its way"
        time.sleep(0.1)
    assert not _is_called_back(
        lambda: case.session.call("esign.request", "action_undo_send", [case.id])
    )
    hurried.mail.behave()
    assert case.read("state")["state"] == "sent"
    assert case.inbox(case.director).wait("links")
    assert other.inbox(other.director).wait("links")
