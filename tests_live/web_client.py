"""A person of the company in Odoo's web client."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@contextmanager
def chromium():
    """Give a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


class WebClient:
    """One log-in in a browser of its own; `page` is Playwright's."""

    def __init__(self, browser, stack, login, **device):
        """Log in as a user of the demo data, whose password is his log-in."""
        self.stack = stack
        self.context = browser.new_context(
            **(device or {"viewport": {"width": 1366, "height": 900}})
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()
        self.page.goto(f"{stack.url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/odoo**")

    def open(self, path, ready):
        """Open a page of the web client and wait until `ready` (a selector) is there."""
        self.page.goto(f"{self.stack.url}/odoo/{path}")
        self.page.locator(ready).first.wait_for()
        return self.page

    def choose(self, field, words):
        """Type into a many2one field and take the first record offered."""
        box = self.page.locator(f".o_field_widget[name={field}] input").first
        box.fill(words)
        self.page.locator(".o-autocomplete--dropdown-item", has_text=words).first.click()

    def close(self):
        """Log out by forgetting the browser."""
        self.context.close()
