"""Markup in titles, roles, fields and values shows as text on the signing page and asks nobody for anything."""

from tests_live.people import Case
from tests_live.signing_page import heading, press
from tests_live.test_fields_browser import PHONE

IMAGE = '<img src="http://127.0.0.1:9/x" onerror="alert(1)">'
FIELD = {"role": "Client", "page": 1, "x": 0.1, "width": 0.8, "height": 0.05, "type": "text"}
FIELDS = [
    FIELD | {"name": f"{IMAGE} {{{{7*7}}}}", "y": 0.2},
    FIELD | {"name": "Site", "y": 0.3, "filled_by": "sender", "value": f"</script>{IMAGE}"},
]


def test_markup_shows_as_text_and_asks_nobody(stack, open_page):
    case = Case(stack, fields=FIELDS, send=False, client={"name": f"Claude {IMAGE}"})
    title = f"Act {IMAGE} {{{{7*7}}}}"
    case.session.call("esign.request", "write", [case.id], {"title": title, "signer_note": IMAGE})
    case.session.call("esign.request", "action_send", [case.id])
    case.director_signs()
    inbox = case.inbox(case.client)
    page = open_page(inbox.wait("links"), **PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    heading(page, title)
    for words in (IMAGE, f"</script>{IMAGE}", f"Claude {IMAGE} (Client)"):
        page.get_by_text(words, exact=True).first.wait_for()
    press(page, "Sign")
    page.fill("#esign-code", inbox.wait("codes"))
    press(page, "Continue")
    press(page, "Next field")
    entry = page.get_by_label(FIELDS[0]["name"])
    entry.fill(IMAGE)
    press(page, "Continue")
    heading(page, "Your signature")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if not url.startswith((stack.url, "data:"))]
