"""The signing page in a real browser: by touch on a phone, by keyboard alone, under the strict content policy."""

import math

from playwright.sync_api import expect

from tests_live.people import Case
from tests_live.signing_page import (
    DESKTOP,
    PHONE,
    confirmed_client,
    has_only_words,
    heading,
    press,
    still_box,
)

FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"


def draw(page, points=60):
    """Draw a wave on the pad."""
    page.locator("#esign-method-drawn").check(force=True)
    pad = still_box(page.locator("canvas"))
    page.mouse.move(pad["x"] + 20, pad["y"] + pad["height"] / 2)
    page.mouse.down()
    for step in range(points):
        y = pad["height"] * (0.5 + 0.3 * math.sin(step / 5))
        page.mouse.move(pad["x"] + 20 + step * (pad["width"] - 40) / points, pad["y"] + y)
    page.mouse.up()


def test_client_signs_by_hand_on_a_small_phone_and_downloads(stack, open_page):
    case = Case(stack)
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **PHONE)
    page.locator(".signed-by", has_text="Dora Director").wait_for()
    press(page, "Sign")
    code = inbox.wait("codes")
    page.fill("#esign-code", "000000" if code != "000000" else "111111")
    press(page, "Continue")
    page.get_by_text("Incorrect code. Tries left: 4").wait_for()
    page.fill("#esign-code", code)
    press(page, "Continue")
    heading(page, "Your signature")
    draw(page)
    press(page, "Sign")
    page.get_by_text("without it you cannot sign").wait_for()
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the document").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_director_signs_by_keyboard_alone(stack, open_page):
    case = Case(stack)
    inbox = case.inbox(case.director)
    page = open_page(inbox.wait("links"), **DESKTOP)

    def tab_to(words):
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED).startswith(words):
                return
        raise AssertionError(f"the Tab key never reaches “{words}”")

    tab_to("Sign")
    page.keyboard.press("Enter")
    heading(page, "Confirm that it is you")
    tab_to("6-digit code")
    page.keyboard.type(inbox.wait("codes"))
    page.keyboard.press("Enter")
    heading(page, "Your signature")
    assert page.evaluate("document.activeElement.id") == "esign-heading"
    tab_to("I have read")
    page.keyboard.press("Space")
    tab_to("Sign")
    page.keyboard.press("Enter")
    heading(page, "You have signed")
    assert "signed" in case.kinds()


def test_declining_asks_for_reason_and_code(stack, open_page):
    case = Case(stack)
    inbox = case.inbox(case.director)
    page = open_page(inbox.wait("links"), **PHONE)
    press(page, "Decline")
    press(page, "Decline for good")
    page.get_by_text("Please give a reason").wait_for()
    has_only_words(page)
    page.fill("#esign-decline-reason", "The amount is wrong")
    page.go_back()  # closes the question, and nothing else
    heading(page, "act")
    press(page, "Decline")
    press(page, "Decline for good")
    heading(page, "Confirm that it is you")
    code = inbox.wait("codes")
    page.reload()  # as when the tab is thrown away while the code is read
    page.get_by_text("Nothing has been declined yet.").wait_for()
    page.fill("#esign-code", code)
    press(page, "Continue")
    heading(page, "The document was declined")
    told = case.read("state", "decline_reason")
    assert (told["state"], told["decline_reason"]) == ("declined", "The amount is wrong")


def asked_to_sign(page):
    """Wait until a code was sent, and see that it is none to decline by."""
    heading(page, "Confirm that it is you")
    page.locator(".countdown:not(:empty)").wait_for()  # the server has answered that one was sent
    expect(page.get_by_text("Nothing has been declined yet.")).to_have_count(0)


def test_declining_that_was_given_up_leaves_nothing_to_decline_by(stack, open_page):
    case = Case(stack)
    inbox = case.inbox(case.director)
    page = open_page(inbox.wait("links"), **PHONE)
    press(page, "Decline")
    page.fill("#esign-decline-reason", "The amount is wrong")
    press(page, "Decline for good")
    heading(page, "Confirm that it is you")
    inbox.wait("codes")
    stack.query(
        "UPDATE esign_otp SET sent_at = sent_at - interval '1 hour', reserved_at = reserved_at - interval '1 hour'"
    )
    page.reload()  # that code is over
    press(page, "Sign")
    asked_to_sign(page)
    page.reload()  # the code asked for to sign is good
    asked_to_sign(page)
    page.fill("#esign-code", inbox.wait("codes", more_than=1))
    press(page, "Continue")
    heading(page, "Your signature")


def test_page_that_only_a_machine_opened_is_not_shown_to_a_person(stack, open_page):
    case = Case(stack)
    page = open_page(case.inbox(case.director).wait("links"), **PHONE)
    page.locator(".page-image[src]").wait_for()
    page.wait_for_timeout(500)
    assert "page_shown" not in case.kinds()
    with page.expect_response("**/opened"):
        page.touchscreen.tap(160, 200)
    assert "page_shown" in case.kinds()


def test_cold_page_is_light_and_whole(stack, open_page):
    case = Case(stack)
    link = case.inbox(case.director).wait("links")
    page = open_page(link, **PHONE)
    page.locator(".page-image[src]").wait_for()
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        "performance.getEntries().filter((e) => e.transferSize).map((e) => e.transferSize)"
    )
    assert len(sizes) <= 10
    assert sum(sizes) <= 150_000


PALM = """() => {
    const pad = document.querySelector(".pad");
    for (const kind of ["pointerdown", "pointermove", "pointerup"]) {
        pad.dispatchEvent(new PointerEvent(kind, { pointerId: 99, clientX: 60, clientY: 400 }));
    }
}"""


def strokes(request):
    """Return the strokes that a draft is posted with, if it is one with strokes."""
    is_draft = request.url.endswith("/draft")
    return is_draft and (request.post_data_json["params"]["signature"] or {}).get("strokes")


def test_palm_spoils_no_stroke_and_another_way_tried_loses_no_drawing(stack, open_page):
    page = confirmed_client(Case(stack), open_page, PHONE)
    heading(page, "Your signature")
    page.locator("#esign-method-drawn").check(force=True)
    pad = page.locator("canvas").bounding_box()
    with page.expect_request(strokes) as posted:
        page.mouse.move(pad["x"] + 20, pad["y"] + 40)
        page.mouse.down()
        page.mouse.move(pad["x"] + 120, pad["y"] + 60, steps=10)
        page.evaluate(PALM)
        page.mouse.move(pad["x"] + 220, pad["y"] + 40, steps=10)
        page.mouse.up()
    drawn = strokes(posted.value)
    assert len(drawn) == 1, "the palm ended the stroke"
    assert len(drawn[0]) > 15
    assert not [point for point in drawn[0] if point[1] > 70], "the palm drew"
    page.locator("#esign-method-typed").check(force=True)
    press(page, "Back to the document")
    press(page, "Continue signing")
    heading(page, "Your signature")
    with page.expect_request(strokes) as posted:
        page.locator("#esign-method-drawn").check(force=True)
    assert strokes(posted.value) == drawn
