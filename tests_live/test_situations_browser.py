"""Every situation of the signing page in six languages, on a phone and on a desktop: accessible, within its window, in words."""

import pytest

from dev.lib import paths
from tests_live.accessible import assert_accessible
from tests_live.situations import DOCUMENT_IS_SHOWN, SITUATIONS, WITHOUT_NAMES, Tour

OTHER_LANGUAGES = ("fr", "it", "pl", "ru", "de")
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 320, "height": 256}  # a window of 1280 x 1024 at 400 %
SMALL_TARGETS = """() => {
    const isInText = (node) => getComputedStyle(node).display === "inline" && node.closest("p, li, dd");
    const area = (node) => (node.closest(".radio, .tab, .field-inline, label") ?? node).getBoundingClientRect();
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary");
    const seen = [...all].filter((node) => node.checkVisibility({ visibilityProperty: true }) && !isInText(node));
    const isSmall = ({ width, height }) => Math.min(width, height) < 43.9;
    return seen.filter((node) => isSmall(area(node))).map((node) => node.outerHTML.slice(0, 160));
}"""


@pytest.fixture(scope="module")
def tour(stack):
    """Give one request for all checks of this file."""
    return Tour(stack)


@pytest.fixture
def phone(chromium):
    """Give a phone's page; what is lost on purpose is complained about in its console."""
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def assert_fits(page, name, size):
    """Check one size of window: nothing to be scrolled sideways."""
    page.set_viewport_size(size)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"], f"{name}: {width} in {size['width']}"


def assert_good(page, name):
    """Check a page as it stands on a phone, at 320 pixels, at 400 % and on a desktop; by axe-core on phone and desktop."""
    assert page.evaluate(SMALL_TARGETS) == [], name
    assert_accessible(page)
    for size in (NARROW, ZOOMED, DESKTOP):
        assert_fits(page, name, size)
    assert_accessible(page)
    page.set_viewport_size(PHONE["viewport"])


def words_of(page, name):
    """Return what tells the situation: its heading, else (where that is the document's title) the line above it."""
    places = {
        "sign": ".lead",
        "stopped": ".notice",
        "decline": "dialog h2",
        "delegate": "dialog h2",
        "code_limit": ".alert",
        "picture_limit": ".field-error:not(:empty)",
        "busy": ".actions .hint",
    }
    return page.locator(places.get(name, "h1")).first.inner_text()


def visit(tour, page, lang):
    """Go through all situations; return the words that tell each."""
    told = {}
    for name in tour.all(page, lang):
        told[name] = words_of(page, name)
        assert_good(page, name)
    return told


@pytest.fixture(scope="module")
def english(tour, chromium):
    """Give what each situation says in English, checked on the way."""
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(20_000)
    told = visit(tour, context.new_page(), "en")
    context.close()
    return told


def test_every_situation_is_accessible_and_fits_any_window_in_english(english):
    assert set(SITUATIONS) <= set(english)
    assert (
        len(set(english.values())) >= len(SITUATIONS) - 1
    )  # two are told by the same line, and what stops them


@pytest.mark.parametrize("lang", OTHER_LANGUAGES)
def test_every_situation_is_accessible_and_told_in_the_language(tour, phone, english, lang):
    told = visit(tour, phone, lang)
    told.pop("plain_sign")  # the document's own title
    assert [name for name, words in told.items() if words == english[name]] == []


def test_guide_shows_every_situation(english):
    pictures = paths.ROOT / "docs" / "images" / "situations"
    wanted = {f"{name}-{device}.png" for name in english for device in ("phone", "desktop")}
    assert {path.name for path in pictures.glob("*.png")} == wanted  # dev/screens takes them
    guide = (paths.ROOT / "docs" / "signing-page.md").read_text()
    assert [name for name in wanted if name not in guide] == []


def test_no_document_name_or_contact_where_the_link_no_longer_counts(tour, phone):
    for name in tour.pages(phone, "en"):
        markup = phone.content()
        is_told = "Claude Client" in markup or "+49 30" in markup or "mailto:" in markup
        assert is_told == (name not in WITHOUT_NAMES), name
        assert (phone.locator(".page-image").count() > 0) == (name in DOCUMENT_IS_SHOWN), name
