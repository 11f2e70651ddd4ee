"""The signing page as browser checks use it."""

PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


def heading(page, words):
    """Wait for the heading of a step, which must not make the page wider than its window."""
    page.locator("#esign-heading", has_text=words).wait_for()
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window, f"“{words}” scrolls sideways: {width} in {window}"
    has_only_words(page)


def has_only_words(page):
    """Fail where the page shows the name of a sentence instead of the sentence."""
    names = page.evaluate("document.body.innerText.match(/(^|\\s)[a-z]+(_[a-z]+)+(?=\\s|$)/g)")
    assert not names, names


def press(page, words):
    """Press a button by its words."""
    page.get_by_role("button", name=words, exact=True).click()


def confirmed_client(case, open_page, device):
    """Let the director sign; return the client's page right after he has confirmed the code."""
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **device)
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")
    return page


def press_first(page, selector):
    """Press a button by its place, for pages in any language."""
    page.locator(selector).first.click()


def has_kept(words):
    """Return what tells whether an answer is to a draft with these words, and kept it."""
    return lambda answer: words in (answer.request.post_data or "") and "saved" in answer.text()


def still_box(locator):
    """Return where something is as soon as it lies still in view, as `bounding_box` tells it."""
    locator.scroll_into_view_if_needed()
    return locator.bounding_box()
