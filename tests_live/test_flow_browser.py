"""From the deal to the request in the backend: sent, undone within the minute, given more time."""

from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from dev.lib import paths
from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.people import Case, hire


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


def _send_draft(page):
    """Press Send, which on a phone hides behind the cog of the form."""
    if not _button(page, "Send").is_visible():
        page.locator(
            ".o_cp_action_menus .dropdown-toggle, .o_statusbar_buttons .dropdown-toggle"
        ).first.click()
    page.get_by_text("Send", exact=True).locator("visible=true").first.click()


def test_document_sent_from_the_deal_can_be_undone_by_the_link_of_its_notice(
    stack, staff, chromium
):
    case = Case(stack, login=staff["rep"], send=False)
    with logged_in(chromium, stack, staff["rep"], DESKTOP) as desk:
        page = desk.open(f"crm/{case.lead}")
        _button(page, "Send for signature").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(paths.ROOT / "dev" / "act.pdf")
        dialog.get_by_text("1 page").wait_for()
        for name, value in (
            ("own_name", "Dora Director"), ("own_email", case.director),
            ("client_name", "Claude Client"), ("client_email", f"claude-{case.id}@client.example.com"),
        ):  # fmt: skip
            dialog.locator(f"div[name={name}] input").fill(value)
        _button(dialog, "Send").click()
        notice = page.locator(".o_notification", has_text="leaves in a minute")
        notice.hover()  # or it goes after some seconds
        with page.context.expect_page() as opened:
            notice.get_by_role("link").click()
        form = opened.value
        form.get_by_text("The message leaves in").wait_for()
        seconds = form.locator("[name=undo_seconds] span")
        expect(seconds).not_to_have_text("0")  # until it is drawn for the second time
        left = int(seconds.inner_text())
        assert 0 < left <= 60
        form.wait_for_timeout(2100)
        assert int(seconds.inner_text()) < left
        _button(form, "Undo sending").click()
        _button(form, "Send").wait_for()
    domain = [("lead_id", "=", case.lead), ("state", "=", "cancelled")]
    assert case.session.call("esign.request", "search_count", domain) == 1
    assert not case.inbox(case.director).mails()


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("role", ["rep", "manager"])
def test_draft_is_sent_undone_or_sent_now(stack, staff, chromium, role, device):
    case = Case(stack, login=staff["rep"], send=False)
    with logged_in(chromium, stack, staff[role], device) as desk:
        page = desk.form(case)
        _send_draft(page)
        page.get_by_text("The message leaves in").wait_for()
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], "scrolls sideways"
        _button(page, "Send now").click()
        page.get_by_text("The message leaves in").wait_for(state="hidden")
    assert case.inbox(case.director).wait("links")


def test_expired_request_gets_more_time(stack, staff, chromium):
    case = Case(stack, login=staff["rep"], send=False)
    soon = datetime.now(timezone.utc) + timedelta(seconds=20)
    case.session.call(
        "esign.request", "write", [case.id], {"deadline_at": f"{soon:%Y-%m-%d %H:%M:%S}"}
    )
    case.session.call("esign.request", "action_send", [case.id])
    cron = stack.session().call(
        "ir.model.data", "search_read", [("name", "=", "esign_request_cron_expire")], ["res_id"]
    )
    with logged_in(chromium, stack, staff["manager"], DESKTOP) as desk:
        desk.page.wait_for_timeout(21_000)
        stack.session().call("ir.cron", "method_direct_trigger", [cron[0]["res_id"]])
        page = desk.form(case)
        page.get_by_text("Not everybody signed before the deadline").wait_for()
        _button(page, "Extend").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("div[name=reason] input").fill("On leave")
        _button(dialog, "Extend the deadline").click()
        page.get_by_text("Waiting for Dora Director").wait_for()
        _button(page, "Remind").wait_for()
    assert case.read("state")["state"] == "sent"
    assert case.inbox(case.director).wait("links", more_than=1)
    assert case.kinds().count("extended") == 1
