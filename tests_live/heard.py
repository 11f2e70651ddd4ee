"""Requests that a busy server hangs up on before it has read them: it gives one two seconds to arrive."""

import contextlib

import requests


def until_heard(call):
    """Return what `call` does, again where the server hung up, as a browser does."""
    for _try in range(9):
        with contextlib.suppress(requests.ConnectionError):
            return call()
    return call()
