"""How a document is read on the signing page: from page to page, larger, and sharper then."""

from contextlib import closing
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from tests_live.accessible import assert_accessible
from tests_live.locks import turn_taken
from tests_live.people import ACT, Case
from tests_live.signing_page import DESKTOP, PHONE

DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def case(stack):
    """Give a request to sign an act of four pages."""
    writer, out = PdfWriter(), BytesIO()
    for _copy in range(4):
        writer.append(PdfReader(BytesIO(ACT)))
    writer.write(out)
    return Case(stack, content=out.getvalue())


@pytest.fixture
def link(case):
    """Give the director's link to it."""
    return case.inbox(case.director).wait("links")


def _width(page):
    return page.locator(".sheet").first.bounding_box()["width"]


def _assert_not_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"


@DEVICES
def test_reader_goes_to_a_page_by_its_small_picture(link, open_page, device):
    page = open_page(link, **device)
    page.get_by_role("button", name="Page 1 of 4").click()
    dialog = page.get_by_role("dialog", name="All pages")
    expect(dialog.get_by_role("button", name="Page")).to_have_count(4)
    expect(dialog.get_by_role("button", name="Page 1 of 4")).to_have_attribute(
        "aria-current", "true"
    )
    assert_accessible(page)
    dialog.get_by_role("button", name="Page 3 of 4").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#esign-page-3")).to_be_focused()
    expect(page.locator("#esign-page-3 .page-image[src]")).to_be_in_viewport()
    position = page.locator(".viewer .button").first
    expect(position).to_have_text("Page 3 of 4")
    page.get_by_role("button", name="Larger").click()
    page.wait_for_timeout(300)
    expect(position).to_have_text("Page 3 of 4")
    _assert_not_sideways(page)


def test_all_pages_are_left_by_escape_where_one_was(link, open_page):
    page = open_page(link, **DESKTOP)
    button = page.get_by_role("button", name="Page 1 of 4")
    button.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


@DEVICES
def test_page_made_larger_by_keys_becomes_sharper_and_scrolls_alone(link, open_page, device):
    page = open_page(link, **device, device_scale_factor=2)
    picture = page.locator("#esign-page-1 .page-image")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1200)
    usual = _width(page)
    larger = page.get_by_role("button", name="Larger")
    for _step in range(3):
        larger.press("Enter")
    expect(page.locator(".zoom-percent")).to_have_text("300 %")
    expect(larger).to_have_attribute("aria-disabled", "true")
    assert _width(page) == pytest.approx(3 * usual, rel=0.01)
    expect(picture).to_have_js_property("naturalWidth", 2400)
    second = page.locator("#esign-page-2 .page-image")
    second.scroll_into_view_if_needed()
    expect(second).to_have_js_property("naturalWidth", 2400)
    _assert_not_sideways(page)
    assert_accessible(page)
    scroller = page.locator(".page-scroll").first
    before = scroller.evaluate("node => node.scrollLeft")
    scroller.focus()
    page.keyboard.press("ArrowRight")
    expect(scroller).not_to_have_js_property("scrollLeft", before)
    for _step in range(3):
        page.get_by_role("button", name="Smaller").press("Enter")
    assert _width(page) == pytest.approx(usual, rel=0.01)


def test_usual_size_on_a_usual_screen_fetches_nothing_sharper(link, open_page):
    page = open_page(link, **PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Larger").press("Enter")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "sharp" in url], "480 points are less than 1200"


def test_sharper_picture_that_does_not_come_leaves_the_usual_one(link, open_page):
    page = open_page(link, **DESKTOP, device_scale_factor=2)
    picture = page.locator(".page-image").first
    expect(picture).to_have_js_property("naturalWidth", 1200)
    page.route("**/page/1?sharp=1", lambda route: route.fulfill(status=200, body="no picture"))
    with page.expect_response("**/page/1?sharp=1"):
        page.get_by_role("button", name="Larger").click()
    page.wait_for_timeout(300)
    expect(picture).to_have_js_property("naturalWidth", 1200)
    assert page.locator(".page-failed").count() == 0


def test_sharper_picture_comes_after_another_readers_was_drawn(case, link, chromium):
    document, _name = case.read("frozen_document_id")["frozen_document_id"]
    with closing(chromium.new_context(**DESKTOP, device_scale_factor=2)) as context:
        page = context.new_page()
        page.goto(link)
        picture = page.locator(".page-image").first
        expect(picture).to_have_js_property("naturalWidth", 1200)
        with turn_taken(case.stack, "SHARP_PAGES", document):
            with page.expect_response(lambda each: each.status == 503):
                page.get_by_role("button", name="Larger").click()
            expect(picture).to_have_js_property("naturalWidth", 1200)
        expect(picture).to_have_js_property("naturalWidth", 2400)


def test_sharper_pictures_are_asked_for_one_after_the_other(link, open_page):
    page = open_page(link, viewport={"width": 320, "height": 1400}, device_scale_factor=2)
    pictures = page.locator(".page-image[src]")
    expect(pictures).not_to_have_count(0)
    said = []
    page.on("request", lambda each: "sharp" in each.url and said.append("asked"))
    page.on("requestfinished", lambda each: "sharp" in each.url and said.append("there"))
    for _step in range(3):
        page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Smaller").click()
    expect(pictures.nth(1)).to_have_js_property("naturalWidth", 2400)
    assert said[:4] == ["asked", "there"] * 2
