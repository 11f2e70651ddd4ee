"""What the reader of a signing page sees of the document and of its sender."""

import base64
from contextlib import closing
from io import BytesIO

from PIL import Image

from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..models import advisory_lock
from ..tools.pdf.facts import PAGE_WIDTH_PIXELS
from .common import EsignHttpCommon

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def picture(width, height, kind="PNG"):
    """Return a picture in base64."""
    out = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, kind)
    return base64.b64encode(out.getvalue())


@tagged("post_install", "-at_install")
class TestPortalReading(EsignHttpCommon):
    """A director opens the link of a sent request."""

    def opened(self):
        """Return his browser, the token and the page's data."""
        self.make_request()
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.DIRECTOR)
        return browser, token, self.page(browser, token)

    def test_logo_of_the_company_is_small_and_needs_no_request(self):
        for kind in ("PNG", "JPEG", "WEBP"):
            self.company.logo = picture(1200, 900, kind)
            found = self.company._esign_logo_sudo()
            self.assertTrue(found.startswith("data:image/png;base64,"), kind)
            shown = Image.open(BytesIO(base64.b64decode(found.partition(",")[2])))
            self.assertEqual(shown.height, 80, kind)
            self.assertLess(len(found), 40_000, "even of noise, which compresses worst")
        self.assertEqual(self.opened()[2]["company"]["logo"], found)

    def test_drawings_and_the_placeholder_of_odoo_are_no_logo(self):
        for image in (base64.b64encode(SVG), False):
            self.company.logo = image
            self.assertIsNone(self.company._esign_logo_sudo())

    def test_first_pages_are_drawn_when_the_links_have_left_not_while_one_sends(self):
        documents = self.make_request().frozen_document_id | self.make_request().frozen_document_id
        self.assertFalse(self.first_pages(documents))
        self.deliver()
        self.assertEqual(self.first_pages(documents).mapped("res_id"), documents.ids)

    def test_no_message_waits_for_a_first_page_to_be_drawn(self):
        document = self.make_request().frozen_document_id
        self.deliver()
        self.first_pages(document).unlink()
        of_request = [("request_id", "=", document.request_id.id)]
        invitation = self.env["esign.message"].search(of_request)
        self.make_request()
        invitation._draw_first_pages(invitation.ids)
        self.assertFalse(self.first_pages(document), "the other invitation leaves first")
        self.deliver()
        invitation._draw_first_pages(invitation.ids)
        self.assertTrue(self.first_pages(document))

    def first_pages(self, documents):
        """Return the pictures of their first pages that are kept."""
        domain = [("res_model", "=", "esign.document"), ("res_id", "in", documents.ids)]
        domain.append(("description", "=", f"page:1:{PAGE_WIDTH_PIXELS}"))
        return self.env["ir.attachment"].sudo().search(domain, order="res_id")

    def test_first_page_that_cannot_be_drawn_keeps_no_link_back(self):
        document = self.make_request().frozen_document_id
        self.env.cr.execute(
            "UPDATE esign_document SET sha256 = 'altered' WHERE id = %s", document.ids
        )
        document.invalidate_recordset()
        with self.assertLogs("odoo.addons.esign_crm.models.esign_message_first_page", "WARNING"):
            self.deliver()
        self.assertTrue(self.wires.last_token(self.DIRECTOR))
        (told,) = document.request_id.activity_ids
        self.assertEqual((told.user_id, "cannot be shown" in told.summary), (self.rep, True))

    def test_sharp_picture_has_twice_the_points_and_its_own_tag(self):
        browser, _token, page = self.opened()
        source = page["pages"][0]["src"]
        usual, sharp = self.get(browser, source), self.get(browser, f"{source}?sharp=1")
        widths = [Image.open(BytesIO(each.content)).width for each in (usual, sharp)]
        self.assertEqual(widths, [1200, 2400])
        self.assertNotEqual(usual.headers["ETag"], sharp.headers["ETag"])
        known = self.get(
            browser, f"{source}?sharp=1", headers={"If-None-Match": sharp.headers["ETag"]}
        )
        self.assertEqual(known.status_code, 304)

    def test_sharp_picture_is_drawn_once(self):
        browser, _token, page = self.opened()
        for _again in range(2):
            self.get(browser, f"{page['pages'][0]['src']}?sharp=1")
        self.assertEqual(self.sharp_pictures(), 1)

    def test_one_sharp_picture_of_a_document_is_drawn_at_a_time(self):
        browser, _token, page = self.opened()
        document = self.env["esign.document"].search(
            [("kind", "=", "frozen")], order="id desc", limit=1
        )
        with closing(db_connect(self.env.cr.dbname).cursor()) as cr:  # another process
            advisory_lock.wait(cr, advisory_lock.Space.SHARP_PAGES, document.id)
            answer = self.get(browser, f"{page['pages'][0]['src']}?sharp=1")
        self.assertEqual((answer.status_code, answer.content), (503, b""))
        self.assertEqual((answer.headers["Retry-After"], "ETag" in answer.headers), ("3", False))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self.sharp_pictures(), 0)

    def sharp_pictures(self):
        """Return how many are kept."""
        domain = [("res_model", "=", "esign.document"), ("description", "=", "page:1:2400")]
        return self.env["ir.attachment"].sudo().search_count(domain)
