"""The signature in a real browser: two hands of a typed name, the pad, the pad on the whole screen."""

import base64
import re
import secrets
from io import BytesIO

import pypdf
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests_live.accessible import assert_accessible
from tests_live.drawing import (
    NEAR,
    Finger,
    box_of,
    box_picture,
    deviation,
    ink_spots,
    sealed_bytes,
    wave,
)
from tests_live.patience import tap_until
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, confirmed_client, has_kept, heading, press, still_box

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
FOCUSED = "document.activeElement.textContent"


def signature_step(stack, open_page, device=PHONE, **options):
    """Return (case, page) where the client has confirmed the code."""
    case = Case(stack, **options)
    page = confirmed_client(case, open_page, device)
    heading(page, "Your signature")
    return case, page


def choose_drawing(page):
    """Choose to draw; return where the pad is."""
    page.get_by_label("Draw by hand").check(force=True)
    return still_box(page.locator(".pad").first)


def sign(page):
    """Agree and sign."""
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")


def lines_signed(page):
    """Agree and sign; return how many points each line of the drawing has."""
    with page.expect_request("**/sign") as sent:
        sign(page)
    strokes = sent.value.post_data_json["params"]["signature"]["strokes"]
    return [len(stroke) for stroke in strokes]


def stamp_picture():
    """Return (base64) a round stamp with a transparent ground."""
    picture, out = Image.new("RGBA", (300, 300), (0, 0, 0, 0)), BytesIO()
    ImageDraw.Draw(picture).ellipse((10, 10, 290, 290), outline=(30, 60, 160, 255), width=12)
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def fonts_of(content):
    """Return the names of a document's fonts."""
    reader = pypdf.PdfReader(BytesIO(content))
    found = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return {
        str(each["/BaseFont"]) for each in found if isinstance(each, dict) and "/BaseFont" in each
    }


def printed_apart(case, *lines):
    """Return how far the client's drawing on the sealed document lies from what was drawn, in pixels."""
    return deviation(lines, ink_spots(box_picture(sealed_bytes(case), box_of(case))))


def test_name_is_signed_in_the_hand_that_was_chosen_by_touch(stack, open_page):
    case = Case(stack)
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **PHONE)
    page.wait_for_load_state("networkidle")
    fetched = "performance.getEntries().filter((each) => each.name.endsWith('.woff2')).length"
    assert page.evaluate(fetched) == 0, "no hand is fetched for reading"
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")
    heading(page, "Your signature")
    flowing = page.get_by_label("Flowing handwriting")
    assert page.get_by_label("Simple handwriting").is_checked()
    height = page.locator(".hand-flowing").bounding_box()["height"]
    assert height >= 44
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("document.fonts.check('20px \"Esign Hand Flowing\"')")
    assert page.locator(".hand-flowing").bounding_box()["height"] == height, "nothing moves"
    flowing.tap()
    expect(flowing).to_be_checked()
    page.get_by_text("Your entries are saved.").wait_for()
    page.reload()
    press(page, "Sign")
    heading(page, "Your signature")
    expect(flowing).to_be_checked()
    box = page.locator(".box-mine.is-signature")
    expect(box).to_have_class(re.compile("hand-flowing"))
    assert_accessible(page)
    sign(page)
    assert any("EsignHandFlowing" in name for name in fonts_of(sealed_bytes(case)))


def test_hand_that_lacks_a_letter_offers_the_other_by_keyboard_too(stack, open_page):
    case, page = signature_step(stack, open_page, DESKTOP)
    flowing = page.get_by_label("Flowing handwriting")
    page.get_by_label("Simple handwriting").focus()
    page.keyboard.press("ArrowDown")
    expect(flowing).to_be_checked()
    page.keyboard.press("ArrowUp")
    page.fill("#esign-name", "CLAUDE GROẞ")
    page.get_by_text("This handwriting has no letter for: ẞ").wait_for()
    press(page, "Use the other handwriting")
    expect(flowing).to_be_checked()
    page.check("#esign-consent")
    press(page, "Sign")
    press(page, "Sign with this name")
    heading(page, "The document is signed")
    assert any("EsignHandFlowing" in name for name in fonts_of(sealed_bytes(case)))


def test_stroke_of_a_finger_is_printed_as_it_was_drawn(stack, open_page, record_property):
    case, page = signature_step(stack, open_page)
    line = wave(choose_drawing(page))
    Finger(page).draw(line)
    sign(page)
    apart = printed_apart(case, line)
    record_property("pixels_apart", apart)
    assert apart <= NEAR


def test_stroke_on_the_full_screen_keeps_its_shape_while_the_phone_turns(
    stack, open_page, record_property
):
    case, page = signature_step(stack, open_page)
    choose_drawing(page)
    finger = Finger(page)
    opener = page.get_by_role("button", name="Draw on the full screen")
    opener.tap()
    page.get_by_role("dialog", name="Draw your signature").wait_for()
    assert_accessible(page)
    box = page.locator(".fullpad .pad").bounding_box()
    assert box["height"] > box["width"], "it lies on its side"
    flat = {"x": 0, "y": 0, "width": box["height"], "height": box["width"]}
    drawn = wave(flat)
    finger.draw([(box["x"] + box["width"] - y, box["y"] + x) for x, y in drawn])
    finger.draw([(box["x"] + 20, box["y"] + 20 + each) for each in range(0, 60, 6)])
    page.set_viewport_size({"width": 667, "height": 375})
    turned = page.locator(".fullpad .pad").bounding_box()
    assert turned["width"] > turned["height"]
    dialog = page.get_by_role("dialog")
    undo = dialog.get_by_role("button", name="Undo the last line")
    tap_until(undo, dialog.get_by_text("The last line was taken back."))
    press(page, "Done")
    dialog.wait_for(state="detached")
    assert page.evaluate(FOCUSED) == "Draw on the full screen"
    page.set_viewport_size(PHONE["viewport"])
    heading(page, "Your signature")
    assert lines_signed(page) == [len(drawn)]
    apart = printed_apart(case, drawn)
    record_property("pixels_apart", apart)
    assert apart <= NEAR


