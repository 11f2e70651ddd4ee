"""The signing page on a slow phone line beside the closest rival's: bytes, requests, seconds until one can sign.

Both addons in one Odoo and one run, the same document, a new browser each time, rounds in turn. The line has 1.6 Mbit/s
down, 750 kbit/s up and 150 ms (Lighthouse's "slow 4G"), put between by Chromium itself.
"""

import shutil
import statistics
import tempfile
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from dev.lib import rival
from dev.lib.stack import Stack
from dev.lib.trouble import say
from tests_live.conftest import FLAGS
from tests_live.people import ACT, Case

ROUNDS = 5
DOWN, UP, LATENCY = 1_600_000 / 8, 750_000 / 8, 150  # bytes a second, ms
PHONE = {
    "viewport": {"width": 375, "height": 667},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
LIMITS = {"bytes": 150_000, "requests": 10, "seconds": 2.0}  # design section 12
PATIENCE = 120_000  # ms
DRAWN = "image => image.complete || new Promise((done) => image.addEventListener('load', done))"


@dataclass
class Load:
    """What one cold load took; `failed` counts requests without a good answer."""

    seconds: float
    bytes: int
    requests: int
    failed: int


def measure():
    """Print the figures and return whether ours keep within the budget."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(folder, extra=rival.addons()) as stack,
        sync_playwright() as playwright,
    ):
        other = stack.url + rival.send(stack.session(), ACT)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        pages = {
            "esign_crm": (_our_link(stack), _can_sign_ours),
            "sign_oca": (other, _can_sign_rivals),
        }
        for address, ready in pages.values():
            _load(browser, address, ready)  # what a server makes once is made
        loads = {name: [] for name in pages}
        for _round in range(ROUNDS):
            for name, (address, ready) in pages.items():
                loads[name].append(_load(browser, address, ready))
        browser.close()
    return _tell(loads)


def _our_link(stack):
    case = Case(stack)
    return case.inbox(case.director).wait("links")


def _load(browser, address, ready):
    """Open an address in a browser that has seen nothing yet, until one can sign and nothing is loaded any more."""
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        seen = _Seen(wire)
        page.goto(address, wait_until="commit", timeout=PATIENCE)
        ready(page)
        seconds = page.evaluate("performance.now()") / 1000
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        return Load(seconds, seen.bytes, seen.requests, seen.failed)
    finally:
        context.close()


class _Seen:
    """Counts what passes the wire, frames of the page included."""

    def __init__(self, wire):
        self.bytes = self.requests = self.failed = 0
        wire.send("Network.enable")
        line = {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": DOWN,
            "uploadThroughput": UP,
        }
        wire.send("Network.emulateNetworkConditions", line)
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._finished)
        wire.on("Network.loadingFailed", lambda _event: setattr(self, "failed", self.failed + 1))

    def _answered(self, event):
        if event["response"]["url"].startswith("http"):
            self.requests += 1
            self.failed += event["response"]["status"] >= 400

    def _finished(self, event):
        self.bytes += int(event["encodedDataLength"])


def _can_sign_ours(page):
    """Wait for the first page's picture and for Sign, which works as soon as it is there.

    The later steps are fetched by the first touch and not counted here, nor are those of the rival.
    """
    image = page.locator(".page-image[src]").first
    image.wait_for(state="attached", timeout=PATIENCE)
    image.evaluate(DRAWN)
    page.get_by_role("button", name="Sign", exact=True).wait_for(timeout=PATIENCE)


def _can_sign_rivals(page):
    """Wait until the rival's viewer has the page and the place to sign."""
    frame = page.frame_locator("iframe")
    frame.locator("#viewer.sign_oca_ready").wait_for(state="attached", timeout=PATIENCE)
    frame.locator(".o_sign_oca_field").first.wait_for(state="attached", timeout=PATIENCE)


def _tell(loads):
    say(
        f"{'medians of ' + str(ROUNDS) + ' cold loads':26}{'kB':>9}{'requests':>10}{'failed':>8}{'seconds':>9}"
    )
    medians = {}
    for name, each in loads.items():
        medians[name] = found = {
            key: statistics.median(getattr(load, key) for load in each)
            for key in ("bytes", "requests", "failed", "seconds")
        }
        say(
            f"{name:26}{found['bytes'] / 1000:>9.1f}{found['requests']:>10.0f}{found['failed']:>8.0f}{found['seconds']:>9.2f}"
        )
    ours = medians["esign_crm"]
    over = [key for key, limit in LIMITS.items() if ours[key] > limit] + (
        ["failed"] if ours["failed"] else []
    )
    say(
        f"{'at most':26}{LIMITS['bytes'] / 1000:>9.1f}{LIMITS['requests']:>10}{0:>8}{LIMITS['seconds']:>9.2f}"
    )
    if over:
        say(f"OVER: {', '.join(over)}")
    return not over
