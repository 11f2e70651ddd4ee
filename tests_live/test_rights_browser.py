"""Each kind of user in a real browser: his menus, the pages behind them, and the portal up to a signature."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests_live.desk import PHONE, logged_in
from tests_live.people import Case

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium():
    """Give one browser to all tests of this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def test_portal_user_signs_from_his_list_with_the_code_from_his_phone(stack, chromium):
    session = stack.session()
    (contact,) = session.call(
        "res.users", "search_read", [("login", "=", "portal")], ["partner_id"]
    )
    case = Case(stack, client={"partner_id": contact["partner_id"][0]})
    number = case.read("name")["name"]
    with logged_in(chromium, stack, "portal", PHONE) as desk:
        page = desk.page
        page.goto(f"{stack.url}/my/esign")
        assert page.get_by_text(number).count() == 0, "before our side has signed"
        case.director_signs()
        page.goto(f"{stack.url}/my/home")
        page.locator("a[href='/my/esign']").click()
        row = page.locator("tr", has_text=number)
        row.get_by_text("Waits for your signature").wait_for()
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], "scrolls sideways"
        row.get_by_role("button", name="Read and sign").click()
        page.locator("#esign-heading").wait_for()
        page.reload()
        page.locator(".page-image[src]").first.wait_for()
        page.get_by_role("button", name="Sign", exact=True).click()
        page.fill("#esign-code", case.inbox(case.client).wait("codes"))
        page.get_by_role("button", name="Continue", exact=True).click()
        page.locator("#esign-heading", has_text="Your signature").wait_for()
        page.check("#esign-consent")
        page.get_by_role("button", name="Sign", exact=True).click()
        page.locator("#esign-heading", has_text="The document is signed").wait_for()
        page.goto(f"{stack.url}/my/esign")
        page.locator("tr", has_text=number).get_by_text("Signed by everybody").wait_for()
    assert case.read("state")["state"] == "done"
