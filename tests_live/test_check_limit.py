"""The limit of public checks across worker processes: parallel ones do not pass it, others are not stopped by it."""

from concurrent.futures import ThreadPoolExecutor

import requests

PER_MINUTE = 20
TRIES = 50


def _browser(address):
    """Return a browser that comes from an address of its own."""
    from dev.lib.visitor import _FromAddress  # noqa: PLC0415

    session = requests.Session()
    session.mount("http://", _FromAddress(address))
    return session


def test_parallel_checks_of_one_visitor_stop_at_the_limit(stack):
    url = f"{stack.url}/esign/verify/{'A' * 26}"

    def check(_number):
        return _browser("127.9.8.7").get(url, timeout=60).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(check, range(TRIES)))
    assert statuses.count(200) == PER_MINUTE
    assert statuses.count(429) == TRIES - PER_MINUTE
    assert _browser("127.9.8.6").get(url, timeout=60).status_code == 200
    stored = stack.query("SELECT string_agg(visitor, ' ') FROM esign_check")
    assert "127.9.8" not in stored
