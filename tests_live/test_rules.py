"""Rules on real servers: edited at the same moment, killed at work, worked off by several crons at once."""

import contextlib
import threading
import time

import pytest

from tests_live.people import Case

OVER = ("done", "skipped", "failed")


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """Give a stack with two cron workers, which these tests kill."""
    from dev.lib.stack import Stack  # noqa: PLC0415

    with Stack(tmp_path_factory.mktemp("busy"), crons=2) as running:
        yield running


@pytest.fixture
def make_rule(busy):
    """Give a function that makes a rule on sending, which is gone after the test."""
    session, made = busy.session(), []

    def make(**values):
        made.append(session.call("esign.rule", "create", {"trigger": "sent"} | values))
        return made[-1]

    yield make
    session.call("esign.rule", "unlink", made)


def code_action(session, code):
    """Return a released server action on deals."""
    (model,) = session.call("ir.model", "search", [("model", "=", "crm.lead")])
    return session.call(
        "ir.actions.server", "create",
        {"name": "Typed code", "model_id": model, "state": "code", "code": code, "is_esign_released": True},
    )  # fmt: skip


def runs_of(case, rule):
    """Return the runs of a rule on the request."""
    domain = [("request_id", "=", case.id), ("rule_id", "=", rule)]
    return case.session.call(
        "esign.rule.run", "search_read", domain, ["state", "words", "attempts"]
    )


def wait_until_over(case, rule, patience=240):
    """Return the only run of the rule on the request, once it is over."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            runs = runs_of(case, rule)
            if runs and all(run["state"] in OVER for run in runs):
                (run,) = runs
                return run
        time.sleep(0.5)
    raise AssertionError(f"never over: {runs_of(case, rule)}")


def deal(case, *names):
    """Return fields of the deal."""
    return case.stack.session().call("crm.lead", "read", [case.lead], list(names))[0]


def stage_after(case):
    """Return the id of a stage behind the deal's."""
    session = case.stack.session()
    return session.call("crm.stage", "create", {"name": "Rules", "sequence": 60})


def test_deal_that_the_rep_edits_at_the_same_moment_still_moves(busy, make_rule):
    case = Case(busy, login="demo", send=False)
    target = stage_after(case)
    rule = make_rule(action="move", target_stage_id=target)
    statement = (
        f"BEGIN; UPDATE crm_lead SET description = 'by the rep' WHERE id = {case.lead};"
        " SELECT pg_sleep(4); COMMIT"
    )
    editor = threading.Thread(target=busy.query, args=[statement])
    editor.start()
    time.sleep(0.5)
    case.session.call("esign.request", "action_send", [case.id])
    assert wait_until_over(case, rule)["state"] == "done"
    editor.join()
    found = deal(case, "stage_id", "description")
    assert found["stage_id"][0] == target
    assert "by the rep" in found["description"]


def test_deal_that_the_rep_saves_again_and_again_still_moves(busy, make_rule):
    case = Case(busy, login="demo", send=False)
    target = stage_after(case)
    rule = make_rule(action="move", target_stage_id=target)
    is_over = threading.Event()

    def edit():
        session, number = busy.session("demo"), 0
        while not is_over.is_set():
            number += 1
            session.call("crm.lead", "write", [case.lead], {"name": f"Deal {number}"})

    editors = [threading.Thread(target=edit) for _ in range(2)]
    for editor in editors:
        editor.start()
    try:
        case.session.call("esign.request", "action_send", [case.id])
        run = wait_until_over(case, rule)
    finally:
        is_over.set()
        for editor in editors:
            editor.join()
    assert run["state"] == "done", run
    assert deal(case, "stage_id")["stage_id"][0] == target


def test_worker_killed_in_the_middle_of_a_run_leaves_one_effect(busy, make_rule):
    session = busy.session()
    action = code_action(
        session, "record.message_post(body='once')\nenv.cr.execute('SELECT pg_sleep(10)')"
    )
    rule = make_rule(action="server_action", server_action_id=action)
    case = Case(busy)
    until = time.monotonic() + 60
    while runs_of(case, rule)[0]["state"] != "running" and time.monotonic() < until:
        time.sleep(0.2)
    time.sleep(1)
    for pid in busy.server.workers("WorkerCron"):
        busy.server.kill_worker(pid)
    run = wait_until_over(case, rule)
    assert (run["state"], run["attempts"]) == ("done", 2), run
    notes = [("model", "=", "crm.lead"), ("res_id", "=", case.lead), ("body", "ilike", "once")]
    assert session.call("mail.message", "search_count", notes) == 1


def test_two_crons_do_each_run_once(busy, make_rule):
    session = busy.session()
    code = "record.message_post(body='counted')\nenv.cr.execute('SELECT pg_sleep(0.2)')"
    rule = make_rule(action="server_action", server_action_id=code_action(session, code))
    cases = [Case(busy) for _ in range(12)]
    for case in cases:
        run = wait_until_over(case, rule)
        assert (run["state"], run["attempts"]) == ("done", 1), run
        notes = [
            ("model", "=", "crm.lead"),
            ("res_id", "=", case.lead),
            ("body", "ilike", "counted"),
        ]
        assert session.call("mail.message", "search_count", notes) == 1


def test_signature_of_a_stranger_runs_the_rule_as_its_owner(busy, make_rule):
    session = busy.session()
    action = code_action(session, "record.message_post(body=f'uid {env.uid} su {env.su}')")
    rule = make_rule(trigger="own_signed", action="server_action", server_action_id=action)
    case = Case(busy)
    case.director_signs()
    assert wait_until_over(case, rule)["state"] == "done"
    domain = [("model", "=", "crm.lead"), ("res_id", "=", case.lead), ("body", "ilike", "uid")]
    (note,) = session.call("mail.message", "search_read", domain, ["body"])
    assert f"uid {session.uid} su False" in note["body"]
