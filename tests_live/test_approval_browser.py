"""Approval above an amount, as people do it in the backend: a rep sends, a manager approves, the director's mail leaves."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from dev.lib.rpc import Refused
from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.people import Case, approving


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep and a manager of a company whose managers approve above 10 000, for as long as these tests run."""
    with approving(stack, above=10_000) as people:
        yield people


@pytest.fixture
def backend(chromium, stack):
    """Give a function that opens a request in the backend as somebody."""
    with contextlib.ExitStack() as desks:

        def open_request(login, case, device=DESKTOP):
            return desks.enter_context(logged_in(chromium, stack, login, device)).form(case)

        yield open_request


def _draft(stack, staff, revenue=12_000):
    case = Case(stack, login=staff["rep"], send=False)
    case.session.call("crm.lead", "write", [case.lead], {"expected_revenue": revenue})
    return case


def _asked(stack, staff):
    case = _draft(stack, staff)
    case.session.call("esign.request", "action_send", [case.id])
    assert case.read("state")["state"] == "draft"
    return case, case.read("approval_id")["approval_id"][0]


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_rep_sends_manager_approves_and_the_directors_mail_leaves(stack, staff, backend, device):
    case = _draft(stack, staff)
    page = backend(staff["rep"], case)
    _button(page, "Send").click()
    page.get_by_text("asks to send this").wait_for()
    page.get_by_text("Waits for approval by").first.wait_for()
    expect(_button(page, "Approve and send")).to_have_count(0)
    expect(_button(page, "Send")).to_have_count(0)
    assert case.inbox(case.director).links() == []

    manager = stack.session(staff["manager"])
    activities = manager.call(
        "mail.activity", "search_count", [("res_id", "=", case.id), ("user_id", "=", manager.uid)]
    )
    assert activities == 1
    page = backend(staff["manager"], case, device)
    page.locator(".alert", has_text="12,000").wait_for()
    _button(page, "Approve and send").click()
    page.get_by_text("asks to send this").wait_for(state="hidden")
    assert case.read("state")["state"] == "sent"
    assert case.visitor(case.director).walk("Dora Director")["state"] == "signed"
    assert case.kinds()[0] == "sent"


def test_refusal_tells_the_rep_why(stack, staff, backend):
    case, _approval = _asked(stack, staff)
    page = backend(staff["manager"], case)
    _button(page, "Refuse").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("div[name=reason] input").fill("The price was not agreed")
    _button(dialog, "Refuse").click()
    page.get_by_text("refused the sending: The price was not agreed").first.wait_for()

    page = backend(staff["rep"], case)
    page.locator(".alert-danger", has_text="The price was not agreed").wait_for()
    _button(page, "Send").click()
    _button(page, "Take back").click()
    page.get_by_text("asks to send this").wait_for(state="hidden")
    assert case.read("approval_state")["approval_state"] == "void"


def test_what_was_changed_meanwhile_is_not_sent(stack, staff, backend):
    case, approval = _asked(stack, staff)
    page = backend(staff["manager"], case)
    page.get_by_text("asks to send this").wait_for()
    case.session.call("esign.request", "write", [case.id], {"title": "Quite another title"})
    _button(page, "Approve and send").click()
    page.get_by_text("was changed after approval had been asked for").first.wait_for()
    assert case.read("state", "approval_id")["approval_id"][0] != approval
    page.locator("div[name=title] input").wait_for()
    expect(page.locator("div[name=title] input")).to_have_value("Quite another title")
    _button(page, "Approve and send").click()
    page.get_by_text("asks to send this").wait_for(state="hidden")
    assert case.read("state")["state"] == "sent"


def test_two_approvers_at_once_send_once(stack, staff):
    case, approval = _asked(stack, staff)
    sessions = [stack.session(staff["manager"]), stack.session()] * 2

    def approve(session):
        try:
            return session.call("esign.approval", "action_approve", [approval])
        except Refused as refused:
            return refused.message

    with ThreadPoolExecutor(len(sessions)) as pool:
        answers = list(pool.map(approve, sessions))
    assert answers.count(True) == 1, answers
    assert case.kinds().count("sent") == 1
    assert len(case.inbox(case.director).wait("links")) > 0
    assert len(case.inbox(case.director).links()) == 1


def test_managers_own_sending_is_his_approval(stack, staff):
    case = Case(stack, send=False)  # by the administrator, who is a manager too
    case.session.call("crm.lead", "write", [case.lead], {"expected_revenue": 12_000})
    case.session.call("esign.request", "action_send", [case.id])
    assert case.read("state", "approval_state") == {
        "id": case.id,
        "state": "sent",
        "approval_state": "approved",
    }
