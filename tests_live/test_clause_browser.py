"""A client who agrees by accession reads the clause on a phone, first beside the document, then beside the consent."""

import secrets

import pytest

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, PHONE, heading, press

CLAUSE = "whoever enters the code counts as the signer"


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_clause_is_read_and_accepted(stack, open_page, device):
    phone = f"+33613{secrets.randbelow(10**6):06d}"
    stack.session().call(
        "esign.party",
        "create",
        {"name": "Claude Client", "phone": phone, "agreement": "accession"},
    )
    case = Case(stack, client={"phone": phone})
    case.director_signs()
    inbox = case.inbox(phone)
    page = open_page(inbox.wait("links"), **device)
    page.get_by_role("heading", name="Agreement on electronic signatures").wait_for()
    assert page.locator("section.clause", has_text=CLAUSE).is_visible()
    assert_accessible(page)
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")
    heading(page, "Your signature")
    page.get_by_text("I also accept the clause").wait_for()
    page.locator("details.clause summary").click()
    assert page.locator("details.clause", has_text=CLAUSE).is_visible()
    heading(page, "Your signature")
    assert_accessible(page)
    page.fill("#esign-name", "Claude Client")
    page.check("#esign-consent")
    press(page, "Sign")
    heading(page, "The document is signed")
