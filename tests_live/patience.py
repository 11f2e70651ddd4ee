"""Waiting for what is on its way: a request that a busy server did not read, a page that is not drawn yet."""

import contextlib

import requests


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
