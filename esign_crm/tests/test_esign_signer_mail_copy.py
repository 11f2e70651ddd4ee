"""One copy by mail for a client who is reached by phone only."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.mail_copy_policy import COPIES_PER_DAY
from .common import EsignHttpCommon

MAIL = "claude@client.example.com"


@tagged("post_install", "-at_install")
class TestEsignSignerMailCopy(EsignHttpCommon):
    """Asked for before and after the last signature, once."""

    def signed(self, *, last=True, **client):
        """Return (request, token, browser) of the client, who has signed; with a second client who has not."""
        people = self.signers(**client)
        if not last:
            people.append(
                {"side": "client", "role": "Second client", "name": "Berta Boss", "channel": "email",
                 "email": "berta@client.example.com", "sequence": 3}
            )  # fmt: skip
        request = self.make_request(signers=people)
        self.walk(self.DIRECTOR, "Dora Director")
        address = client.get("email") or self.CLIENT
        _answer, token, browser = self.walk(address, "Claude Client")
        self.env.invalidate_all()
        return request, token, browser

    def ask(self, browser, token, email=MAIL):
        """Ask for a copy as the page does."""
        answer = self.step(browser, token, "copy", email=email)
        self.env.invalidate_all()
        return answer

    # --- after completion --------------------------------------------------------------------------------------------

    def test_copy_goes_out_once_with_the_file_and_without_a_link(self):
        request, token, _browser = self.signed()
        stranger = self.browser()  # holds the link, which is enough to download
        offered = {"state": "offered", "to": None, "may_ask": True}
        self.assertEqual(self.page(stranger, token)["mail_copy"], offered)
        sent = {"state": "sent", "to": "c•••••@client.example.com"}
        for address in (MAIL, MAIL, "other@client.example.com"):
            answer = self.ask(stranger, token, address)
            self.assertEqual(answer["state"], "sent")
            self.assertNotIn(MAIL, str(answer))
        self.deliver()
        (mail,) = self.wires.mails_to(MAIL)
        self.assertFalse(self.wires.mails_to("other@client.example.com"))
        (file,) = mail.iter_attachments()
        self.assertEqual(file.get_content(), request._sealed_bytes())
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("Claude Client, who has signed", text)
        self.assertNotIn("/esign/s/", text)
        page = self.page(stranger, token)["mail_copy"]
        self.assertEqual((page["state"], page["may_ask"]), (sent["state"], False))
        self.assertEqual(self.event_kinds(request).count("copy_asked"), 1)
        self.assertNotIn(MAIL, str(request.event_ids.mapped("details")))

    def test_address_serves_for_nothing_else(self):
        request, token, browser = self.signed()
        self.ask(browser, token)
        client = request.signer_ids.filtered(lambda each: each.side == "client")
        self.assertEqual((client.channel, client._address()), ("sms", self.CLIENT))
        self.assertFalse(client.email or client.copy_email)
        links = self.env["esign.link"].search_count([("signer_id", "=", client.id)])
        self.deliver()
        self.assertEqual(
            self.env["esign.link"].search_count([("signer_id", "=", client.id)]), links
        )

    def test_copy_that_came_back_can_be_asked_for_at_another_address(self):
        request, token, browser = self.signed()
        self.ask(browser, token)
        self.deliver()
        message = request.message_out_ids.filtered(lambda each: each.purpose == "mail_copy")
        message._take_bounce("no such mailbox")
        self.env.invalidate_all()
        page = self.page(browser, token)["mail_copy"]
        self.assertEqual((page["state"], page["may_ask"]), ("failed", True))
        with self.assertRaisesRegex(UserError, "one copy only"):
            message.action_send_again()
        self.assertEqual(self.ask(browser, token, "right@client.example.com")["state"], "sent")
        self.deliver()
        self.assertEqual(len(self.wires.mails_to("right@client.example.com")), 1)

    def test_copy_that_came_back_is_no_failed_message_to_the_signer(self):
        admin = self.env.ref("base.user_admin")
        self.env["esign.rule"].with_user(admin).create(
            {"trigger": "bounced", "action": "note", "note": "Phone them"}
        )
        request, token, browser = self.signed()
        self.ask(browser, token)
        self.deliver()
        message = request.message_out_ids.filtered(lambda each: each.purpose == "mail_copy")
        message._take_bounce("no such mailbox")
        self.deliver()
        self.assertIn("message_bounced", self.event_kinds(request))
        self.assertFalse(request.activity_ids)
        self.assertFalse(request.rule_run_ids.filtered(lambda run: run.trigger == "bounced"))
        self.assertNotEqual(request.delivery_state, "bounced")
        lost = [("delivery_state", "in", ("failed", "bounced"))]
        self.assertNotIn(request, self.env["esign.request"].search(lost))

    def let_no_file_fit(self):
        """Let mails be smaller than any file."""
        self.env["ir.config_parameter"].set_param("base.default_max_email_size", "0.0001")

    def test_copy_that_would_not_fit_is_not_offered(self):
        _request, token, browser = self.signed()
        self.let_no_file_fit()
        self.assertIsNone(self.page(browser, token)["mail_copy"])
        self.assertEqual(self.ask(browser, token)["error"], "closed")

    def test_copy_that_turned_out_too_large_says_so(self):
        request, token, browser = self.signed(last=False)
        self.ask(browser, token)
        self.let_no_file_fit()
        self.walk("berta@client.example.com", "Berta Boss")
        self.deliver()
        message = request.message_out_ids.filtered(lambda each: each.purpose == "mail_copy")
        self.assertEqual(
            (message.state, message.error),
            ("failed", "The signed document is too large for an e-mail."),
        )

    def test_withdrawn_document_is_not_sent(self):
        request, token, browser = self.signed()
        self.ask(browser, token)
        request.action_withdraw("Wrong period")
        self.deliver()
        self.assertFalse(self.wires.mails_to(MAIL))
        self.assertEqual(self.ask(browser, token)["error"], "closed")

    # --- before completion -------------------------------------------------------------------------------------------

    def test_copy_asked_before_completion_goes_out_with_it(self):
        request, token, browser = self.signed(last=False)
        self.assertEqual(self.ask(browser, token, "typo@client.example.com")["state"], "asked")
        page = self.page(browser, token)["mail_copy"]
        self.assertEqual((page["state"], page["may_ask"]), ("asked", True))
        self.assertEqual(self.ask(browser, token)["state"], "asked")
        self.deliver()
        self.assertFalse(self.wires.mails_to(MAIL))
        self.walk("berta@client.example.com", "Berta Boss")
        self.deliver()
        self.assertEqual(len(self.wires.mails_to(MAIL)), 1)
        self.assertFalse(self.wires.mails_to("typo@client.example.com"))
        client = request.signer_ids.filtered(lambda each: each.role == "Client")
        self.assertFalse(client.copy_email)

    def test_before_completion_only_the_confirmed_browser_asks(self):
        _request, token, _browser = self.signed(last=False)
        stranger = self.browser()
        self.assertIsNone(self.page(stranger, token)["mail_copy"])
        self.assertEqual(self.ask(stranger, token)["error"], "not_confirmed")

    def test_address_is_forgotten_when_nothing_comes_of_it(self):
        request, token, browser = self.signed(last=False)
        self.ask(browser, token)
        request.with_user(self.rep).action_cancel("by mistake")
        self.assertFalse(any(request.signer_ids.sudo().mapped("copy_email")))

    # --- refusals ----------------------------------------------------------------------------------------------------

    def test_signer_with_an_address_on_file_has_his_copy_anyway(self):
        _request, token, browser = self.signed(channel="email", email="c@client.example.com")
        self.assertIsNone(self.page(browser, token)["mail_copy"])
        self.assertEqual(self.ask(browser, token)["error"], "closed")

    def test_what_is_no_address_is_told_and_not_counted(self):
        _request, token, browser = self.signed()
        for email in ("", None, "nonsense", "a@b.example.com, c@d.example.com", ["a@b.example.com"], "a" * 300):  # fmt: skip
            with self.subTest(email=email):
                self.assertEqual(self.ask(browser, token, email)["reason"], "no_email")
        self.assertEqual(self.ask(browser, token)["state"], "sent")

    def test_few_addresses_a_day(self):
        _request, token, browser = self.signed(last=False)
        for number in range(COPIES_PER_DAY):
            self.assertEqual(self.ask(browser, token, f"c{number}@x.example.com")["state"], "asked")
        answer = self.ask(browser, token)
        self.assertEqual(answer["reason"], "too_many_copies")
        self.assertAlmostEqual(answer["retry_after"], 86_400, delta=600)

    def test_nobody_reads_the_address_inside(self):
        request, token, browser = self.signed(last=False)
        self.ask(browser, token)
        client = request.signer_ids.filtered(lambda each: each.role == "Client")
        for user in (self.rep, self.env.ref("base.user_admin")):
            self.assertNotIn("copy_email", client.with_user(user).fields_get())
