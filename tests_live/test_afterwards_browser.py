"""What a signer finds after the signature: one copy by mail, the next document."""

import secrets

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import heading, press

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}


def sign(page, inbox, seen=0):
    """Sign with the proposed name."""
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes", more_than=seen))
    press(page, "Continue")
    page.check("#esign-consent")
    press(page, "Sign")


def test_client_with_a_phone_only_gets_one_copy_by_mail(stack, open_page):
    case = Case(stack)
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **PHONE)
    sign(page, inbox)
    heading(page, "The document is signed")
    assert_accessible(page)
    address = f"claude-{secrets.token_hex(3)}@client.example.com"
    page.fill("#esign-copy", "nonsense")
    press(page, "Send me one copy")
    page.get_by_text("Please enter one e-mail address.").wait_for()
    page.fill("#esign-copy", address)
    press(page, "Send me one copy")
    page.get_by_text("A copy is on its way to").wait_for()
    heading(page, "")
    assert_accessible(page)
    mail = case.inbox(address).wait("mails")
    (file,) = mail.iter_attachments()
    assert file.get_content() == case.visitor(case.client).download()
    page.reload()
    page.get_by_text("A copy is on its way to").wait_for()
    assert page.locator("#esign-copy").count() == 0
    assert case.kinds().count("copy_asked") == 1


def test_director_goes_on_to_the_next_document(stack, open_page):
    first, second = Case(stack), Case(stack)
    partner = first.session.call(
        "res.partner", "create", {"name": "Dora Director", "email": first.director}
    )
    inbox = first.inbox(first.director)
    link = inbox.wait("links")
    second.inbox(second.director).wait("links")
    stack.query(
        f"UPDATE esign_signer SET partner_id = {partner}, email = '{first.director}'"
        f" WHERE side = 'own' AND request_id IN ({first.id}, {second.id})"
    )
    page = open_page(link, **PHONE)
    sign(page, inbox)
    heading(page, "You have signed")
    page.get_by_text("Next document to sign: ").wait_for()
    assert_accessible(page)
    press(page, "Open the next document")
    page.get_by_role("button", name="Sign", exact=True).wait_for()
    sign(page, inbox, seen=1)
    heading(page, "You have signed")
    assert page.get_by_text("Next document to sign").count() == 0
    assert [case.kinds().count("signed") for case in (first, second)] == [1, 1]
