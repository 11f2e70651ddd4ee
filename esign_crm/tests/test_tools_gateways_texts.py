"""Phone numbers, lengths of text messages, and what mail servers mean."""

import smtplib

from odoo.tests import BaseCase

from ..tools.errors import GatewayError
from ..tools.gateways import phone, smtp_errors
from ..tools.gateways.base import masked_words
from ..tools.gateways.sms_text import fit, segments

LINK = "https://sign.example.com/esign/s/" + "A" * 43


class TestPhone(BaseCase):
    """Which numbers may be sent to."""

    def refusal(self, *args):
        """Return the code of the refusal."""
        with self.assertRaises(GatewayError) as caught:
            phone.sms_number(*args)
        self.assertTrue(caught.exception.is_permanent)
        return caught.exception.code

    def test_numbers_become_e164(self):
        self.assertEqual(phone.sms_number("+33 6 12 34 56 78", "", ["FR"]), "+33612345678")
        self.assertEqual(phone.sms_number("06 12 34 56 78", "FR", ["FR"]), "+33612345678")
        self.assertEqual(phone.sms_number("601-234-567", "PL", ["FR", "PL"]), "+48601234567")

    def test_other_countries_are_refused(self):
        self.assertEqual(self.refusal("+48601234567", "FR", ["FR"]), "foreign_number")
        self.assertEqual(self.refusal("+48601234567", "", []), "foreign_number")
        # the same calling code, other countries
        self.assertEqual(self.refusal("+18764123456", "US", ["US"]), "foreign_number")
        self.assertEqual(self.refusal("+77012345678", "RU", ["RU"]), "foreign_number")

    def test_all_countries_are_allowed_where_none_is_named(self):
        self.assertEqual(phone.sms_number("+48601234567", "FR", None), "+48601234567")

    def test_costly_numbers_are_refused(self):
        for regions in ["FR"], None:
            self.assertEqual(self.refusal("+33 8 99 12 34 56", "FR", regions), "costly_number")

    def test_nonsense_is_refused(self):
        for text in ("", "call me", "12", "+999123456789", "0612345678"):
            self.assertEqual(self.refusal(text, "", ["FR"]), "bad_number", text)


class TestSmsText(BaseCase):
    """Two segments are the most that a message may cost."""

    def test_segments_are_counted_as_networks_do(self):
        self.assertEqual(segments("a" * 160), 1)
        self.assertEqual(segments("a" * 161), 2)
        self.assertEqual(segments("a" * 306), 2)
        self.assertEqual(segments("a" * 307), 3)
        self.assertEqual(segments("€" * 80), 1)
        self.assertEqual(segments("€" * 81), 2)
        self.assertEqual(segments("ж" * 70), 1)
        self.assertEqual(segments("ж" * 71), 2)
        self.assertEqual(segments("ж" * 135), 3)
        self.assertEqual(segments("😀" * 35), 1)

    def test_long_names_are_cut_but_never_the_link(self):
        values = {"company": "Very Long Company " * 10, "title": "Act " * 100, "link": LINK}
        text = fit(["%(company)s asks you to sign %(title)s: %(link)s"], values)
        self.assertTrue(text.endswith(LINK))
        self.assertLessEqual(segments(text), 2)
        self.assertIn("Very Long", text)

    def test_cyrillic_falls_back_to_the_shorter_text(self):
        values = {
            "company": "Мукомольный завод имени Кирова",
            "title": "Акт № 17 от 12.10.2026",
            "link": LINK,
        }
        templates = [
            "%(company)s просит вас подписать документ %(title)s до конца следующей недели: %(link)s",
            "%(company)s: подпишите %(title)s: %(link)s",
        ]
        text = fit(templates, values)
        self.assertTrue(text.endswith(LINK))
        self.assertIn("подпишите", text)
        self.assertLessEqual(segments(text), 2)

    def test_typographic_marks_do_not_double_the_price(self):
        text = fit(["“%(title)s” – it’s %(link)s"], {"title": "«Act»…", "link": LINK})  # noqa: RUF001
        self.assertEqual(text, f'""Act".." - it\'s {LINK}')

    def test_percent_signs_in_values_are_harmless(self):
        self.assertEqual(
            fit(["%(title)s %(link)s"], {"title": "50 %(x)s", "link": "l"}), "50 %(x)s l"
        )


class TestSmtpErrors(BaseCase):
    """What becomes of a mail after each answer of the server."""

    def test_refused_recipient_is_final_with_the_servers_words(self):
        recipients = {"anna@example.com": (552, b"5.2.2 <anna@example.com> mailbox full")}
        error = smtp_errors.from_sending(smtplib.SMTPRecipientsRefused(recipients))
        self.assertEqual((error.code, error.is_permanent), ("bad_recipient", True))
        self.assertEqual(error.words, "<a***@example.com> mailbox full (552)")

    def test_greylisting_is_temporary(self):
        error = smtp_errors.from_sending(smtplib.SMTPRecipientsRefused({"a@b.c": (451, b"later")}))
        self.assertFalse(error.is_permanent)
        self.assertFalse(error.is_outcome_unknown)

    def test_refused_content_is_final(self):
        error = smtp_errors.from_sending(smtplib.SMTPDataError(554, b"spam"))
        self.assertEqual(
            (error.code, error.is_permanent, error.words), ("refused", True, "spam (554)")
        )

    def test_lost_connection_leaves_the_outcome_unknown(self):
        for exception in (
            smtplib.SMTPServerDisconnected("gone"),
            ConnectionResetError(),
            TimeoutError(),
        ):
            error = smtp_errors.from_sending(exception)
            self.assertTrue(error.is_outcome_unknown)
            self.assertFalse(error.is_permanent)

    def test_trouble_before_sending_is_always_temporary(self):
        for exception in (
            smtplib.SMTPAuthenticationError(535, b"bad password"),
            smtplib.SMTPServerDisconnected("gone"),
            ConnectionRefusedError("refused"),
            TimeoutError("slow"),
        ):
            error = smtp_errors.from_connecting(exception)
            self.assertFalse(error.is_permanent)
            self.assertFalse(error.is_outcome_unknown)


class TestMaskedWords(BaseCase):
    """Providers like to repeat what they were given."""

    def test_nothing_secret_is_left(self):
        words = masked_words(f"to +33612345678 / 06 12 34 56 78: {LINK} code 482913\n\tnow", "now")
        for secret in ("612345678", "12 34 56", "AAAA", "482913", "now", "\n"):
            self.assertNotIn(secret, words)

    def test_long_words_are_cut(self):
        self.assertEqual(len(masked_words("x" * 1000)), 200)
