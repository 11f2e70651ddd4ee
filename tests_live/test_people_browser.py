"""What people correct by hand, as they do it in the backend: a rep proposes, a leader approves, a manager withdraws."""

import secrets
import shutil

import pytest
from playwright.sync_api import sync_playwright

from dev.lib.rpc import Refused
from dev.lib.visitor import Visitor
from tests_live.people import Case, hire
from tests_live.test_browser import FLAGS

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def chromium():
    """Give one browser to all tests of this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


@pytest.fixture
def backend(chromium, stack):
    """Give a function that opens a request in the backend as somebody."""
    contexts = []

    def open_request(login, request_id, **device):
        context = chromium.new_context(**device)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(f"{stack.url}/web/login")
        page.fill("#login", login)
        page.fill("#password", login)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url("**/odoo**")
        page.goto(f"{stack.url}/odoo/esign.request/{request_id}")
        page.locator(".o_form_view").wait_for()
        return page

    yield open_request
    for context in contexts:
        context.close()


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_contact_is_corrected_by_two_people(stack, staff, backend, device):
    case = Case.of_rep(stack, staff)
    old = case.inbox(case.client).wait("links")
    new = f"claude-{secrets.token_hex(3)}@client.example.com"

    page = backend(staff["rep"], case.id, **DESKTOP)
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

    page = backend(staff["leader"], case.id, **device)
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

    page = backend(staff["rep"], case.id, **DESKTOP)
    _button(page, "Duplicate").wait_for()
    assert not _button(page, "Withdraw").is_visible()

    page = backend(staff["manager"], case.id, **DESKTOP)
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
    page = backend(staff["rep"], case.id, **DESKTOP)
    _button(page, "Duplicate").click()
    _button(page, "Send").wait_for()
    assert case.read("state")["state"] == "sent"
