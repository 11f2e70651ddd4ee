"""The certificate pages and the words under a signature, in the language of the document."""

import io
from datetime import datetime

import pypdf

from odoo import fields
from odoo.tests import tagged

from .common import EsignHttpCommon

SIGNED = datetime(2031, 5, 12, 22, 30, 5)  # the 13th in Paris


@tagged("post_install", "-at_install")
class TestEsignRequestCertificate(EsignHttpCommon):
    """From the deal to the seal with a client of another language than the rep's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Paris"
        for lang in ("de_DE", "ru_RU"):
            cls.env["res.lang"]._activate_lang(lang)

    def people(self, **client):
        own, other = ({**each, "role": None} for each in self.signers(**client))
        return [own | {"position": "Geschäftsführerin"}, other]

    def sealed_pages(self, request):
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        pages = pypdf.PdfReader(io.BytesIO(request._sealed_bytes())).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_german_document_has_german_roles_and_dates(self):
        request = self.make_request(signers=self.people(lang="de_DE"))
        document, *certificate = self.sealed_pages(request)
        words = " ".join(certificate)
        self.assertIn("Dora Director (Unsere Seite)", words)
        self.assertNotIn("Our side", words)
        self.assertNotIn(" – Unsere Seite", words, "role and side are said once")
        here = self.local(request)
        self.assertIn(f"{here:%d.%m.%Y}, {here:%H:%M:%S} CE", words)
        self.assertIn(
            f"Dora Director, Geschäftsführerin {here:%d.%m.%Y}, {here:%H:%M} CE", document
        )
        self.assertIn(f"Claude Client · {here:%d.%m.%Y}, ", document, "no position is known")

    def test_english_document_mistakes_no_day_for_a_month(self):
        request = self.make_request(signers=self.people(lang="en_US"))
        document, *certificate = self.sealed_pages(request)
        here = self.local(request)
        day = f"{here:%b} {here.day}, {here.year}, "
        self.assertIn(f"{day}{here:%H:%M:%S} CE", " ".join(certificate))
        self.assertIn(f"{day}{here:%H:%M} CE", document)

    def local(self, request):
        """Return when our side signed, as the company's clocks showed it."""
        own = request.signer_ids.filtered(lambda each: each.side == "own")
        in_paris = request.with_context(tz="Europe/Paris")
        return fields.Datetime.context_timestamp(in_paris, own.signed_at)

    def test_moments_are_those_of_the_company_in_each_language(self):
        request = self.make_request(send=False, signers=self.people(lang="ru_RU"))
        client = request.signer_ids.filtered(lambda each: each.side == "client")
        for lang, words in (
            ("ru_RU", "13 мая 2031 г., 00:30:05 CEST"), ("de_DE", "13.05.2031, 00:30:05 CEST"),  # noqa: RUF001
            ("en_US", "May 13, 2031, 00:30:05 CEST"),
        ):  # fmt: skip
            client.lang = lang
            said = request._words_for_moment(SIGNED)
            self.assertEqual(" ".join(said.split()), words)
        self.assertEqual(request._words_for_moment(False), "–")
