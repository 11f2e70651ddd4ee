"""Signing with a picture in a real browser: chosen, photographed, cut out, refused, by touch and by keyboard."""

import base64
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import expect

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, confirmed_client, heading, press

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
SHOWN = "This is how it will stand in the document"
ON_ITS_SIDE = 6  # EXIF: to be turned by 90 degrees


@pytest.fixture
def photograph(tmp_path):
    """Give the path of a camera's JPEG, on its side as its EXIF says: a thick red line, a thin one below it."""
    picture = Image.new("RGB", (3000, 2000), (226, 222, 210))
    pen = ImageDraw.Draw(picture)
    pen.line((900, 900, 2100, 860), fill=(190, 20, 30), width=60)
    pen.line((900, 1150, 2100, 1150), fill=(20, 30, 60), width=14)
    light = Image.linear_gradient("L").resize(picture.size).point(lambda each: 255 - each // 3)
    shaded = Image.composite(picture, Image.new("RGB", picture.size, "black"), light)
    shaded = shaded.filter(ImageFilter.GaussianBlur(2)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = ON_ITS_SIDE
    path = tmp_path / "photograph.jpg"
    shaded.save(path, quality=95, exif=exif)
    return path


def signature_step(stack, open_page, device):
    """Return (case, page) where the client has confirmed the code and chosen to sign with a picture."""
    case = Case(stack)
    page = confirmed_client(case, open_page, device)
    heading(page, "Your signature")
    page.get_by_label("Use a picture").check(force=True)
    return case, page


def size_of(page):
    """Return width and height of the picture that the page shows."""
    picture = page.get_by_alt_text("The picture you have chosen").first
    expect(picture).to_have_js_property("complete", True)  # not while another one is being read
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    return picture.evaluate("(image) => [image.naturalWidth, image.naturalHeight]")


def sealed_picture(case):
    """Return the picture of the sealed document's first page."""
    (attachment, _name) = case.read("sealed_attachment_id")["sealed_attachment_id"]
    (row,) = case.session.call("ir.attachment", "read", [attachment], ["datas"])
    content = base64.b64decode(row["datas"])
    assert len(pypdf.PdfReader(BytesIO(content)).pages) > 1
    return pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("RGB")


def test_photograph_on_its_side_is_signed_with_upright(stack, open_page, photograph):
    case, page = signature_step(stack, open_page, PHONE)
    press(page, "Sign")
    page.get_by_text("Please choose a picture of your signature.").wait_for()
    assert page.get_by_text("Take a photo").is_visible(), (
        "the camera is offered where one is in the hand"
    )
    page.get_by_label("Take a photo").set_input_files(photograph)
    page.get_by_text(SHOWN).wait_for()
    width, height = size_of(page)
    assert width > 2 * height
    assert_accessible(page)
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    picture = sealed_picture(case)
    spots = [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y))[0] > 120 > 90 > picture.getpixel((x, y))[1]
    ]
    across, down = ([spot[axis] for spot in spots] for axis in (0, 1))
    assert len(spots) > 200
    assert max(across) - min(across) > 3 * (max(down) - min(down)), "the red line lies"


def test_picture_survives_a_reload_and_can_be_cut_out_and_turned(stack, open_page, photograph):
    _case, page = signature_step(stack, open_page, PHONE)
    page.get_by_label("Picture of your signature").set_input_files(photograph)
    page.get_by_text(SHOWN).wait_for()
    before = size_of(page)
    page.reload()
    press(page, "Sign")
    heading(page, "Your signature")
    assert size_of(page) == before
    press(page, "Cut out or turn")
    page.get_by_role("heading", name="Which part is to stand in the document?").wait_for()
    assert_accessible(page)
    corner = page.get_by_label("Lower right corner").bounding_box()
    page.mouse.move(corner["x"] + 30, corner["y"] + 30)
    page.mouse.down()
    page.mouse.move(corner["x"] - 60, corner["y"] - 5, steps=4)
    page.mouse.up()
    press(page, "Turn")
    with page.expect_response("**/draft"):
        press(page, "Use this part")
    page.get_by_text(SHOWN).wait_for()
    width, height = size_of(page)
    assert height > width


def test_picture_is_chosen_and_cut_out_by_keyboard_alone(stack, open_page, photograph):
    _case, page = signature_step(stack, open_page, DESKTOP)
    keys = page.keyboard

    def tab_to(words):
        focused = "(document.activeElement.labels?.[0] ?? document.activeElement)"
        name = f"{focused}.getAttribute('aria-label') ?? {focused}.textContent.trim()"
        for _ in range(30):
            keys.press("Tab")
            if page.evaluate(name) == words:
                return
        raise AssertionError(f"the Tab key never reaches “{words}”")

    with page.expect_file_chooser() as chooser:
        tab_to("Picture of your signature")
        keys.press("Enter")
    chooser.value.set_files(photograph)
    page.get_by_text(SHOWN).wait_for()
    tab_to("Cut out or turn")
    keys.press("Enter")
    page.get_by_role(
        "dialog"
    ).wait_for()  # it is loaded now; a Tab before it came would move the focus that comes back
    tab_to("Lower left corner")
    for _ in range(10):
        keys.press("ArrowUp")
    tab_to("Use this part")
    with page.expect_response("**/draft"):
        keys.press("Enter")
    page.get_by_text(SHOWN).wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Cut out or turn"


def test_refused_picture_says_why_and_another_way_stays_open(stack, open_page, tmp_path):
    case, page = signature_step(stack, open_page, PHONE)
    empty = tmp_path / "empty.png"
    Image.new("RGB", (900, 400), "white").save(empty)
    page.get_by_label("Picture of your signature").set_input_files(empty)
    page.get_by_text("Nothing can be seen on this picture.").wait_for()
    assert page.get_by_alt_text("The picture you have chosen").first.is_hidden()
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture")
    page.get_by_label("Picture of your signature").set_input_files(notes)
    page.get_by_text("Please choose a PNG, JPEG or WebP file.").wait_for()
    page.get_by_label("Type your name").check(force=True)
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    assert "signed" in case.kinds()


def test_too_many_pictures_are_told_beside_the_picture_which_stays(
    stack, open_page, photograph, tmp_path
):
    _case, page = signature_step(stack, open_page, PHONE)
    token = page.url.partition("?")[0].rpartition("/")[2]
    post = """async (token) => {
        const params = { signature: { method: "image" }, values: {}, pictures: { signature: "%%%" } };
        const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
        const headers = { "Content-Type": "application/json" };
        const answer = await fetch(`/esign/s/${token}/draft`, { method: "POST", headers, body });
        return (await answer.json()).result;
    }"""
    counted = 0
    for _each in range(200):  # damaged ones count, and cost no look
        answer = page.evaluate(post, token)
        if answer.get("error") == "busy":  # the page itself saves at this moment
            page.wait_for_timeout(100)
            continue
        (refusal,) = answer["refused"]
        assert refusal["reason"] == "unreadable"
        counted += 1
        if counted == 59:
            break
    page.get_by_label("Picture of your signature").set_input_files(photograph)
    page.get_by_text(SHOWN).wait_for()
    before = size_of(page)
    another = tmp_path / "another.jpg"
    Image.new("RGB", (900, 400), "red").save(another)
    page.get_by_label("Picture of your signature").set_input_files(another)
    page.get_by_text("Too many pictures were chosen within an hour.").wait_for()
    assert size_of(page) == before
    assert_accessible(page)
    page.reload()
    press(page, "Sign")
    heading(page, "Your signature")
    assert size_of(page) == before
