"""From the deal to sent in three clicks, for a document like the last one; its pages are looked at on the way."""

import base64
import io
import secrets
import string

from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from tests_live.desk import DESKTOP, logged_in
from tests_live.people import ACT

PAGES = 300
PLACE = {"x": 0.12, "y": 0.31, "width": 0.3, "height": 0.07}


def _long_act():
    """Return the act as the first of many pages."""
    writer, page = PdfWriter(), PdfReader(io.BytesIO(ACT)).pages[0]
    for _number in range(PAGES):
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _last_one(session, kind):
    """Send a document of a new kind over RPC, its signatures at places of their own; return the client's contact."""
    client = session.call(
        "res.partner",
        "create",
        {"name": "Claude Client", "email": f"claude-{kind}@client.example.com"},
    )
    lead = _deal(session, client)
    sides = (("own", "Our side", 1), ("client", "Client", 2))
    session.call(
        "esign.request", "create_from_deal", lead, send=True,
        document={"name": f"Handover {kind} 1.pdf", "content": base64.b64encode(ACT).decode()},
        signers=[
            {"side": side, "role": role, "name": "Dora Director" if side == "own" else "Claude Client",
             "email": f"{side}-{kind}@{side}.example.com", "channel": "email", "sequence": number}
            for side, role, number in sides
        ],
        fields=[
            {"role": role, "type": "signature", "page": 1, **PLACE, "x": PLACE["x"] * number}
            for _side, role, number in sides
        ],
    )  # fmt: skip
    return client


def _deal(session, client):
    values = {"name": f"Deal {client}", "type": "opportunity", "partner_id": client}
    return session.call("crm.lead", "create", values)


def test_three_clicks_from_the_deal_to_sent(stack, chromium):
    kind = "".join(secrets.choice(string.ascii_lowercase) for _each in range(10))
    session = stack.session("demo")
    lead = _deal(session, _last_one(session, kind))
    clicks, pictures = [], []
    with logged_in(chromium, stack, "demo", DESKTOP) as desk:
        page = desk.open(f"crm/{lead}", ".o_form_view")
        page.on(
            "request", lambda asked: pictures.append(asked.url) if "/upload/" in asked.url else None
        )

        def click(words):
            clicks.append(words)
            page.get_by_role("button", name=words, exact=True).click()

        click("Send for signature")
        page.get_by_role("dialog").get_by_text("Choose a PDF").wait_for()
        with page.expect_file_chooser() as chooser:
            clicks.append("the file")
            page.get_by_role("dialog").get_by_text("Choose a PDF").click()
        chooser.value.set_files(
            {"name": f"Handover {kind} 2.pdf", "mimeType": "application/pdf", "buffer": _long_act()}
        )
        page.get_by_text("The fields go where they were in").wait_for()
        expect(page.locator(".o_esign_preview_page")).to_have_count(PAGES)
        page.wait_for_function("document.querySelector('.o_esign_preview img')?.naturalWidth > 0")
        expect(page.locator(".o_esign_preview_box")).to_have_count(2)
        click("Send")
        page.locator(".o_notification", has_text="was sent").wait_for()

    assert len(clicks) == 3, clicks
    assert 0 < len(pictures) < 20, f"{len(pictures)} of {PAGES} pages were drawn"
    (request,) = session.call(
        "esign.request", "search_read", [("lead_id", "=", lead)], ["state", "field_ids"]
    )
    assert request["state"] == "sent"
    boxes = session.call("esign.field", "read", request["field_ids"], ["page", "x", "y", "width"])
    expected = [(PAGES, PLACE["x"] * number, PLACE["y"], PLACE["width"]) for number in (1, 2)]
    assert sorted((box["page"], box["x"], box["y"], box["width"]) for box in boxes) == expected
