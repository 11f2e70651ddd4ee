"""The worked example that the product was asked for, walked through by its people, step by step, in real browsers.

A rep sends an act from the deal card; our director gets it by e-mail and signs; only then the client, a private person, gets
it by SMS and signs; everybody gets the file; we download it and check it; the board has said all along whose turn it is.
"""

import re
import secrets

from dev.lib.story import ACT
from dev.lib.visitor import Inbox
from tests_live.desk import CARDS, PHONE, logged_in


class Walk:
    """The people of the example and what they do."""

    def __init__(self, stack, browser):
        """Give the deal and its people addresses that no other test uses."""
        self.stack, self.browser = stack, browser
        tag = secrets.token_hex(3)
        self.deal = f"Ремонт кровли {tag}"
        self.title = f"Акт выполненных работ {tag}"
        self.director = f"director-{tag}@vendor.example.com"
        self.client = f"+7916{secrets.randbelow(10**7):07d}"
        session = stack.session("demo")
        person = {"name": f"Иван Петров {tag}", "phone": self.client, "lang": "ru_RU"}
        partner = stack.session().call("res.partner", "create", person)
        vals = {
            "name": self.deal,
            "type": "opportunity",
            "partner_id": partner,
            "user_id": session.uid,
        }
        self.lead = session.call("crm.lead", "create", vals)
        self.session = session

    def send(self):
        """1. The rep opens the deal, chooses the act, says who signs and how he is reached, sends."""
        with logged_in(self.browser, self.stack, "demo") as rep:
            self._send(rep)

    def _send(self, rep):
        page = rep.open(f"crm/{self.lead}", "button[name=action_send_for_signature]")
        page.locator("button[name=action_send_for_signature]").first.click()
        page.locator(".modal input[type=file]").set_input_files(
            {"name": f"{self.title}.pdf", "mimeType": "application/pdf", "buffer": ACT.read_bytes()}
        )
        page.locator(".modal [name=document_facts]", has_text="page").wait_for()
        page.locator(".modal [name=own_name] input").fill("Мария Директорова")
        page.locator(".modal [name=own_channel] input[data-value=email]").check(force=True)
        page.locator(".modal [name=own_email] input").fill(self.director)
        page.locator(".modal button[name=action_send]").click()
        page.locator(".modal").wait_for(state="detached")
        domain = [("lead_id", "=", self.lead)]
        self.request = self.session.call("esign.request", "search", domain)[0]
        rep.open(f"e-signature/{self.request}", "button[name=action_send_now]")
        page.locator("button[name=action_send_now]").click()  # else it leaves in a minute
        page.locator("button[name=action_send_now]").wait_for(state="hidden")

    def sign(self, address, **device):
        """2. and 3. A signer opens the link on the device, reads, confirms the code, signs from the name."""
        inbox = Inbox(self.stack, address)
        context = self.browser.new_context(**device)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(inbox.wait("links"))
        page.locator(".page-image[src]").first.wait_for()
        with page.expect_response("**/code"):
            page.locator("#esign-app .button-primary").first.click()
        page.fill("#esign-code", inbox.wait("codes"))
        page.locator("#esign-app .button-primary").first.click()
        page.check("#esign-consent")
        page.locator("#esign-app .button-primary").first.click()
        page.locator("#esign-consent").wait_for(state="detached")
        context.close()

    def stage(self):
        """Return the name of the column that the request stands in."""
        return self.session.call("esign.request", "read", [self.request], ["stage_id"])[0][
            "stage_id"
        ][1]


def test_the_worked_example_from_the_deal_card_to_the_checked_file(stack, chromium):
    walk = Walk(stack, chromium)
    walk.send()
    assert walk.stage() == "Our signature"
    assert not Inbox(stack, walk.client).texts(), (
        "the client hears nothing before our director has signed"
    )

    walk.sign(walk.director, viewport={"width": 1280, "height": 800})
    assert walk.stage() == "Client's signature"
    _board_says_whom_to_phone(walk)

    walk.sign(walk.client, **PHONE)
    assert walk.stage() == "Signed"
    mails = Inbox(stack, walk.director)
    sealed = _attached(mails.wait("mails", more_than=2))
    assert re.search(r"/esign/s/", Inbox(stack, walk.client).wait("texts", more_than=2))

    assert _downloaded_from_the_deal(walk) == sealed, "the rep's file is the one that everybody has"
    _file_is_checked_in_public(walk, sealed)


def _board_says_whom_to_phone(walk):
    """4. The manager sees on the board whose turn it is and how to reach him."""
    with logged_in(walk.browser, walk.stack, "admin") as manager:
        card = manager.open("e-signature", CARDS).locator(CARDS, has_text=walk.title)
        card.get_by_text("Иван Петров").wait_for()
        assert card.locator(f"a[href='tel:{walk.client}']").count() == 1


def _downloaded_from_the_deal(walk):
    """5. The rep opens the signed file from the deal."""
    with logged_in(walk.browser, walk.stack, "demo") as rep:
        page = rep.open(f"crm/{walk.lead}", "button[name=action_open_esign_requests]")
        page.locator("button[name=action_open_esign_requests]").click()
        with page.expect_download() as download:
            page.locator("button[name=action_download_sealed]").click()
        return download.value.path().read_bytes()


def _attached(mail):
    return next(part.get_content() for part in mail.iter_attachments())


def _file_is_checked_in_public(walk, sealed):
    """6. Anybody checks the file, without an account; a changed amount would be seen."""
    context = walk.browser.new_context(java_script_enabled=False)  # the plain form uploads at once
    page = context.new_page()
    for content, marks in (
        (sealed, 1),
        (sealed.replace(b"/Type", b"/Tipe", 1), 0),
    ):
        page.goto(f"{walk.stack.url}/esign/verify")
        page.set_input_files(
            "input[type=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        page.locator("form[enctype] button[type=submit]").click()
        page.locator(".verdict").first.wait_for()
        assert page.locator(".sign-good").count() == marks
    context.close()
