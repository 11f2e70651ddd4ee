"""A template with several roles of one side: a person for each, on a desk and on a phone."""

import base64
import secrets

import pytest
from playwright.sync_api import expect

from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.people import ACT

ROLES = (
    ("Our director", "own", 1),
    ("Accountant", "own", 1),
    ("Customer", "client", 2),
    ("Witness", "client", 3),
)


def _template(session, name):
    """Make a template; each of its four roles has a signature."""
    roles = [
        (0, 0, {"name": role, "side": side, "sequence": sequence}) for role, side, sequence in ROLES
    ]
    template = session.call(
        "esign.template", "create",
        {"name": name, "upload": base64.b64encode(ACT).decode(), "upload_name": "act.pdf", "role_ids": roles},
    )  # fmt: skip
    domain = [("template_id", "=", template)]
    for number, role in enumerate(session.call("esign.template.role", "search", domain)):
        session.call(
            "esign.field", "create",
            {"template_id": template, "role_id": role, "type": "signature", "name": "Signature", "page": 1,
             "x": 0.1, "y": 0.1 + number / 5, "width": 0.3, "height": 0.08},
        )  # fmt: skip


def _open_form(desk, lead, template, is_phone):
    """Open the sending form of a deal with the template chosen."""
    page = desk.open(f"crm/{lead}", ".o_form_view")
    if is_phone:
        page.locator(".o_statusbar_buttons button.dropdown-toggle").first.click()
    page.get_by_text("Send for signature", exact=True).first.click()
    form = page.locator(".modal .o_form_view")
    box = form.locator("[name=template_id] input")
    box.click()
    if is_phone:
        page.get_by_text(template, exact=True).last.click()
    else:
        with page.expect_response("**/*name_search*"):
            box.fill(template)
        page.locator(".o-autocomplete--dropdown-item", has_text=template).click()
    form.get_by_text("1. Accountant").wait_for()
    return form


def _enter(page, people, role, name, email):
    """Enter a person at a role's card: a wrong address is told at once, the right one is shown."""
    people.locator(".o_kanban_record", has_text=role).click()
    card = page.locator(".modal").last
    card.locator("[name=name] input").fill(name)
    card.locator("[name=email] input").fill("anna at home")
    card.locator("[name=email] input").press("Tab")
    card.get_by_text("is not an e-mail address").wait_for()
    expect(card.get_by_text("Save & New")).to_be_hidden()
    card.locator("[name=email] input").fill(email)
    card.locator("[name=email] input").press("Tab")
    card.get_by_text(f"go to {email}").wait_for()
    card.locator(".o_form_button_save").click()
    people.get_by_text(f"go to {email}").wait_for()


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_each_role_of_the_template_gets_a_person(stack, chromium, device):
    tag = secrets.token_hex(4)
    name, session = f"Handover {tag}", stack.session("demo")
    _template(session, name)
    contact = {"name": "Claude Client", "email": f"claude-{tag}@client.example.com"}
    client = session.call("res.partner", "create", contact)
    deal = {"name": f"Deal {tag}", "type": "opportunity", "partner_id": client}
    lead = session.call("crm.lead", "create", deal)
    with logged_in(chromium, stack, "demo", device) as desk:
        page, form = desk.page, _open_form(desk, lead, name, device is PHONE)
        people = form.locator("[name=person_ids]")
        _enter(page, people, "1. Accountant", "Anna", f"anna-{tag}@vendor.example.com")
        _enter(page, people, "3. Witness", "Wanda", f"wanda-{tag}@client.example.com")
        expect(form.locator(".o_esign_preview_box")).to_have_count(len(ROLES))
        people.scroll_into_view_if_needed()
        assert not desk.is_sideways()
        page.get_by_role("button", name="Send", exact=True).click()
        page.locator(".o_notification", has_text="was sent").wait_for()
    domain = [("request_id.lead_id", "=", lead), ("role", "in", ["Accountant", "Witness"])]
    signers = session.call("esign.signer", "search_read", domain, ["name"], order="sequence")
    assert [each["name"] for each in signers] == ["Anna", "Wanda"]
