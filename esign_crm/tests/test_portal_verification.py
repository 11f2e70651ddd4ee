"""The public check over HTTP: what a doubter is told, and what a forger can make of it."""

import hashlib
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader, PdfWriter

from odoo import fields
from odoo.tests import mute_logger, tagged

from .common import EsignHttpCommon
from .pdf_samples import plain_pdf
from .sealing_samples import flipped, identity, sealed

JSON = {"Accept": "application/json"}
HASHED = {"X-Esign-Hashed": "1"}
GOOD = "sign-good"
LIMIT = "odoo.addons.esign_crm.tools.check_policy.CHECKS_PER_MINUTE"


class VerificationCase(EsignHttpCommon):
    """A sealed request, and a stranger."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.request.invalidate_recordset()
        self.assertEqual(self.request.state, "done")
        self.pdf = self.request._sealed_bytes()
        self.code = self.request.verification_code
        self.stranger = self.browser()
        self.enterContext(patch(LIMIT, 1000))

    def record(self, code=None, **kwargs):
        """Return the JSON of a code."""
        kwargs.setdefault("headers", JSON)
        return self.get(self.stranger, f"/esign/verify/{code or self.code}", **kwargs).json()

    def post(self, *, headers=JSON, **kwargs):
        """POST to the check."""
        with self.serving():
            return self.stranger.post(
                f"{self.base_url()}/esign/verify", headers=headers, timeout=60, **kwargs
            )

    def upload(self, content, **kwargs):
        """POST a file."""
        return self.post(files={"file": ("x.pdf", content)}, **kwargs)

    def assert_verdict(self, content, verdict, *reasons):
        """Fail unless the file gets this verdict, these reasons among others, and no green mark."""
        answer = self.upload(content).json()
        self.assertEqual((answer["verdict"], answer["checked"]), (verdict, "file"), answer)
        self.assertLessEqual(set(reasons), set(answer["reasons"]))
        self.assertNotIn(GOOD, self.upload(content, headers={}).text)
        return answer


@tagged("post_install", "-at_install")
class TestPortalVerification(VerificationCase):
    """By code, by file, by SHA-256."""

    def test_record_shows_facts_to_compare_and_no_mark(self):
        facts = self.record()
        self.assertEqual((facts["verdict"], facts["checked"]), ("valid", "record"))
        self.assertEqual(facts["facts"]["number"], self.request.name)
        self.assertEqual(facts["facts"]["sha256"], self.request.sealed_sha256)
        self.assertEqual(
            [party["name"] for party in facts["facts"]["parties"]], ["Dora D***", "Claude C***"]
        )
        html = self.get(self.stranger, f"/esign/verify/{self.code}").text
        self.assertNotIn(GOOD, html)
        for shown in (
            self.request.name,
            "Dora D***",
            self.request.sealed_sha256,
            facts["facts"]["key_fingerprint"],
        ):
            self.assertIn(shown, html)
        told = (str(facts) + html).replace(self.company.name, "")
        for hidden in ("Director (", "Claude Client", self.CLIENT, self.DIRECTOR, "act.pdf"):
            self.assertNotIn(hidden, told.replace("Our director (", ""))

    def test_code_typed_by_hand_finds_the_record(self):
        spaced = " ".join(self.code.lower()[start : start + 4] for start in range(0, 26, 4))
        answer = self.get(self.stranger, "/esign/verify", params={"code": spaced}, headers=JSON)
        self.assertEqual(answer.json()["facts"]["number"], self.request.name)

    def test_nonsense_for_a_code_is_unknown(self):
        for code in (
            "' OR 1=1 --",
            "%25",
            "A" * 26,
            "a" * 5000,
            "../../web",
            "<script>",
            "1;DROP TABLE esign_request",
        ):
            answer = self.get(self.stranger, "/esign/verify", params={"code": code}, headers=JSON)
            self.assertEqual((answer.status_code, answer.json()["verdict"]), (200, "unknown"), code)
        page = self.get(self.stranger, "/esign/verify", params={"code": "<script>x"}).text
        self.assertNotIn("<script>x", page)

    def test_draft_and_unfinished_requests_are_unknown(self):
        other = self.make_request()
        self.assertEqual(self.record(other.verification_code or "A" * 26)["verdict"], "unknown")

    def test_head_answers_as_get_without_a_body(self):
        with self.serving():
            answer = self.stranger.head(f"{self.base_url()}/esign/verify/{self.code}", timeout=30)
        self.assertEqual((answer.status_code, answer.content), (200, b""))

    def test_genuine_file_alone_gets_the_mark(self):
        answer = self.upload(self.pdf).json()
        self.assertEqual(
            (answer["verdict"], answer["checked"], answer["reasons"]), ("valid", "file", [])
        )
        self.assertIn(GOOD, self.upload(self.pdf, headers={}).text)

    def test_file_hashed_by_the_page_gets_the_mark_and_digits_from_elsewhere_do_not(self):
        digits = hashlib.sha256(self.pdf).hexdigest()
        answer = self.post(data={"sha256": digits.upper()}).json()
        self.assertEqual((answer["verdict"], answer["checked"]), ("valid", "record"))
        self.assertEqual(answer["reasons"], ["same_sha256"])
        self.assertIn(GOOD, self.post(data={"sha256": digits}, headers=HASHED).text)
        self.assertNotIn(GOOD, self.post(data={"sha256": digits}, headers={}).text)

    def test_unknown_digits_are_unknown(self):
        for digits in ("0" * 64, "x", "' OR ''='", "A" * 5000):
            answer = self.post(data={"sha256": digits}).json()
            self.assertEqual((answer["verdict"], answer["checked"]), ("unknown", "record"), digits)
            self.assertNotIn(GOOD, self.post(data={"sha256": digits}, headers=HASHED).text)

    def test_hash_of_an_erased_copy_asks_for_the_file(self):
        attachment = self.request.sealed_document_id.sudo().attachment_id
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = NULL, db_datas = NULL WHERE id = %s",
            (attachment.id,),
        )
        self.env.invalidate_all()
        digits = {"sha256": hashlib.sha256(self.pdf).hexdigest()}
        with mute_logger("odoo.addons.esign_crm.models.esign_request_verification"):
            answer = self.post(data=digits).json()
            html = self.post(data=digits, headers=HASHED).text
        self.assertEqual((answer["verdict"], answer["reasons"]), ("valid", ["copy_erased"]))
        self.assertNotIn(GOOD, html)
        self.assertEqual(self.upload(self.pdf).json()["verdict"], "valid")

    def test_withdrawn_document_says_since_when_and_that_nobody_stands_by_it(self):
        self.request._set_system_sudo(
            withdrawn_at=fields.Datetime.now(), withdrawn_reason="Paid by Ms Secret"
        )
        digits = {"sha256": hashlib.sha256(self.pdf).hexdigest()}
        for answer in (self.record(), self.upload(self.pdf).json(), self.post(data=digits).json()):
            self.assertEqual(answer["verdict"], "revoked", answer)
            self.assertIn("withdrawn", answer["reasons"])
            self.assertTrue(answer["facts"]["withdrawn_at"])
            self.assertNotIn("Secret", str(answer))
        for html in (
            self.get(self.stranger, f"/esign/verify/{self.code}").text,
            self.upload(self.pdf, headers={}).text,
            self.post(data=digits, headers=HASHED).text,
        ):
            self.assertIn("no longer stands by it", html)
            self.assertNotIn(GOOD, html)
            self.assertNotIn("Secret", html)

    def test_record_and_file_are_answered_after_the_last_day_of_the_download(self):
        self.request._set_system_sudo(download_until=fields.Datetime.now() - timedelta(days=400))
        self.assertEqual(self.record()["verdict"], "valid")
        self.assertEqual(self.upload(self.pdf).json()["verdict"], "valid")


@tagged("post_install", "-at_install")
class TestPortalVerificationAttacks(VerificationCase):
    """What forgers hand out, and what they send."""

    def test_genuine_code_on_a_forged_file_is_invalid(self):
        url = self.request._verification_url()
        forged = plain_pdf(1, f"Pay ten times as much {self.code}")
        self.assertEqual(
            self.assert_verdict(forged, "invalid", "no_seal")["facts"]["number"], self.request.name
        )
        look_alike = sealed(
            forged, identity=identity("look-alike"), reason=f"{self.request.name} {url}"
        ).content
        answer = self.assert_verdict(look_alike, "invalid", "wrong_key", "hash_differs")
        self.assertNotIn("parties", answer["facts"])

    def test_genuine_certificate_pages_behind_another_contract_are_invalid(self):
        pages = PdfReader(BytesIO(self.pdf)).pages
        certificate = PdfWriter()
        for page in pages[self.request.frozen_document_id.page_count :]:
            certificate.add_page(page)
        both = BytesIO()
        certificate.write(both)
        forged = sealed(
            plain_pdf(1, "Other"),
            certificate_pages=both.getvalue(),
            identity=identity("look-alike"),
        )
        self.assert_verdict(forged.content, "invalid", "wrong_key")
        twice = sealed(self.pdf, certificate_pages=both.getvalue(), identity=identity("look-alike"))
        self.assert_verdict(twice.content, "invalid", "extra_signature", "appended", "hash_differs")

    def test_changed_file_is_invalid(self):
        self.assert_verdict(flipped(self.pdf, len(self.pdf) // 3), "invalid", "content_changed")
        self.assert_verdict(self.pdf + b"%%EOF\n", "invalid", "trailing_bytes")

    def test_file_of_another_system_is_unknown(self):
        self.assert_verdict(sealed().content, "unknown", "not_in_registry")
        self.assert_verdict(plain_pdf(), "unknown", "not_in_registry")

    def test_what_is_no_document_is_refused_in_words(self):
        self.assert_verdict(b"<html><script>alert(1)</script></html>", "unknown", "not_pdf")
        self.assert_verdict(b"\x89PNG\r\n\x1a\n" + bytes(99), "unknown", "not_pdf")
        answer = self.upload(b"").json()
        self.assertEqual((answer["verdict"], answer["reasons"]), ("unknown", ["empty"]))
        self.assertEqual(self.post(data={"file": "text"}).json()["reasons"], ["empty"])
        self.assertEqual(self.post(data={}).json()["reasons"], ["empty"])

    def test_file_of_26_mb_is_too_large(self):
        answer = self.upload(b"%PDF-1.7\n" + bytes(26 * 1024 * 1024))
        self.assertEqual((answer.status_code, answer.json()["reasons"]), (200, ["too_large"]))

    def test_page_of_another_site_cannot_show_a_verdict(self):
        evil = {"Origin": "https://evil.example.com"}
        for headers in (evil, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
            answer = self.upload(self.pdf, headers=headers)
            self.assertEqual(answer.status_code, 404, headers)
            self.assertNotIn(GOOD, answer.text)
        own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        self.assertIn(GOOD, self.upload(self.pdf, headers=own).text)

    def test_wrong_host_is_404(self):
        evil = {"Host": "evil.example.com"}
        self.assertEqual(
            self.get(self.stranger, f"/esign/verify/{self.code}", headers=evil).status_code, 404
        )
        self.assertEqual(self.upload(self.pdf, headers=evil).status_code, 404)

    def test_pages_have_the_headers_of_public_pages_and_no_cookie(self):
        answers = [
            self.get(self.stranger, "/esign/verify"),
            self.get(self.stranger, f"/esign/verify/{self.code}"),
            self.upload(self.pdf, headers={}),
            self.upload(self.pdf),
        ]
        for answer in answers:
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertNotIn("Set-Cookie", answer.headers)
