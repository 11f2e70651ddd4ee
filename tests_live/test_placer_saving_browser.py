"""The field placer in a real browser: what is undone, reloaded, in two tabs, without a connection, on a draft."""

import pytest
from playwright.sync_api import expect

from tests_live.desk import DESKTOP, logged_in
from tests_live.people import Case
from tests_live.placer import CONFLICT, FIELDS, SAVED, Sheet, template_of_two_pages


@pytest.fixture
def template(stack):
    return template_of_two_pages(stack)


def test_undo_and_redo_by_keys_and_what_a_reload_shows(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet, keyboard = Sheet(desk.page, stack, template), desk.page.keyboard
        sheet.add("text")
        sheet.add("date")
        sheet.fields.first.focus()
        keyboard.press("Control+a")
        keyboard.press("Delete")
        expect(sheet.fields).to_have_count(0)
        keyboard.press("Control+z")
        expect(sheet.fields).to_have_count(2)
        keyboard.press("Control+y")
        expect(sheet.fields).to_have_count(0)
        keyboard.press("Control+z")
        sheet.saved()
        assert len(sheet.stored(session)) == 2
        desk.page.reload()
        sheet.wait()
        expect(sheet.fields).to_have_count(2)


def test_second_tab_is_told_and_decides(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        one = Sheet(desk.page, stack, template)
        two = Sheet(desk.page.context.new_page(), stack, template)
        one.add("text")
        one.saved()
        two.add("date")
        two.page.locator(CONFLICT).wait_for()
        assert [field["type"] for field in one.stored(session)] == ["text"]
        two.page.get_by_role("button", name="Show the other version").click()
        two.saved()
        expect(two.fields).to_have_attribute("data-type", "text")

        two.add("date")
        two.saved()
        one.add("checkbox")
        one.page.locator(CONFLICT).wait_for()
        one.page.get_by_role("button", name="Keep mine").click()
        one.saved()
        assert [field["type"] for field in one.stored(session)] == ["text", "checkbox"]


def test_nothing_is_lost_without_a_connection(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet = Sheet(desk.page, stack, template)
        desk.page.route("**/layout_save", lambda route: route.abort())
        sheet.add("text")
        desk.page.locator(".o_esign_placer_save[data-state=offline]").wait_for()
        assert sheet.stored(session) == []
        desk.page.reload()  # the tab is closed, and opened again
        sheet.wait()
        expect(sheet.fields).to_have_count(1)
        desk.page.unroute("**/layout_save")
        sheet.saved()
        assert [field["type"] for field in sheet.stored(session)] == ["text"]


@pytest.mark.parametrize("stranger", ["database", "user"])
def test_what_another_database_or_user_left_is_nobody_elses(stack, chromium, template, stranger):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet = Sheet(desk.page, stack, template)
        desk.page.route("**/layout_save", lambda route: route.abort())
        sheet.add("text")
        desk.page.locator(".o_esign_placer_save[data-state=offline]").wait_for()
        (key,) = desk.page.evaluate(
            "Object.keys(localStorage).filter(k => k.startsWith('esign_placer:'))"
        )
        name, base, user, *rest = key.split(":")
        assert (name, base) == ("esign_placer", stack.name) and user.isdigit(), key
        theirs = ["other", user] if stranger == "database" else [base, str(int(user) + 1)]
        moved = ":".join([name, *theirs, *rest])
        desk.page.evaluate(
            "([from, to]) => { localStorage[to] = localStorage[from]; localStorage.removeItem(from); }",
            [key, moved],
        )
        desk.page.unroute("**/layout_save")
        desk.page.route("**/layout_save", lambda route: route.abort())
        desk.page.goto("about:blank")
        Sheet(desk.page, stack, template)
        left = desk.page.evaluate("Object.keys(localStorage)")
        assert moved in left
    assert sheet.stored(session) == []


def test_draft_request_is_placed_on_too(stack, chromium):
    case = Case(stack, login="demo", send=False)
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = desk.page
        page.goto(f"{stack.url}/odoo/e-signature/{case.id}")
        page.get_by_role("button", name="Place fields").click()
        page.locator(FIELDS).first.wait_for()
        expect(page.locator(FIELDS)).to_have_count(2)
        page.locator("[data-type=text].btn").click()
        page.locator(SAVED).wait_for()
        page.wait_for_timeout(1500)
        page.locator(SAVED).wait_for()
    names = case.session.call(
        "esign.field", "search_read", [("request_id", "=", case.id)], ["type"]
    )
    assert sorted(each["type"] for each in names) == ["signature", "signature", "text"]
