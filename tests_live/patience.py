"""Waiting for what is on its way: a request that a busy server did not read, a page that is not drawn yet."""

import contextlib

import requests
from playwright.sync_api import TimeoutError as NotInTime


def until_heard(call):
    """Return what `call` does, again where the server hung up: it gives a request two seconds to arrive."""
    for _try in range(9):
        with contextlib.suppress(requests.ConnectionError):
            return call()
    return call()


def settled(page, read, is_right):
    """Return what `read` gives as soon as it is right, or in the end, while `page` goes on working."""
    for _try in range(600):
        found = read()
        if is_right(found):
            break
        page.wait_for_timeout(100)
    return found


def tap_until(button, answer, tries=4, seconds=5):
    """Tap until the page answers, as a person does.

    Seen in the moment after the phone was turned, with four processes beside the browser: `pointerdown` and `pointerup`
    reached the button, `click` never came.
    """
    for _try in range(tries):
        button.tap()
        with contextlib.suppress(NotInTime):
            return answer.wait_for(state="attached", timeout=seconds * 1000)
    raise NotInTime(f"no answer to {tries} taps")
