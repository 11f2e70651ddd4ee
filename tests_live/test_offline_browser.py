"""The connection lost in the middle of a signature: what was drawn or chosen stays, and is sent once it is back."""

import pytest
from PIL import Image, ImageDraw

from dev.lib.stack import Stack
from tests_live.drawing import Finger, wave
from tests_live.patience import settled
from tests_live.people import Case
from tests_live.signing_page import heading, press

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
NOT_SAVED = "Your entries are not saved yet: no connection."
SAVED = "Your entries are saved."
NO_CONNECTION = "No connection. Nothing you entered is lost: please try again."
INK = """() => {
    const { canvas } = document.querySelector('.pad').getContext('2d');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((each, at) => at % 4 === 3 && each > 0).length;
}"""


@pytest.fixture(scope="module")
def mortal(tmp_path_factory):
    """Give a stack whose server these tests kill."""
    with Stack(tmp_path_factory.mktemp("mortal")) as running:
        yield running


@pytest.fixture
def at_signature(chromium):
    """Give a function that leads the client of a case to his signature; what the browser says of lost connections is fine."""
    contexts = []

    def lead(case):
        case.director_signs()
        contexts.append(chromium.new_context(**PHONE))
        contexts[-1].set_default_timeout(30_000)
        page = contexts[-1].new_page()
        inbox = case.inbox(case.client)
        page.goto(inbox.wait("links"))
        press(page, "Sign")
        page.fill("#esign-code", inbox.wait("codes"))
        press(page, "Continue")
        heading(page, "Your signature")
        return page

    yield lead
    for context in contexts:
        context.close()


def draw(page, low=0):
    """Draw a line on the pad, `low` pixels lower than in its middle."""
    box = page.locator(".pad").bounding_box()
    Finger(page).draw([(x, y + low) for x, y in wave(box)])


def test_drawing_outlives_a_server_that_dies_and_a_reload(mortal, at_signature):
    case = Case(mortal)
    page = at_signature(case)
    page.get_by_label("Draw by hand").check(force=True)
    page.locator(".pad").scroll_into_view_if_needed()
    draw(page)
    page.get_by_text(SAVED).wait_for()
    mortal.server.kill()
    draw(page, low=20)
    page.get_by_text(NOT_SAVED).wait_for()
    ink = page.evaluate(INK)
    page.check("#esign-consent")
    press(page, "Sign")
    page.get_by_text(NO_CONNECTION).wait_for()
    assert page.evaluate(INK) == ink
    mortal.server.start()
    page.get_by_text(SAVED).wait_for()
    page.reload()
    press(page, "Sign")
    heading(page, "Your signature")
    painted = settled(page, lambda: page.evaluate(INK), bool)  # once the pad knows its size
    assert abs(painted - ink) < 0.05 * ink
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
    assert case.kinds().count("signed") == 2


def test_picture_chosen_without_connection_is_sent_once_it_is_back(mortal, at_signature, tmp_path):
    picture = Image.new("RGB", (900, 400), "white")
    ImageDraw.Draw(picture).line([(60, 300), (400, 80), (800, 330)], fill=(20, 30, 120), width=14)
    picture.save(tmp_path / "mine.png")
    case = Case(mortal)
    page = at_signature(case)
    page.get_by_label("Use a picture").check(force=True)
    page.context.set_offline(True)
    page.get_by_label("Picture of your signature").set_input_files(tmp_path / "mine.png")
    page.get_by_text(NOT_SAVED).wait_for()
    shown = page.get_by_alt_text("The picture you have chosen").first
    assert shown.evaluate("(image) => image.naturalWidth") > 0
    page.check("#esign-consent")
    press(page, "Sign")
    page.get_by_text(NO_CONNECTION).wait_for()
    assert shown.is_visible()
    page.context.set_offline(False)
    page.get_by_text("This is how it will stand in the document").wait_for()
    press(page, "Try again")
    heading(page, "The document is signed")
    assert case.kinds().count("signed") == 2