def assert_focus_stays(page):
    """Assert that the Tab key leads to nothing behind the dialog."""
    is_inside = "document.activeElement.matches('body, dialog *')"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(is_inside)


def test_full_screen_pad_is_left_without_loss(stack, open_page):
    _case, page = signature_step(stack, open_page)
    choose_drawing(page)
    seen = "document.querySelector('.pad').toDataURL()"
    empty = page.evaluate(seen)

    def open_and_draw():
        page.get_by_role("button", name="Draw on the full screen").click()
        pad = still_box(page.locator(".fullpad .pad"))
        page.mouse.move(pad["x"] + pad["width"] / 2, pad["y"] + 60)
        page.mouse.down()
        page.mouse.move(pad["x"] + pad["width"] / 3, pad["y"] + 200, steps=9)
        page.mouse.up()

    def closed():
        page.get_by_role("dialog").wait_for(state="detached")
        heading(page, "Your signature")
        return page.evaluate(seen)

    open_and_draw()
    page.keyboard.press("Escape")
    first = closed()
    assert first != empty
    open_and_draw()
    page.go_back()
    second = closed()
    assert second not in (first, empty)
    page.get_by_role("button", name="Draw on the full screen").click()
    assert_focus_stays(page)
    page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    assert page.evaluate(seen) == empty
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert closed() == second
    page.go_back()
    page.get_by_role("button", name="Continue signing").wait_for()


PLACE = {"role": "Client", "page": 1, "x": 0.6}
INITIALS = PLACE | {"type": "initials", "name": "Initials", "y": 0.05, "width": 40 / 595, "height": 14 / 842}  # fmt: skip
STAMP = PLACE | {"type": "stamp", "name": "Stamp", "y": 0.6, "width": 0.25, "height": 0.12}


def test_initials_beside_a_drawing_are_letters_that_can_be_changed(stack, open_page):
    case, page = signature_step(stack, open_page, fields=[INITIALS])
    preview = page.locator(".initials")
    expect(preview).to_have_text("CC")
    Finger(page).draw(wave(choose_drawing(page)))
    expect(preview).to_have_text("CC")
    page.get_by_text("Your entries are saved.").wait_for()
    with page.expect_response(has_kept("CÉ")):
        page.get_by_label("Your initials").fill("CÉ")
    expect(preview).to_have_text("CÉ")
    page.reload()
    press(page, "Sign")
    heading(page, "Your signature")
    expect(page.get_by_label("Your initials")).to_have_value("CÉ")
    assert_accessible(page)
    page.get_by_label("Your initials").fill("12")
    page.check("#esign-consent")
    press(page, "Sign")
    page.get_by_text("Initials are one to four letters.").wait_for()
    page.get_by_label("Your initials").fill("CÉ")
    sign(page)
    words = pypdf.PdfReader(BytesIO(sealed_bytes(case))).pages[0].extract_text()
    assert "CÉ" in words


def stamping(stack, number):
    """Return (case, link) of a new document that asks the client at this number for a stamp."""
    case = Case(stack, fields=[STAMP], client={"phone": number})
    case.client = number
    before = len(case.inbox(number).links())
    case.director_signs()
    return case, case.inbox(number).wait("links", more_than=before)


def stamp_once(stack, number):
    """Let the party at this number sign with its stamp."""
    person = {"name": "Claude Client", "phone": number, "company_name": "Mill"}
    stack.session().call("esign.party", "create", person)
    case, _link = stamping(stack, number)
    visitor = case.visitor(number)
    visitor.confirm()
    answer = visitor.sign("Claude Client", values={box_of(case, "stamp")["id"]: stamp_picture()})
    assert answer.get("state") == "signed", answer


def test_earlier_stamp_is_offered_and_taken_by_one_touch(stack, open_page):
    number = f"+33613{secrets.randbelow(10**6):06d}"
    stamp_once(stack, number)
    case, link = stamping(stack, number)
    page = open_page(link, **PHONE)
    codes = len(case.inbox(number).codes())
    press(page, "Sign")
    page.fill("#esign-code", case.inbox(number).wait("codes", more_than=codes))
    press(page, "Continue")
    heading(page, "Fill in the fields")
    press(page, "Show as a list")
    offer = page.get_by_role("button", name="Use the stamp of")
    offer.wait_for()
    assert offer.bounding_box()["height"] >= 44
    assert_accessible(page)
    offer.tap()
    page.get_by_text("This is how it will stand").wait_for()
    assert offer.is_hidden()
    press(page, "Remove the picture")
    offer.tap()
    page.get_by_text("This is how it will stand").wait_for()
    press(page, "Continue")
    heading(page, "Your signature")
    sign(page)
    assert len(ink_spots(box_picture(sealed_bytes(case), box_of(case, "stamp")))) > 100
