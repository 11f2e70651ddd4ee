"""An act in the backend: made from a deal with typed lines, previewed, sent, corrected."""

import io
import secrets
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from pypdf import PdfReader

from tests_live.desk import DESKTOP, logged_in
from tests_live.people import hire


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


@pytest.fixture
def deal(stack):
    """Make a deal of the demo rep's with a client who speaks Polish; return (id, session)."""
    session = stack.session("demo")
    client = {"name": f"Mosty {secrets.token_hex(3)}", "is_company": True, "lang": "pl_PL"}
    partner = session.call("res.partner", "create", client)
    values = {"name": client["name"], "type": "opportunity", "partner_id": partner}
    return session.call("crm.lead", "create", values), session


def _add_line(page, name, quantity, price):
    rows = page.locator(".o_field_one2many .o_data_row")
    new = rows.count()
    page.get_by_text("Add a line", exact=True).click()
    # not the row that was open: what is typed too early goes there
    row = rows.and_(page.locator(f":nth-child({new + 1}).o_selected_row"))
    row.wait_for()
    row.locator("[name=name] textarea").fill(name)
    row.locator("[name=quantity] input").fill(quantity)
    row.locator("[name=price] input").fill(price)


def _previewed(page, wanted):
    """Press Preview, see the words shown, and return the text of the file."""
    viewer = page.locator(".o-FileViewer iframe")
    _button(page, "Preview").click()
    viewer.content_frame.locator(".textLayer").get_by_text(wanted).first.wait_for()
    file = parse_qs(urlsplit(viewer.get_attribute("src")).query)["file"][0]
    answer = page.request.get(urljoin(page.url, file))
    page.locator(".o-FileViewer").press("Escape")
    viewer.wait_for(state="detached")
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.body())).pages)


def _send(page, tag):
    """Send the act that is open."""
    _button(page, "Send for signature").click()
    dialog = page.get_by_role("dialog")
    for name, value in (
        ("own_name", "Dora Director"), ("own_email", f"director-{tag}@vendor.example.com"),
        ("client_name", "Claude Client"), ("client_email", f"claude-{tag}@client.example.com"),
    ):  # fmt: skip
        dialog.locator(f"div[name={name}] input").fill(value)
    _button(dialog, "Send").click()
    dialog.wait_for(state="hidden")


def test_act_of_typed_lines_is_previewed_sent_and_corrected(stack, chromium, deal):
    lead, session = deal
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = desk.open(f"crm/{lead}", ".o_form_view")
        _button(page, "Act").click()
        page.locator("[name=line_ids]").wait_for()
        _add_line(page, "Bridge survey", "2", "150")
        _add_line(page, "Żółte barierki", "1.5", "40.5")
        text = _previewed(page, "Bridge survey")
        for piece in ("Bridge survey", "Żółte barierki", "360,75"):
            assert piece in text
        _send(page, lead)
        (act,) = session.call("esign.act", "search_read", [("lead_id", "=", lead)], ["request_id"])
        page.goto(f"{stack.url}/odoo/esign-acts/{act['id']}")
        _button(page, "Correct").click()
        _button(page.get_by_role("dialog"), "Ok").click()
        page.get_by_role("heading", name="version 2").wait_for()
        page.locator("[name=line_ids] [name=price]").first.click()
        page.locator(".o_selected_row [name=price] input").fill("160")
        text = _previewed(page, "380,75")
        assert "380,75" in text and "Żółte barierki" in text
    request = session.call("esign.request", "read", [act["request_id"][0]], ["state"])
    assert request[0]["state"] == "cancelled"


def _sent_with_a_date_field(session, lead):
    """Let the rep of the session send an act with a further field on its page; return (act, request)."""
    line = {"name": "Bridge survey", "quantity": 2, "price": 150}
    act = session.call("esign.act", "create", {"lead_id": lead, "line_ids": [(0, 0, line)]})
    context = session.call("esign.act", "action_send_for_signature", [act])["context"]
    people = {
        "own_name": "Dora Director", "own_email": f"director-{lead}@vendor.example.com", "own_channel": "email",
        "client_name": "Claude Client", "client_email": f"claude-{lead}@client.example.com", "client_channel": "email",
    }  # fmt: skip
    form = session.call("esign.send.wizard", "create", people, context=context)
    request = session.call("esign.send.wizard", "action_save_draft", [form])["res_id"]
    domain = [("request_id", "=", request), ("side", "=", "client")]
    (signer,) = session.call("esign.signer", "search", domain)
    place = {"page": 1, "x": 0.1, "y": 0.9, "width": 0.2, "height": 0.03}
    field = {"request_id": request, "signer_id": signer, "type": "date", "name": "Day"} | place
    session.call("esign.field", "create", field)
    session.call("esign.request", "action_send", [request])
    return act, request


def _boxes(session, request):
    """Return type, place and signer of the request's fields."""
    names = ["type", "page", "x", "y", "signer_id"]
    found = session.call("esign.field", "search_read", [("request_id", "=", request)], names)
    return sorted((*(box[name] for name in names[:4]), box["signer_id"][1]) for box in found)


def test_manager_corrects_prints_and_sends_the_act_that_a_rep_has_sent(stack, chromium, deal):
    staff, (lead, session) = hire(stack.session()), deal
    act, request = _sent_with_a_date_field(session, lead)
    with logged_in(chromium, stack, staff["manager"], DESKTOP) as desk:
        page = desk.open(f"esign-acts/{act}", ".o_form_view")
        _button(page, "Correct").click()
        _button(page.get_by_role("dialog"), "Ok").click()
        page.get_by_role("heading", name="version 2").wait_for()
        page.locator("[name=line_ids] [name=quantity]").first.click()
        page.locator(".o_selected_row [name=quantity] input").fill("3")
        assert "450,00" in _previewed(page, "450,00")
        _button(page, "Send for signature").click()
        dialog = page.get_by_role("dialog")
        client = dialog.locator("div[name=client_email] input")
        assert client.input_value() == f"claude-{lead}@client.example.com"
        _button(dialog, "Send").click()
        dialog.wait_for(state="hidden")
    manager = stack.session(staff["manager"])
    domain = [("previous_id", "=", act)]
    (corrected,) = manager.call("esign.act", "search_read", domain, ["request_id", "version"])
    again = corrected["request_id"][0]
    states = manager.call("esign.request", "read", [request, again], ["state"])
    assert [each["state"] for each in states] == ["cancelled", "sent"]
    before, after = _boxes(manager, request), _boxes(manager, again)
    assert len(before) == len(after) == 3
    assert after[0] == before[0], "the date stays where it was put"
    # signatures follow the paper, which says in one more line what it takes the place of
    assert [(box[:3], box[4]) for box in after] == [(box[:3], box[4]) for box in before]
    assert all(new[3] > old[3] for new, old in zip(after[1:], before[1:], strict=True))
