"""What browser checks share: one real Chromium for all checks of a file, pages that complain of nothing."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests_live.signing_page import heading

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]

expect.set_options(timeout=30_000)  # the pages' own patience does not hold for it


@pytest.fixture(scope="module")
def chromium():
    """Give one browser to all tests of a file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def another_visitor(request):
    """Let the browsers of each test come from elsewhere: one address gets ten codes an hour, and all are at this one."""
    if "stack" in request.fixturenames:
        stack = request.getfixturevalue("stack")
        stack.query("UPDATE esign_otp SET ip_bucket = 'elsewhere' WHERE ip_bucket = '127.0.0.1'")


@pytest.fixture
def open_page(chromium):
    """Give a function that opens a link in a browser of its own; nothing may be complained about in its console."""
    contexts, complaints = [], []

    def open_at(link, **device):
        context = chromium.new_context(**device)
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on(
            "console",
            lambda line: (
                complaints.append(line.text) if line.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(link)
        heading(page, "")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
