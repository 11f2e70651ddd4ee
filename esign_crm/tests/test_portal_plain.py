"""What the signing page's own document says, for who sees it without its scripts."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged

from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestPortalPlain(EsignHttpCommon):
    """A director with JavaScript switched off."""

    def setUp(self):
        super().setUp()
        self.rep.phone = "+49 30 1234567"
        self.request = self.make_request()
        self.deliver()
        self.token = self.wires.last_token(self.DIRECTOR)

    def plain(self, lang="en"):
        """Return the plain part of the page as an element, and its words."""
        answer = self.get(self.browser(), f"/esign/s/{self.token}?lang={lang}")
        page = html.fromstring(answer.text)
        (part,) = page.xpath("//main//*[contains(@class, 'boot-slow')]")
        return page, part, " ".join(part.text_content().split())

    def test_signer_reads_who_asks_for_what_and_how_to_go_on(self):
        page, part, words = self.plain()
        (title,) = part.xpath(".//h1")
        self.assertEqual(title.text_content(), self.request.title)
        for expected in ("Rita Rep", "Dora Director (Our director)", "JavaScript", "How to go on"):
            self.assertIn(expected, words)
        links = [link.get("href") for link in part.xpath(".//a")]
        self.assertEqual(
            links,
            [f"/esign/s/{self.token}/document", "tel:+49301234567", f"mailto:{self.rep.email}"],
        )
        self.assertTrue(
            self.get(self.browser(), links[0]).content.startswith(b"%PDF"), "it needs no script"
        )
        header = page.xpath("//header")[0].text_content()
        self.assertIn(self.company.name, header)
        self.assertIn(self.request.name, header)

    def test_style_that_shows_it_at_once_is_asked_for_without_scripts_only(self):
        page, _part, _words = self.plain()
        ways = [
            link.getparent().tag for link in page.xpath("//link[contains(@href, '/plain.css')]")
        ]
        self.assertEqual(ways, ["noscript"])

    def test_lapsed_link_names_nobody_but_the_company(self):
        link = (
            self.env["esign.link"].sudo().search([("signer_id.request_id", "=", self.request.id)])
        )
        link.expires_at = fields.Datetime.now() - timedelta(days=1)
        _page, part, words = self.plain()
        self.assertIn("This link has expired", words)
        self.assertIn(self.company.name, words)
        for unknown in ("Rita", "Dora", self.request.title, "@"):
            self.assertNotIn(unknown, words)
        self.assertFalse(part.xpath(".//a"))

    def test_finished_document_is_downloaded_without_scripts(self):
        for address in (self.DIRECTOR, self.CLIENT):
            self.deliver()
            self.walk(address)
        self.assertEqual(self.request.state, "done")
        _page, part, words = self.plain()
        self.assertIn("The document is signed", words)
        download = part.xpath(".//a")[0].get("href")
        self.assertEqual(download, f"/esign/s/{self.token}/download")
        self.assertNotIn("JavaScript", words)

    def test_each_situation_is_told_in_plain_words(self):
        for state, heading in (
            ("declined", "The document was declined"),
            ("cancelled", "The signing was cancelled"),
            ("expired", "The time for signing is over"),
        ):
            self.env.cr.execute(
                "UPDATE esign_request SET state = %s WHERE id = %s", [state, self.request.id]
            )
            self.env.invalidate_all()
            _page, _part, words = self.plain()
            self.assertIn(heading, words)
            self.assertNotIn("Rita", words)
