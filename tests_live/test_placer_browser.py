"""The field placer in a real browser: by mouse, by touch, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.drawing import Finger
from tests_live.people import ACT
from tests_live.placer import FIELDS, Sheet, template_of_two_pages


@pytest.fixture
def template(stack):
    return template_of_two_pages(stack)


def test_by_mouse(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet = Sheet(desk.page, stack, template)
        sheet.add("signature")
        expect(sheet.fields).to_have_count(1)
        sheet.saved()
        (first,) = sheet.stored(session)
        sheet.drag(sheet.fields.first, 80, -60)
        sheet.drag(sheet.fields.first, 50, 20, corner=True)
        sheet.saved()
        (moved,) = sheet.stored(session)
        assert moved["x"] > first["x"] and moved["y"] < first["y"]
        assert moved["width"] > first["width"] and moved["height"] > first["height"]
        _properties(sheet, session)
        _shorter_file(sheet, session)


def _properties(sheet, session):
    """Say of each field what it is; put one on both pages."""
    own, client = (role["name"] for role in session.call(
        "esign.template.role", "search_read", [("template_id", "=", sheet.template)], ["name"], order="sequence",
    ))  # fmt: skip
    form = sheet.page.locator(".o_esign_placer_form")
    sheet.select("role", f"2. {client}")
    sheet.add("crm_value")
    expect(form.locator("[name=required]")).to_be_checked()
    value = form.locator("[name=crm_value_id] option").nth(1).inner_text()
    sheet.select("crm_value_id", value)
    form.locator("[name=required]").uncheck()
    sheet.add("text")
    sheet.select("filled_by", "Sender")
    form.locator("[name=default]").fill("Bridge 7")
    form.locator("[name=pages]").fill("2")
    form.get_by_role("button", name="Copy", exact=True).click()
    expect(sheet.fields).to_have_count(4)
    sheet.add("date_signed")
    expect(form.locator("[name=required]")).to_have_count(0)
    sheet.saved()
    signature, from_deal, text, copy, signed = sheet.stored(session)
    assert (signature["role_id"][1], from_deal["role_id"][1]) == (client, own)
    assert from_deal["crm_value_id"][1] == value and not from_deal["required"]
    assert (text["filled_by"], text["default"], text["page"]) == ("sender", "Bridge 7", 1)
    assert (copy["filled_by"], copy["default"], copy["page"]) == ("sender", "Bridge 7", 2)
    assert not signed["required"]


def _shorter_file(sheet, session):
    """Replace the file by one without the second page: what lay there is said, and moved with a click."""
    page = sheet.page
    page.goto(page.url.replace("e-signature-template-fields", "").rsplit("/odoo/", 1)[0]
              + f"/odoo/e-signature-templates/{sheet.template}")  # fmt: skip
    page.locator("[name=upload] input[type=file]").set_input_files(
        {"name": "short.pdf", "mimeType": "application/pdf", "buffer": ACT}
    )
    page.locator(".o_form_button_save").click()
    page.locator("[role=alert]", has_text="Text (page 2)").wait_for()
    page.get_by_role("button", name="Place fields").click()
    sheet.wait()
    expect(sheet.fields).to_have_count(4)
    page.get_by_role("button", name="Move to the last page").click()
    expect(sheet.fields).to_have_count(5)
    sheet.saved()
    assert {field["page"] for field in sheet.stored(session)} == {1}


def test_kind_is_dragged_onto_the_page_and_a_frame_selects(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet = Sheet(desk.page, stack, template)
        sheet.add("signature")
        kind = desk.page.locator("[data-type=text].btn").bounding_box()
        page = desk.page.locator(".o_esign_placer_page").first.bounding_box()
        desk.page.mouse.move(kind["x"] + 20, kind["y"] + 10)
        desk.page.mouse.down()
        desk.page.mouse.move(page["x"] + 200, page["y"] + 150, steps=5)
        desk.page.mouse.up()
        expect(sheet.fields).to_have_count(2)

        desk.page.mouse.move(page["x"] + 3, page["y"] + 3)
        desk.page.mouse.down()
        desk.page.mouse.move(page["x"] + page["width"] - 3, page["y"] + 600, steps=5)
        desk.page.mouse.up()
        expect(desk.page.locator(f"{FIELDS}.o_selected")).to_have_count(2)
        desk.page.get_by_role("button", name="Align left").click()
        sheet.saved()
        assert len({round(field["x"], 4) for field in sheet.stored(session)}) == 1

        desk.page.reload()
        sheet.wait()
        expect(sheet.fields).to_have_count(2)


def test_by_touch(stack, chromium, template):
    with logged_in(chromium, stack, "demo", PHONE) as desk:
        sheet = Sheet(desk.page, stack, template)
        desk.page.locator("[data-type=signature].btn").tap()
        expect(sheet.fields).to_have_count(1)
        field = sheet.fields.first
        field.scroll_into_view_if_needed()
        before = field.bounding_box()
        finger = Finger(desk.page)
        x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
        finger.draw([(x, y - step * 5) for step in range(7)])
        sheet.saved()
        now = field.bounding_box()
        assert abs(now["y"] - before["y"] + 30) < 3

        x, y = now["x"] + now["width"] - 4, now["y"] + now["height"] - 4
        finger.draw([(x, y + step * 4) for step in range(7)])
        sheet.saved()
        assert abs(field.bounding_box()["height"] - now["height"] - 24) < 3

        desk.page.locator("[data-type=date].btn").tap()
        expect(sheet.fields).to_have_count(2)
        several = desk.page.get_by_label("Select several")
        several.tap()
        expect(several).to_be_checked()
        field.tap()
        expect(desk.page.locator(f"{FIELDS}.o_selected")).to_have_count(2)
        width = desk.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], "scrolls sideways"


def tab_to(page, selector, *, back=False):
    """Press Tab until the focus is there."""
    for _step in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_by_keyboard_alone(stack, chromium, template):
    session = stack.session("demo")
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        sheet = Sheet(desk.page, stack, template)
        keyboard = desk.page.keyboard

        tab_to(desk.page, "[data-type=text]")
        keyboard.press("Enter")
        expect(sheet.fields).to_be_focused()
        sheet.saved()
        (first,) = sheet.stored(session)
        for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
            keyboard.press(key)
        sheet.saved()
        (moved,) = sheet.stored(session)
        assert (moved["x"], moved["y"]) < (first["x"], first["y"])
        assert moved["width"] > first["width"] and moved["height"] > first["height"]

        keyboard.press("Control+d")
        expect(sheet.fields).to_have_count(2)
        tab_to(desk.page, "input[name=name]")
        keyboard.press("Control+a")
        keyboard.type("Place of work")
        keyboard.press("Tab")
        sheet.saved()
        _other_page_by_keyboard(sheet, session)


def _other_page_by_keyboard(sheet, session):
    """Put the selected field on page 2, for the other role, not required."""
    keyboard = sheet.page.keyboard
    tab_to(sheet.page, "input[name=page]")
    keyboard.press("Control+a")
    keyboard.type("2")
    tab_to(sheet.page, "select[name=role]", back=True)
    keyboard.press("ArrowDown")
    tab_to(sheet.page, "input[name=required]")
    keyboard.press("Space")
    sheet.saved()
    stays, goes = sheet.stored(session)
    assert (stays["name"], stays["page"], stays["required"]) == ("Text", 1, True)
    assert (goes["name"], goes["page"], goes["required"]) == ("Place of work", 2, False)
    assert goes["role_id"] != stays["role_id"]
    box = sheet.page.locator("[data-page='2']").locator(FIELDS)
    expect(box).to_be_in_viewport()
