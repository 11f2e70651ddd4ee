"""Sample templates as a rep meets them: in six languages, marked as samples, sent from a deal, read by the director."""

import secrets

from playwright.sync_api import expect

from tests_live.desk import DESKTOP, logged_in
from tests_live.people import Inbox
from tests_live.signing_page import PHONE

SAMPLE = "Sample: agreement on e-signature (English)"
MARK = "have it checked by your lawyer"


def _deal(session, tag):
    """Return a deal whose client has an e-mail address."""
    contact = {"name": "Claude Client", "email": f"claude-{tag}@client.example.com"}
    client = session.call("res.partner", "create", contact)
    values = {"name": f"Deal {tag}", "type": "opportunity", "partner_id": client}
    return session.call("crm.lead", "create", values)


def _choose(page, form, name):
    """Choose a template in the sending form."""
    box = form.locator("[name=template_id] input")
    box.click()
    with page.expect_response("**/*name_search*"):
        box.fill(name)
    page.locator(".o-autocomplete--dropdown-item", has_text=name).click()


def test_rep_sends_a_sample_and_its_reader_sees_that_it_is_one(stack, chromium, open_page):
    session, tag = stack.session("demo"), secrets.token_hex(4)
    agreements = session.call(
        "esign.template", "search_read", [("is_agreement", "=", True)], ["name"]
    )
    assert len(agreements) >= 6, "one for each language"
    lead = _deal(session, tag)
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = desk.open("action-esign_crm.esign_template_action", ".o_view_controller")
        expect(page.get_by_text(SAMPLE).first).to_be_visible()
        page = desk.open(f"crm/{lead}", ".o_form_view")
        page.get_by_role("button", name="Send for signature", exact=True).click()
        form = page.locator(".modal .o_form_view")
        _choose(page, form, SAMPLE)
        form.locator(".o_esign_preview_box").first.wait_for()
        page.get_by_role("button", name="Send", exact=True).click()
        page.locator(".o_notification", has_text="was sent").wait_for()
    (request,) = session.call(
        "esign.request", "search_read", [("lead_id", "=", lead)], ["signer_ids", "title"]
    )
    signers = session.call("esign.signer", "read", request["signer_ids"], ["side", "email"])
    (address,) = [each["email"] for each in signers if each["side"] == "own"]
    inbox = Inbox(stack, address)
    earlier = len(inbox.links())
    session.call("esign.request", "action_send_now", [request["id"]])
    link = inbox.wait("links", more_than=earlier)
    page = open_page(link, **PHONE)
    expect(page.locator("#esign-heading")).to_have_text(SAMPLE)
    page.locator(".page-text summary").first.click()
    expect(page.locator(".page-text p").first).to_contain_text(MARK)
