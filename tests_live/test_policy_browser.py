"""The content policy has nothing to report in the whole flow: reading, code, fields, pictures, camera, hands, done."""

import shutil

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests_live.conftest import FLAGS
from tests_live.people import Case
from tests_live.signing_page import heading, press
from tests_live.test_browser import draw

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
PLACE = {"role": "Client", "page": 1, "x": 0.55, "width": 0.38, "height": 0.03}
FIELDS = [
    PLACE | {"type": "text", "name": "Place", "y": 0.10},
    PLACE | {"type": "stamp", "name": "Stamp", "y": 0.6, "height": 0.12},
]
FOREIGN_SCRIPT = """() => {
    document.head.append(Object.assign(document.createElement("script"), { src: "http://127.0.0.1:9/x" }));
}"""


@pytest.fixture
def phone():
    """Give a phone's page in a browser with a camera, and the list of what the policy reports in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*FLAGS, *CAMERA]
        )
        context = browser.new_context(**PHONE, accept_downloads=True)
        context.set_default_timeout(20_000)
        reported = []
        context.expose_binding("tellPolicy", lambda _source, line: reported.append(line))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (told) =>"
            " tellPolicy(`${told.violatedDirective}: ${told.blockedURI}`))"
        )
        page = context.new_page()
        page.on(
            "console",
            lambda line: (
                reported.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        yield page, reported
        browser.close()


def picture(tmp_path):
    """Return the path of a photograph of a stroke on paper."""
    image = Image.new("RGB", (900, 500), (235, 230, 220))
    ImageDraw.Draw(image).line((100, 350, 400, 150, 800, 300), fill=(20, 30, 120), width=18)
    path = tmp_path / "ink.jpg"
    image.save(path, quality=90)
    return path


def choose(page, ink, place="input[type=file]"):
    """Choose a picture and wait until the server has looked at it."""
    with page.expect_response("**/draft"):
        page.locator(place).first.set_input_files(ink)
    page.get_by_alt_text("The picture you have chosen").first.wait_for()


def read_and_confirm(page, inbox):
    """Read, look closer, think about declining, and confirm the code."""
    page.goto(inbox.wait("links"))
    page.locator(".page-image[src]").first.wait_for()
    press(page, "Larger")
    press(page, "Decline")
    press(page, "Do not decline")
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")


def fill_in(page, ink):
    """Fill in a text and a stamp, which is chosen, photographed and cut out."""
    press(page, "Show as a list")
    page.get_by_label("Place").fill("Rouen")
    choose(page, ink)
    choose(page, ink, "input[type=file][capture]")
    press(page, "Cut out or turn")
    press(page, "Use this part")
    press(page, "Continue")


def sign_in_each_way(page, ink):
    """Choose a picture, then type, then draw."""
    heading(page, "Your signature")
    page.get_by_label("Use a picture").check(force=True)
    choose(page, ink)
    page.get_by_label("Type your name").check(force=True)
    draw(page)
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")


def test_policy_reports_nothing_from_the_first_page_to_the_download(stack, phone, tmp_path):
    page, reported = phone
    case = Case(stack, fields=FIELDS)
    case.director_signs()
    ink = picture(tmp_path)
    read_and_confirm(page, case.inbox(case.client))
    fill_in(page, ink)
    sign_in_each_way(page, ink)
    with page.expect_download():
        page.get_by_role("link", name="Download the document").click()
    page.goto(f"{page.url}?lang=fr")
    page.locator("h1").wait_for()
    assert reported == []
    with page.expect_console_message(lambda line: "Content Security Policy" in line.text):
        page.evaluate(FOREIGN_SCRIPT)
    assert reported, "the report itself works"
