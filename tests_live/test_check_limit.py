"""The limit of public checks across worker processes: parallel ones do not pass it, others are not stopped by it."""

from concurrent.futures import ThreadPoolExecutor

import requests

from dev.lib import paths
from tests_live.patience import until_heard

PER_MINUTE = 20
TRIES = 50
ACT = (paths.ROOT / "dev" / "act.pdf").read_bytes()


def _browser(address):
    """Return a browser that comes from an address of its own."""
    from dev.lib.visitor import _FromAddress  # noqa: PLC0415

    session = requests.Session()
    session.mount("http://", _FromAddress(address))
    return session


def test_parallel_checks_of_one_visitor_stop_at_the_limit(stack):
    url = f"{stack.url}/esign/verify/{'A' * 26}"

    def check(_number):
        return until_heard(lambda: _browser("127.9.8.7").get(url, timeout=60)).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(check, range(TRIES)))
    assert statuses.count(200) == PER_MINUTE
    assert statuses.count(429) == TRIES - PER_MINUTE
    assert _browser("127.9.8.6").get(url, timeout=60).status_code == 200
    stored = stack.query("SELECT string_agg(visitor, ' ') FROM esign_check")
    assert "127.9.8" not in stored


def test_parallel_uploads_all_get_their_verdict(stack):
    def check(number):
        files, headers = {"file": ("x.pdf", ACT)}, {"Accept": "application/json"}
        browser, url = _browser(f"127.9.7.{number + 1}"), f"{stack.url}/esign/verify"
        given = {"files": files, "headers": headers, "timeout": 120}
        return until_heard(lambda: browser.post(url, **given)).json()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(check, range(8)))
    assert {(each["verdict"], each["checked"]) for each in answers} == {("unknown", "file")}
