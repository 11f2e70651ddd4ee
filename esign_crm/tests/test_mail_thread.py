"""Incoming mail: bounces find their message, quoted links are masked."""

import email.policy
from email.message import EmailMessage

from odoo.tests import tagged

from .message_common import MessageCase

TOKEN = "Tok-" + "A" * 39
LINK = f"https://sign.vendor.example.com/esign/s/{TOKEN}"


@tagged("post_install", "-at_install")
class TestBounces(MessageCase):
    """What mail servers send back."""

    def setUp(self):
        """Have one mail on its way."""
        super().setUp()
        self.message = self.invite(self.director)
        self.run_crons()

    def bounce(
        self, action="failed", status="5.2.2", words="smtp; 552 5.2.2 mailbox full", **headers
    ):
        """Return a delivery status notification about the mail (RFC 3464)."""
        original = headers.get("message_id") or self.message.message_id_header
        text = f"""\
From: MAILER-DAEMON@mx.example.com
To: bounce@vendor.example.com
Subject: Undelivered
Message-ID: <report-{action}@mx.example.com>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {self.DIRECTOR}
Action: {action}
Status: {status}
Diagnostic-Code: {words}

--b
Content-Type: text/rfc822-headers

Message-ID: {original}
Subject: please sign

--b--
"""
        return text.replace("\n", "\r\n")

    def receive(self, text):
        """Have the mail gateway take it."""
        self.env["mail.thread"].message_process("mail.thread", text)
        self.run_crons()

    def test_returned_mail_marks_its_message(self):
        self.receive(self.bounce())
        self.assertEqual(self.message.state, "bounced")
        self.assertIn("mailbox full", self.message.error)
        self.assertEqual(self.event_kinds(self.request)[-1], "message_bounced")
        self.assertEqual(self.request.activity_ids.user_id, self.rep)

    def test_same_report_twice_is_one_bounce(self):
        self.receive(self.bounce())
        self.receive(self.bounce())
        self.assertEqual(self.event_kinds(self.request).count("message_bounced"), 1)

    def test_delay_is_no_bounce(self):
        self.receive(self.bounce("delayed", "4.4.1", "smtp; 451 try later"))
        self.assertEqual(self.message.state, "sent")

    def test_report_about_another_mail_changes_nothing(self):
        self.receive(self.bounce(message_id="<other@vendor.example.com>"))
        self.assertEqual(self.message.state, "sent")


@tagged("post_install", "-at_install")
class TestQuotedLinks(MessageCase):
    """People answer and forward with the whole mail below."""

    def parse(self, mail):
        """Return what Odoo would make of a mail."""
        incoming = email.message_from_bytes(mail.as_bytes(), policy=email.policy.SMTP)
        return self.env["mail.thread"].message_parse(incoming, save_original=True)

    def answer(self, subject="Re: sign"):
        """Return an answer that quotes the link in text and HTML."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "dora@x.example", "rita@vendor.example.com"
        mail["Subject"] = subject
        mail.set_content(f"What is this?\n> {LINK}\n")
        mail.add_alternative(f'<p>What?</p><a href="{LINK}">{LINK}</a>', subtype="html")
        return mail

    def test_quoted_link_is_masked_in_body_and_original(self):
        parsed = self.parse(self.answer(f"Re: {LINK}"))
        self.assertNotIn(TOKEN, parsed["body"])
        self.assertIn("/esign/s/***", parsed["body"])
        self.assertNotIn(TOKEN, parsed["subject"])
        for attachment in parsed["attachments"]:
            self.assertNotIn(TOKEN, str(attachment.content))

    def test_forwarded_mail_is_masked(self):
        outer = EmailMessage()
        outer["From"], outer["To"], outer["Subject"] = "dora@x.example", "rita@x.example", "Fwd"
        outer.set_content("see attached")
        outer.add_attachment(self.answer())
        parsed = self.parse(outer)
        self.assertTrue(parsed["attachments"])
        for attachment in parsed["attachments"]:
            content = attachment.content
            raw = content.as_bytes() if isinstance(content, EmailMessage) else content
            self.assertNotIn(TOKEN, raw if isinstance(raw, str) else raw.decode("latin-1"))

    def test_other_mail_stays_as_it_is(self):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "dora@x.example", "rita@x.example", "Hello"
        mail.set_content("plain")
        mail.add_attachment(
            b"\x00\xff binary", maintype="application", subtype="pdf", filename="a.pdf"
        )
        parsed = self.parse(mail)
        contents = [each.content for each in parsed["attachments"] if each.fname == "a.pdf"]
        self.assertEqual(contents, [b"\x00\xff binary"])
