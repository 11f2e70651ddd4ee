"""A client hands over to somebody else: named on a phone, accepted in the web client, signed, sealed."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from dev.lib.rpc import Refused
from tests_live.accessible import assert_accessible
from tests_live.desk import logged_in
from tests_live.people import Case, hire
from tests_live.signing_page import heading

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


def fill(page, **person):
    """Fill in the dialog that asks for another person, and send it."""
    for key, value in person.items():
        page.fill(f"#esign-delegate-{key}", value)
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Ask ")).click()


def tap(page, words):
    """Touch a button by its words."""
    page.get_by_role("button", name=words, exact=True).tap()


def name_berta(page, inbox, berta, refused):
    """Name Berta on the page, after an address that is none of theirs, and take it back once."""
    tap(page, "Ask somebody else to sign")
    page.get_by_role("dialog").wait_for()
    assert_accessible(page)
    fill(page, name="Berta Boss", address="", reason="She decides")
    expect(page.locator("#esign-delegate-address")).to_be_focused()
    page.get_by_text("Please enter an e-mail address or a phone number.").wait_for()
    fill(page, address=refused)
    page.fill("#esign-code", inbox.wait("codes"))
    tap(page, "Continue")
    page.get_by_text("This address or number cannot be used here").wait_for()
    page.keyboard.press("Escape")  # back at the document, not at a code that is spent
    tap(page, "Ask somebody else to sign")
    assert page.input_value("#esign-delegate-name") == "Berta Boss"
    fill(page, address=berta)
    page.get_by_text("You have asked that Berta Boss sign in your place").wait_for()
    heading(page, "")
    assert_accessible(page)
    tap(page, "Take this back")
    tap(page, "Ask somebody else to sign")
    fill(page, name="Berta Boss", address=berta, reason="She decides")
    page.get_by_text("You have asked that Berta Boss").wait_for()


def accept(desk, case, berta):
    """Accept as the rep does in the web client."""
    form = desk.form(case)
    form.locator(".alert", has_text=berta).wait_for()
    form.get_by_role("button", name="Accept", exact=True).click()
    form.get_by_role("dialog").locator("footer .btn-primary").click()
    form.get_by_text("asks that somebody else sign").wait_for(state="hidden")
    form.locator("tr", has_text="Claude Client").get_by_text("Delegated").wait_for()


def sign(page, inbox):
    """Sign as Berta."""
    page.get_by_text("In place of").wait_for()
    tap(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    tap(page, "Continue")
    page.fill("#esign-name", "Berta Boss")
    page.check("#esign-consent")
    tap(page, "Sign")
    heading(page, "The document is signed")


def test_client_names_somebody_who_signs_once_the_rep_accepted(stack, staff, chromium, open_page):
    case = Case.of_rep(stack, staff)
    inbox, berta = case.inbox(case.client), f"berta-{secrets.token_hex(3)}@client.example.com"
    page = open_page(inbox.wait("links"), **PHONE)
    name_berta(page, inbox, berta, refused=staff["rep"])
    assert not case.inbox(berta).links()
    with logged_in(chromium, stack, staff["rep"]) as desk:
        accept(desk, case, berta)
    page.reload()
    heading(page, "Somebody else signs in your place")
    assert_accessible(page)
    assert page.locator(".page").count() == 0
    sign(open_page(case.inbox(berta).wait("links"), **PHONE), case.inbox(berta))
    assert case.read("state")["state"] == "done"
    assert [kind for kind in case.kinds() if kind.startswith("delegation")] == [
        "delegation_proposed", "delegation_withdrawn", "delegation_proposed", "delegation_accepted",
    ]  # fmt: skip


def test_accepting_and_signing_at_once_has_one_winner(stack, staff):
    case = Case.of_rep(stack, staff)
    client = case.visitor(case.client)
    client.confirm()
    person = {"name": "Berta Boss", "address": "berta@client.example.com", "reason": "She decides"}
    assert client.step_in_turn("delegate", **person) == {"state": "proposed"}
    domain = [("request_id", "=", case.id)]
    found = case.session.call("esign.delegation", "search", domain)
    reps = [stack.session(staff["rep"]) for _each in range(3)]

    def accepting(session):
        try:
            return session.call("esign.delegation", "action_accept", found)
        except Refused as refused:
            return refused.message

    with ThreadPoolExecutor(4) as pool:
        deciding = [pool.submit(accepting, session) for session in reps]
        signed = pool.submit(client.sign, "Claude Client").result().get("state") == "signed"
        accepted = [each.result() for each in deciding].count(True)
    assert accepted + signed == 1
    signers = case.session.call("esign.signer", "search_count", domain)
    assert signers == (2 if signed else 3)
    assert case.kinds().count("delegation_accepted") == accepted
