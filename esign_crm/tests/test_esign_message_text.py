"""What messages say, and what they never show."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.esign_message import ASKS_TO_SIGN
from ..models.esign_message_reports import LINK_OF
from ..models.esign_request_seal import EsignRequest as SealPart
from ..tools.errors import GatewayError
from ..tools.gateways.sms_text import segments
from ..tools.languages import LANGUAGES
from .message_common import LOST, WITH_LINK, MessageCase

PURPOSES = (
    *WITH_LINK,
    "declined_notice",
    "cancelled_notice",
    "locked_notice",
    "seal_failed_notice",
    "delegated_notice",
    "delegation_refused_notice",
)


@tagged("post_install", "-at_install")
class TestMails(MessageCase):
    """E-mails as they leave for the mail server."""

    def mail(self, purpose="invitation", **kwargs):
        """Send one message to the director and return the mail."""
        kwargs.setdefault("signer", self.director)
        if kwargs["signer"] and "user" not in kwargs and purpose != "cancelled_notice":
            kwargs["link_url"] = self.director._mint_link("sign")
        self.Message._queue(self.request, purpose, **kwargs)
        self.run_crons()
        return self.wires.mails[-1]

    def test_headers_are_those_of_a_polite_machine(self):
        mail = self.mail()
        message = self.Message.search([], limit=1)
        self.assertEqual(mail["Message-Id"], message.message_id_header)
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIn(self.rep.email, mail["Reply-To"])
        self.assertIn(self.DIRECTOR, mail["To"])
        self.assertIn(self.company.name, mail["From"])
        self.assertIsNone(mail["List-Unsubscribe"])
        if self.company.bounce_email:
            self.assertEqual(mail["Return-Path"], self.company.bounce_email)

    def test_both_parts_say_who_asks_what_until_when(self):
        self.request._set_system_sudo(
            deadline_at=fields.Datetime.to_datetime("2031-05-04 12:00:00")
        )
        mail = self.mail()
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        for part in text, html:
            for words in (
                self.company.name,
                "Rita Rep",
                "Dora Director",
                self.request.name,
                "2031",
                "/esign/s/",
            ):
                self.assertIn(words, part)
            self.assertIn("If you did not expect this", part)
        self.assertIn("Act of works <b>17</b>", text)
        self.assertNotIn("<b>17</b>", html)
        self.assertIn("&lt;b&gt;17", html)

    def test_client_is_told_who_signed_and_when(self):
        self.director._set_system_sudo(
            state="signed", signed_at=fields.Datetime.to_datetime("2026-10-12 08:00:00")
        )
        self.client._set_system_sudo(channel="email", email="claude@client.example.com")
        self.invite(self.client)
        self.run_crons()
        text = self.wires.texts_to("claude@client.example.com")[-1]
        self.assertIn("Dora Director signed on October 12, 2026.", text)

    def test_nothing_of_it_is_stored_elsewhere(self):
        mails, posts = (
            self.env["mail.mail"].search_count([]),
            self.env["mail.message"].search_count([]),
        )
        self.mail()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), posts)

    def test_completion_brings_the_pdf_and_how_to_check_it(self):
        content = b"%PDF-1.7 sealed"
        with patch.object(SealPart, "_sealed_bytes", lambda request: content):
            mail = self.mail("completed")
        attached = list(mail.iter_attachments())
        self.assertEqual([each.get_content() for each in attached], [content])
        self.assertEqual(attached[0].get_content_type(), "application/pdf")
        self.assertRegex(attached[0].get_filename(), r"^ES.* Act of works b 17 b\.pdf$")
        text = mail.get_body(("plain",)).get_content()
        self.assertIn(f"/esign/verify/{'V' * 26}", text)
        self.assertEqual(text.count("The link works until"), 1)
        self.assertIn("keep your own copy", text)

    def test_too_large_pdf_leaves_the_link_alone(self):
        self.env["ir.config_parameter"].set_param("base.default_max_email_size", "0.001")
        with patch.object(SealPart, "_sealed_bytes", lambda request: b"x" * 4000):
            mail = self.mail("completed")
        self.assertFalse(list(mail.iter_attachments()))
        self.assertIn("/esign/s/", mail.get_body(("plain",)).get_content())

    def test_altered_pdf_is_not_sent(self):
        self.Message._queue(self.request, "completed", user=self.rep)
        self.run_crons()  # the request has no sealed document: `_sealed_bytes` says so
        message = self.Message.search([], limit=1)
        self.assertEqual(message.state, "queued")
        self.assertIn("sealed", message.error)
        self.assertFalse(self.wires.mails)

    def test_each_purpose_can_be_written_to_signer_and_colleague(self):
        with patch.object(SealPart, "_sealed_bytes", lambda request: b"%PDF"):
            for purpose in PURPOSES:
                self.assertTrue(self.mail(purpose)["Subject"], purpose)
        for purpose in PURPOSES[6:]:
            mail = self.mail(purpose, signer=self.client, user=self.rep)
            self.assertIn(self.rep.email, mail["To"])
            self.assertNotIn("/esign/s/", mail.get_body(("plain",)).get_content())

    def test_hostile_names_cannot_add_headers(self):
        self.director._set_system_sudo(name="Eve\r\nBcc: all@example.com")
        mail = self.mail()
        self.assertIsNone(mail["Bcc"])
        self.assertEqual(str(mail["To"]).count("@"), 2)


@tagged("post_install", "-at_install")
class TestTexts(MessageCase):
    """Text messages: two segments at most, link and code whole."""

    def test_each_purpose_fits_two_segments_in_each_language(self):
        self.request._set_system_sudo(title="Акт выполненных работ по договору подряда " * 4)
        self.company.name = "Société d'installation frigorifique «Żółty Młyn» " * 2
        url = self.client._mint_link("sign")
        delegation = ("delegated_notice", "delegation_refused_notice")
        without_link = ("cancelled_notice", "declined_notice", "withdrawn_notice", *delegation)
        for lang in LANGUAGES:
            self.client._set_system_sudo(lang=lang)
            recipient = self.Message._recipient(self.client, None)
            for purpose in (*PURPOSES[:8], "withdrawn_notice", *delegation, "code"):
                link = None if purpose in without_link else url
                letters = self.Message._letters(self.request, self.client, recipient, link)
                words = ["048213"] if purpose == "code" else []
                letter = getattr(letters, purpose)(*words)
                text = self.Message._payload(letters, letter, recipient)["sms"]
                self.assertLessEqual(segments(text), 2, f"{lang}: {text}")
                self.assertIn(words[0] if words else link or "..", text, lang)

    def test_text_names_the_earlier_of_deadline_and_end_of_the_link_and_cuts_no_date(self):
        deadline = fields.Datetime.now() + timedelta(days=3)
        self.request._set_system_sudo(title="Act 2031/0007", deadline_at=deadline)
        for lang, pattern in (
            ("en_US", "%b %-d, %Y"),
            ("de_DE", "%d.%m.%Y"),
            ("ru_RU", "%d.%m.%Y"),
        ):
            self.client._set_system_sudo(lang=lang)
            text = self.invite(self.client)._read_payload_sudo()["sms"]
            self.assertIn("Act 2031/0007", text)
            if (
                lang != "ru_RU"
            ):  # two segments hold 134 letters of its alphabet, and the link is what counts
                self.assertIn(f"{deadline:{pattern}}", text)
            self.assertNotIn("..", text)

    def test_mail_names_the_earlier_of_deadline_and_end_of_the_link(self):
        self.client._set_system_sudo(
            lang="fr_FR", channel="email", email="claude@client.example.com"
        )
        deadline = fields.Datetime.to_datetime("2026-12-01 12:00:00")
        self.request._set_system_sudo(deadline_at=deadline)
        text = self.invite(self.client)._read_payload_sudo()["text"]
        self.assertIn("Le lien est valable jusqu'au\u00a0: 1 décembre 2026", text)
        self.assertIn("Lire et signer\u00a0:\nhttps://", text)

    def test_gateway_gets_number_key_and_callback(self):
        message = self.invite(self.client)
        self.company.esign_sms_sender = "Mill"
        self.run_crons()
        sms = self.wires.sms[-1]
        self.assertEqual((sms.to, sms.key, sms.sender), (self.CLIENT, message.sudo().key, "Mill"))
        self.assertEqual(
            sms.callback, f"https://sign.vendor.example.com/esign/callback/sms/{sms.key}"
        )

    def test_other_countries_get_no_sms_where_the_administrator_narrowed_them(self):
        message = self.invite(self.client)
        self.company.country_id = self.company.esign_sms_country_ids = self.env.ref("base.pl")
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertIn("FR", message.error)
        self.assertFalse(self.wires.sms)

    def test_costly_numbers_get_no_sms(self):
        self.client._set_system_sudo(phone="+33899123456")
        message = self.invite(self.client)
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.wires.sms)

    def test_full_day_keeps_room_for_codes(self):
        policy = "odoo.addons.esign_crm.models.esign_message_sms.otp_policy"
        with patch(f"{policy}.SMS_PER_DAY", 4), patch(f"{policy}.SMS_RESERVED_FOR_CODES", 2):
            messages = [self.invite(self.client) for _ in range(3)]
            self.run_crons()
            self.assertEqual([each.state for each in messages], ["sent", "sent", "queued"])
            self.assertTrue(self.Message._send_code(self.client, "111111")[0])


@tagged("post_install", "-at_install")
class TestCodes(MessageCase):
    """Codes: at once, or not at all."""

    def test_code_by_sms_is_sent_at_once_and_stored_nowhere(self):
        is_sent, reference, words = self.Message._send_code(self.client, "048213")
        self.assertEqual((is_sent, reference, words), (True, "sms-1", ""))
        text = self.wires.sms[-1].text
        self.assertIn("048213", text)
        self.assertFalse(text.startswith("048213"))
        self.assertIn(self.request.name, text)
        self.assertIn("Do not share", text)
        self.assertEqual(segments(text), 1)
        message = self.Message.search([("purpose", "=", "code")])
        self.assertEqual((message.state, message.attempts), ("sent", 1))
        self.env.cr.execute(
            "SELECT row_to_json(m)::text FROM esign_message m WHERE id = %s", [message.id]
        )
        self.assertNotIn("048213", self.env.cr.fetchone()[0])

    def test_code_by_mail_is_not_in_the_subject_or_first_line(self):
        self.Message._send_code(self.director, "048213")
        mail = self.wires.mails[-1]
        self.assertNotIn("048213", mail["Subject"])
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("048213", text)
        self.assertNotIn("048213", "".join(text.splitlines()[:4]))
        self.assertTrue(re.search(r"Do not share", text))

    def test_refused_code_is_reported_and_recorded(self):
        self.wires.refuse_sms = GatewayError("refused", words="barred", is_permanent=True)
        is_sent, reference, words = self.Message._send_code(self.client, "048213")
        self.assertEqual((is_sent, reference), (False, ""))
        self.assertIn("barred", words)
        self.assertEqual(self.Message.search([("purpose", "=", "code")]).state, "failed")

    def test_unknown_outcome_counts_as_not_sent(self):
        self.wires.refuse_sms = LOST
        self.assertFalse(self.Message._send_code(self.client, "048213")[0])

    @mute_logger("odoo.addons.esign_crm.models.esign_message_code")
    def test_own_error_counts_as_not_sent(self):
        self.wires.refuse_sms = ZeroDivisionError("a bug of ours, with 048213 in it")
        is_sent, _reference, words = self.Message._send_code(self.client, "048213")
        self.assertFalse(is_sent)
        self.assertTrue(words)
        self.assertNotIn("048213", words)
        self.env.invalidate_all()
        self.assertEqual(self.Message.search([("purpose", "=", "code")]).state, "failed")

    def test_code_is_never_repeated_by_the_outbox(self):
        message_id = self.Message._open_code(self.client.id)
        message = self.Message.browse(message_id)
        self.age(message, claimed_at=5)
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.wires.sms)

    def test_late_report_of_a_code_changes_its_state_only(self):
        self.Message._send_code(self.client, "048213")
        message = self.Message.search([("purpose", "=", "code")])
        kinds = self.event_kinds(self.request)
        message._take_report("failed", "off")
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertEqual(self.event_kinds(self.request), kinds)

    def test_every_message_that_asks_to_sign_has_a_link_when_it_is_repeated(self):
        self.assertLessEqual(set(ASKS_TO_SIGN), set(LINK_OF))
