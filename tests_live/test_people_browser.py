"""What people correct by hand, as they do it in the backend: a rep proposes, a leader approves, a manager withdraws."""

import contextlib
import secrets

import pytest

from dev.lib.rpc import Refused
from dev.lib.visitor import Visitor
from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.people import Case, hire


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


@pytest.fixture
def backend(chromium, stack):
    """Give a function that opens a request in the backend as somebody."""
    with contextlib.ExitStack() as desks:

        def open_request(login, request_id, device=DESKTOP):
            desk = desks.enter_context(logged_in(chromium, stack, login, device))
            return desk.open(f"e-signature/{request_id}", ".o_form_view")

        yield open_request


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_contact_is_corrected_by_two_people(stack, staff, backend, device):
    case = Case.of_rep(stack, staff)
    old = case.inbox(case.client).wait("links")
    new = f"claude-{secrets.token_hex(3)}@client.example.com"

    page = backend(staff["rep"], case.id)
    page.locator("tr", has_text="Claude Client").locator("button:has(.fa-address-card-o)").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail", exact=True).check()
    dialog.locator("div[name=email] input").fill(staff["rep"])
    dialog.locator("div[name=reason] input").fill("He told me by phone")
    dialog.get_by_text("belongs to our own side").wait_for()
    dialog.locator("div[name=email] input").fill(new)
    _button(dialog, "Ask for approval").click()
    page.get_by_text("The leader was asked").wait_for()
    page.get_by_text("proposes another address").wait_for()
    assert _button(page, "Take back").is_visible()
    assert not _button(page, "Approve").is_visible()
    assert case.read("state")["state"] == "sent"
    assert Visitor(old, case.inbox(case.client)).page()["situation"] == "sign"

    page = backend(staff["leader"], case.id, device)
    page.locator(".alert", has_text=new).wait_for()
    _button(page, "Approve").click()
    page.get_by_role("dialog").get_by_text("really belong to the signer").wait_for()
    page.get_by_role("dialog").locator("footer .btn-primary").click()
    page.get_by_text("proposes another address").wait_for(state="hidden")
    assert "contact_changed" in case.kinds()
    told = case.inbox(case.client).wait("texts", more_than=1)
    assert "another address" in told
    assert "/esign/s/" not in told
    assert case.visitor(new).walk("Claude Client")["sealed"]


def test_signed_document_is_withdrawn_by_a_manager(stack, staff, backend):
    case = Case.of_rep(stack, staff)
    assert case.visitor(case.client).walk("Claude Client")["sealed"]

    page = backend(staff["rep"], case.id)
    _button(page, "Duplicate").wait_for()
    assert not _button(page, "Withdraw").is_visible()

    page = backend(staff["manager"], case.id)
    _button(page, "Withdraw").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("div[name=reason] input").fill("Signed for the wrong period")
    _button(dialog, "Withdraw the document").click()
    page.locator(".alert", has_text="Signed for the wrong period").wait_for()
    with pytest.raises(Refused, match="withdrawn before"):
        stack.session(staff["manager"]).call("esign.request", "action_withdraw", [case.id], "Again")
    assert case.kinds().count("withdrawn") == 1


def test_duplicate_opens_a_draft(stack, staff, backend):
    case = Case.of_rep(stack, staff)
    page = backend(staff["rep"], case.id)
    _button(page, "Duplicate").click()
    _button(page, "Send").wait_for()
    assert case.read("state")["state"] == "sent"
