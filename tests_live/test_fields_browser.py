"""The fields of the signing page in a real browser: by touch on a phone, by keyboard alone, with the errors beside them."""

import base64
from io import BytesIO

import pypdf
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, confirmed_client, has_kept, heading, press

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
PLACE = {"role": "Client", "page": 1, "x": 0.55, "width": 0.38, "height": 0.03}
FIELDS = [
    PLACE | {"type": "initials", "name": "Initials", "y": 0.05},
    PLACE | {"type": "text", "name": "Place", "y": 0.10},
    PLACE | {"type": "number", "name": "Hours", "y": 0.21},
    PLACE | {"type": "date", "name": "Accepted on", "y": 0.25},
    PLACE | {"type": "checkbox", "name": "In full and in time", "y": 0.29, "width": 0.04},
    PLACE | {"type": "choice", "name": "Invoice", "y": 0.33, "options": ["By post", "By mail"]},
    PLACE | {"type": "choice", "name": "Department", "y": 0.37, "options": list("ABCDEF")},
    PLACE | {"type": "stamp", "name": "Stamp", "y": 0.6, "height": 0.12},
    PLACE | {"type": "text", "name": "Site", "y": 0.5, "filled_by": "sender", "value": "Pump hall"},
]  # fmt: skip


@pytest.fixture
def stamp(tmp_path):
    """Give the path of a round stamp with a transparent ground."""
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 290, 290), outline=(30, 60, 160, 255), width=12)
    path = tmp_path / "stamp.png"
    image.save(path)
    return path


def fields_step(stack, open_page, device):
    """Return (case, page) where the client has confirmed the code and sees all fields as a list."""
    case = Case(stack, fields=FIELDS)
    page = confirmed_client(case, open_page, device)
    heading(page, "Fill in the fields")
    press(page, "Show as a list")
    return case, page


def sealed_words(case):
    """Return the words of the sealed document's first page."""
    (attachment, _name) = case.read("sealed_attachment_id")["sealed_attachment_id"]
    (row,) = case.session.call("ir.attachment", "read", [attachment], ["datas"])
    return pypdf.PdfReader(BytesIO(base64.b64decode(row["datas"]))).pages[0].extract_text()


def test_client_fills_in_everything_by_touch(stack, open_page, stamp):
    case, page = fields_step(stack, open_page, PHONE)
    press(page, "Continue")
    page.get_by_text("Still to be filled in: 7").wait_for()
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Place"
    page.get_by_text("Please choose a picture of the stamp.").wait_for()
    page.get_by_label("Place").fill("word " * 60)
    page.get_by_label("Hours").fill("twelve")
    page.get_by_label("Accepted on").fill("2026-12-01")
    for words in ("In full and in time", "By mail"):
        page.get_by_label(words).tap()
        expect(page.get_by_label(words)).to_be_checked()
    page.get_by_label("Department").select_option("C")
    page.get_by_label("Stamp").set_input_files(stamp)
    page.get_by_alt_text("The picture you have chosen").wait_for()
    press(page, "Continue")
    page.get_by_text("Still to be corrected: 2").wait_for()
    page.get_by_text("characters fit.").wait_for()
    page.get_by_text("Please enter a number").wait_for()
    assert_accessible(page)
    page.get_by_label("Place").fill("Łódź")
    page.get_by_label("Hours").fill("12,5")
    press(page, "Continue")
    heading(page, "Your signature")
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    words = sealed_words(case)
    for expected in ("Łódź", "12,5", "12/01/2026", "By mail", "CC", "Pump hall"):
        assert expected in words, expected


def test_entries_and_the_chosen_stamp_survive_a_reload(stack, open_page, stamp):
    _case, page = fields_step(stack, open_page, PHONE)
    page.get_by_label("Place").fill("Łódź")
    page.get_by_label("By post").tap()
    expect(page.get_by_label("By post")).to_be_checked()
    page.get_by_text("Your entries are saved.").wait_for()
    with page.expect_response(has_kept("data:image")):
        page.get_by_label("Stamp").set_input_files(stamp)
    page.reload()
    press(page, "Sign")
    heading(page, "Fill in the fields")
    press(page, "Show as a list")
    assert page.get_by_label("Place").input_value() == "Łódź"
    assert page.get_by_label("By post").is_checked()
    picture = page.get_by_alt_text("The picture you have chosen")
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    press(page, "Continue")
    page.get_by_text("Still to be filled in: 4").wait_for()


def test_fields_can_be_filled_by_keyboard_alone(stack, open_page, stamp):
    case, page = fields_step(stack, open_page, DESKTOP)
    keys = page.keyboard

    def tab_to(selector, *pressed):
        for _ in range(40):
            keys.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                break
        else:
            raise AssertionError(f"the Tab key never reaches {selector}")
        for key in pressed:
            keys.press(key)

    tab_to("input[type=text]", *"Rouen")
    tab_to("input[inputmode=decimal]", "8")
    tab_to("input[type=date]", *"12012026")
    tab_to("input[type=checkbox]", "Space")
    tab_to("input[type=radio]", "Space", "ArrowDown")
    tab_to("select", "C")
    with page.expect_file_chooser() as chooser:
        tab_to("input[type=file]", "Enter")
    chooser.value.set_files(stamp)
    page.get_by_alt_text("The picture you have chosen").wait_for()
    tab_to("button[type=submit]", "Enter")
    heading(page, "Your signature")
    tab_to("#esign-consent", "Space")
    tab_to("button[type=submit]", "Enter")
    heading(page, "The document is signed")
    words = sealed_words(case)
    for expected in ("Rouen", "8", "12/01/2026", "By mail"):
        assert expected in words, expected
