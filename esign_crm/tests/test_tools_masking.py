"""Masking of addresses, names and links."""

from odoo.tests import BaseCase

from ..tools import masking

TOKEN = "A" * 20 + "-_" + "b" * 21


class TestMasking(BaseCase):
    """What is shown must not be enough to reach or impersonate anybody."""

    def test_email_keeps_first_letter_and_domain(self):
        self.assertEqual(masking.mask_email("anna@example.com"), "a***@example.com")
        self.assertEqual(masking.mask_email("no address"), "n***")

    def test_phone_keeps_country_and_last_two_digits(self):
        self.assertEqual(masking.mask_phone("+48 601 234 567"), "+48***67")
        self.assertEqual(masking.mask_phone("12345"), "***")

    def test_address_is_masked_by_its_channel(self):
        self.assertEqual(masking.mask_address("email", "b@c.org"), "b***@c.org")
        self.assertEqual(masking.mask_address("whatsapp", "+375291234567"), "+37***67")
        self.assertEqual(masking.mask_address("sms", ""), "")

    def test_name_keeps_the_first_word(self):
        self.assertEqual(masking.mask_name("Anna Kowalska"), "Anna K***")
        self.assertEqual(masking.mask_name("Иван Иванович Петров"), "Иван И*** П***")
        self.assertEqual(masking.mask_name("Cher"), "C***")
        self.assertEqual(masking.mask_name("  "), "")

    def test_links_lose_their_token_in_every_spelling(self):
        for text in (
            f"GET /esign/s/{TOKEN}/page/1 HTTP/1.1",
            f"https://x.example/esign/s/{TOKEN}",
            f'<a href="https://x.example/esign/s/{TOKEN}">sign</a>',
            f"https://safe.example/?u=https%3A%2F%2Fx.example%2Fesign%2Fs%2F{TOKEN}%2Fcode&d=1",
            f"https%253A%252F%252Fx%252Fesign%252Fs%252F{TOKEN}",
            rf'{{"url": "https:\/\/x\/esign\/s\/{TOKEN}"}}',
            f"quoted /esign/s/{TOKEN[:10]}=\r\n{TOKEN[10:]} end",
            f"/ESIGN/S/{TOKEN}",
            f"/esign/s/%41{TOKEN[1:]}",
        ):
            masked = masking.mask_links(text)
            self.assertIn("***", masked)
            self.assertNotIn(TOKEN[-12:], masked)
            self.assertNotIn(TOKEN[1:12], masked)

    def test_what_follows_a_link_stays(self):
        self.assertEqual(
            masking.mask_links(f"GET /esign/s/{TOKEN}/code HTTP/1.1"),
            "GET /esign/s/***/code HTTP/1.1",
        )

    def test_other_texts_stay(self):
        text = "GET /esign/verify/ABCD and /esign/assets/00ff/page.js"
        self.assertEqual(masking.mask_links(text), text)

    def test_addresses_that_providers_quote_are_masked(self):
        self.assertEqual(
            masking.mask_addresses("550 5.1.1 <anna@mail.example.com>: mailbox full"),
            "550 5.1.1 <a***@mail.example.com>: mailbox full",
        )
        self.assertEqual(
            masking.mask_addresses("no subscriber +48 601-234-567."), "no subscriber +48***67."
        )
