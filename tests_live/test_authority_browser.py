"""An authority that ends while its signer has the page open, on a phone."""

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import PHONE, heading, press

ENDED = "The authority of Dora Director ended on"


def test_authority_that_has_ended_can_only_be_declined_by(stack, open_page):
    case = Case(stack)
    inbox = case.inbox(case.director)
    page = open_page(inbox.wait("links"), **PHONE)
    stack.query(
        "UPDATE esign_signer SET authority_until = now()::date - 2"
        f" WHERE side = 'own' AND request_id = {case.id}"
    )
    press(page, "Sign")
    page.get_by_text(ENDED).wait_for()
    heading(page, "")
    assert page.get_by_role("button", name="Sign", exact=True).count() == 0
    page.locator(".box-mine").first.click()
    assert page.locator("body").get_attribute("data-view") == "read"
    assert_accessible(page)
    press(page, "Decline")
    page.fill("#esign-decline-reason", "My power of attorney has ended")
    page.get_by_role("dialog").get_by_role("button", name="Decline for good").click()
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")
    heading(page, "The document was declined")
    assert case.read("state")["state"] == "declined"
    assert case.kinds().count("authority_ended") == 1
