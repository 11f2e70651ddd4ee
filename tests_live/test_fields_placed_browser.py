"""Fields filled in where they stand in the document: from box to box, errors beside them, nothing lost."""

from datetime import datetime, timedelta, timezone

from playwright.sync_api import expect

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, PHONE, confirmed_client, heading, press
from tests_live.test_fields_browser import FIELDS, sealed_words
from tests_live.test_fields_browser import PHONE as TOUCH

CARD = ".entry-card"
SMALL = [field for field in FIELDS if field["type"] in ("initials", "text", "number", "date")]


def _box(page, label):
    return page.locator(".box-mine", has_text=label)


def _at(page, words):
    page.locator(CARD, has_text=words).wait_for()
    box, card = (page.locator(each).bounding_box() for each in (".is-current", CARD))
    assert 0 <= card["y"] - box["y"] - box["height"] < 20, "the card is not beside its box"
    assert box["height"] >= 24, "too small to be read"
    width = page.viewport_size["width"]
    assert card["x"] >= 0, card
    assert card["x"] + card["width"] <= width, card


def test_client_goes_from_box_to_box_by_touch_and_signs(stack, open_page):
    case = Case(stack, fields=SMALL)
    page = confirmed_client(case, open_page, TOUCH)
    heading(page, "Fill in the fields")
    page.get_by_text("Filled in: 0 of 3").wait_for()
    press(page, "Next field")
    _at(page, "Field 1 of 3")
    page.get_by_label("Place").fill("Łódź")
    expect(_box(page, "Łódź")).to_be_visible()
    page.locator(CARD).get_by_role("button", name="Next field").tap()
    _at(page, "Field 2 of 3")
    page.get_by_label("Hours").fill("twelve")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)
    page.get_by_text("Filled in: 2 of 3").wait_for()
    _box(page, "Accepted on").tap()
    _at(page, "Field 3 of 3")
    page.get_by_label("Accepted on").fill("2026-12-01")
    page.locator(CARD).get_by_role("button", name="Continue").tap()
    _at(page, "Please enter a number")
    expect(page.locator(".box-mine.is-wrong")).to_have_count(1)
    page.get_by_label("Hours").fill("12,5")
    press(page, "Next field")
    press(page, "Continue")
    heading(page, "Your signature")
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    words = sealed_words(case)
    for expected in ("Łódź", "12,5", "12/01/2026", "CC"):
        assert expected in words, expected


def test_box_touched_while_reading_is_the_first_to_fill_in_on_a_small_phone(stack, open_page):
    page = confirmed_client(Case(stack, fields=SMALL), open_page, PHONE)
    heading(page, "Fill in the fields")
    page.go_back()
    page.get_by_role("button", name="Continue signing").wait_for()
    _box(page, "Hours").tap()
    heading(page, "Fill in the fields")
    _at(page, "Field 2 of 3")
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window


def test_box_touched_beside_the_list_leads_to_its_line_in_the_list(stack, open_page):
    page = confirmed_client(Case(stack, fields=SMALL), open_page, DESKTOP)
    press(page, "Show as a list")
    _box(page, "Hours").click()
    expect(page.get_by_label("Hours")).to_be_focused()
    expect(page.locator(CARD)).to_have_count(0)
    press(page, "Show on the document")
    expect(page.get_by_label("Hours")).to_have_count(0)
    _box(page, "Hours").click()
    _at(page, "Field 2 of 3")
    expect(page.get_by_label("Hours")).to_be_focused()


def _confirm_anew(case, page):
    """Ask for another code, as if the minute between two were over, and enter it."""
    case.stack.query("UPDATE esign_otp SET reserved_at = reserved_at - interval '61 seconds'")
    page.clock.set_fixed_time(datetime.now(timezone.utc) + timedelta(seconds=61))
    inbox = case.inbox(case.client)
    before = len(inbox.codes())
    press(page, "Continue" if page.locator(CARD).count() else "Sign")
    heading(page, "Confirm that it is you")
    page.fill("#esign-code", inbox.wait("codes", more_than=before))
    press(page, "Continue")


def test_entries_outlive_a_confirmation_and_the_browser_that_made_it(stack, open_page):
    case = Case(stack, fields=[field for field in SMALL if field["name"] != "Hours"])
    page = confirmed_client(case, open_page, TOUCH)
    heading(page, "Fill in the fields")
    press(page, "Next field")
    page.get_by_label("Place").fill("Łódź")
    press(page.locator(CARD), "Next field")
    page.get_by_label("Accepted on").fill("2026-12-01")
    page.get_by_text("Your entries are saved.").wait_for()
    page.context.clear_cookies()
    press(page, "Previous")
    page.get_by_label("Place").fill("Poznań")
    press(page.locator(CARD), "Next field")
    _confirm_anew(case, page)
    heading(page, "Fill in the fields")
    expect(_box(page, "Poznań")).to_have_count(1)
    press(page, "Continue")
    heading(page, "Your signature")
    other = open_page(page.url, **PHONE)
    _confirm_anew(case, other)
    heading(other, "Fill in the fields")
    other.get_by_text("Filled in: 2 of 2").wait_for()
    expect(_box(other, "Poznań")).to_have_count(1)
    press(other, "Continue")
    heading(other, "Your signature")
