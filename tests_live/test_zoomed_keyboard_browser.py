"""Signing by keyboard alone at 400 % of a window of 1280 x 1024, with fields: all is reached, and seen when it is."""

from tests_live.people import Case
from tests_live.signing_page import heading

ZOOMED = {"viewport": {"width": 320, "height": 256}}
PLACE = {"role": "Client", "page": 1, "x": 0.55, "width": 0.38, "height": 0.03}
FIELDS = [
    PLACE | {"type": "text", "name": "Place", "y": 0.10},
    PLACE | {"type": "checkbox", "name": "In full and in time", "y": 0.29, "width": 0.04},
]
NAME = """() => {
    const { labels, ariaLabel, textContent, id } = document.activeElement;
    return [labels?.[0]?.textContent ?? ariaLabel ?? textContent, id].map((part) => part.trim());
}"""
IS_SEEN = """() => {
    const { left, top, right, bottom } = document.activeElement.getBoundingClientRect();
    const across = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const shown = [0.25, 0.5, 0.75].map((part) => top + (bottom - top) * part);
    const isHit = (down) => {
        const hit = document.elementFromPoint(across, down);
        return Boolean(hit) && (document.activeElement.contains(hit) || hit.closest(".field-inline, .tab, label") !== null);
    };
    return shown.some(isHit);
}"""


class Keys:
    """A page that only its keyboard is used on."""

    def __init__(self, page):
        """Take the page."""
        self.page = page

    def to(self, words, *pressed):
        """Go on by Tab to what is called so, which must then be seen, and press keys on it."""
        for _ in range(40):
            self.page.keyboard.press("Tab")
            name, identity = self.page.evaluate(NAME)
            if name.startswith(words) or identity == words:
                break
        else:
            raise AssertionError(f"the Tab key never reaches “{words}”")
        assert self.page.evaluate(IS_SEEN), f"“{words}” has the focus and is not seen"
        for key in pressed:
            self.page.keyboard.press(key)


def test_client_signs_with_fields_by_keyboard_alone_at_four_hundred_percent(stack, open_page):
    case = Case(stack, fields=FIELDS)
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **ZOOMED)
    keys = Keys(page)
    keys.to("Sign", "Enter")
    heading(page, "Confirm that it is you")
    code = inbox.wait("codes")
    keys.to("esign-code", *code, "Enter")
    heading(page, "Fill in the fields")
    keys.to("Show as a list", "Enter")
    keys.to("Place", *"Rouen")
    keys.to("In full and in time", "Space")
    keys.to("Continue", "Enter")
    heading(page, "Your signature")
    keys.to("esign-consent", "Space")
    keys.to("Sign", "Enter")
    heading(page, "The document is signed")
    keys.to("Download the document")
    assert case.kinds().count("signed") == 2
