"""A rep ticks deals in the list, learns who lacks what, sends to the others, and opens what was sent."""

import secrets

from playwright.sync_api import expect

from dev.lib.visitor import Inbox
from tests_live.desk import DESKTOP, PHONE, logged_in, search_for
from tests_live.many import Many

LINES = ".o_field_widget[name=line_ids] .o_data_row"


def _deals(stack):
    tag = secrets.token_hex(3)
    return Many(stack, "demo", clients=[
        ("Anna", f"anna-{tag}@client.example.com"),
        ("Boris", f"boris-{tag}@client.example.com"),
        ("Carla", False),
    ])  # fmt: skip


def _choose(desk, many):
    """Tick the deals in the list and choose from its actions."""
    page = desk.open("crm")
    page.locator(".o_switch_view.o_list").click()
    page.locator(".o_list_view").wait_for()
    with page.expect_response("**/crm.lead/web_search_read"):
        search_for(page, many.words)
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(3)
    page.locator(".o_list_view thead input[type=checkbox]").click()
    page.locator(".o_cp_action_menus button", has_text="Actions").click()
    page.get_by_role("menuitem", name="Send for signature").click()
    page.locator(".o_esign_send_many").wait_for()
    return page


def _take_template(page, many):
    page.locator("[name=template_id] input").fill(many.words)
    page.locator(".o-autocomplete--dropdown-item", has_text=many.template_name).click()


def _press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def test_rep_sends_to_those_who_can_be_reached(stack, chromium):
    many = _deals(stack)
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = _choose(desk, many)
        expect(page.locator(LINES)).to_have_count(3)
        _take_template(page, many)
        _press(page, "Check")
        expect(page.locator(LINES, has_text="Lacking")).to_have_count(1)
        expect(page.locator(LINES).first).to_contain_text("Carla has no e-mail address")
        page.reload()
        _press(page, "Send (2)")
        page.get_by_role("button", name="Open the requests (2)").wait_for()
        expect(page.locator(LINES, has_text="Sent")).to_have_count(2)
        page.reload()
        _press(page, "Open the requests (2)")
        expect(page.locator(".o_list_view .o_data_row")).to_have_count(2)

    requests = many.requests()
    assert sorted(each["state"] for each in requests) == ["sent", "sent"]
    ids = [each["id"] for each in requests]
    domain = [("request_id", "in", ids), ("side", "=", "own")]
    own = many.session.call("esign.signer", "search_read", domain, ["email"])
    inbox = Inbox(stack, own[0]["email"])
    before = len(inbox.links())
    many.session.call("esign.request", "action_send_now", ids)
    inbox.wait("links", more_than=before + 1)
    assert len(inbox.links()) == before + 2


def test_what_was_missing_is_entered_and_sent(stack, chromium):
    many = _deals(stack)
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = _choose(desk, many)
        _take_template(page, many)
        _press(page, "Check")
        row = page.locator(LINES, has_text="Carla")
        expect(row).to_contain_text("Lacking")
        row.locator("button[name=action_open_deal]").click()
        page.locator("[name=email_from] input").fill("carla@client.example.com")
        with page.expect_response("**/crm.lead/web_save"):
            page.locator(".o_form_button_save").click()
        page.locator(".o_breadcrumb a", has_text="Send for signature").click()
        _press(page, "Check again")
        _press(page, "Send (3)")
        page.get_by_role("button", name="Open the requests (3)").wait_for()
    many.assert_one_each()


def test_page_fits_a_phone_and_a_tick_counts_there(stack, chromium):
    many = _deals(stack)
    page_id = many.page()
    with logged_in(chromium, stack, "demo", PHONE) as desk:
        page = desk.open(f"send-many-for-signature/{page_id}", ".o_esign_send_many")
        page.get_by_role("button", name="Send (2)").wait_for()
        assert not desk.is_sideways()
        card = page.locator(".o_kanban_record", has_text="Anna")
        card.locator("[name=is_chosen] input").click()
        page.get_by_role("button", name="Send (1)").click()
        page.get_by_role("button", name="Open the requests (1)").wait_for()
        assert not desk.is_sideways()
    assert [each["lead_id"][0] for each in many.requests()] == [many.leads[1]]
