"""What the reader of a signing page sees of the document and of its sender."""

import base64
from io import BytesIO

from PIL import Image

from odoo.tests import tagged

from .common import EsignHttpCommon

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def picture(width, height):
    """Return a PNG in base64."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#1746a2").save(out, "PNG")
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

    def logo(self, image):
        """Return the logo on the page when the company has this one (base64)."""
        self.company.logo = image
        return self.opened()[2]["company"]["logo"]

    def test_logo_of_the_company_is_small_and_needs_no_request(self):
        found = self.logo(picture(1200, 900))
        self.assertTrue(found.startswith("data:image/png;base64,"))
        shown = Image.open(BytesIO(base64.b64decode(found.partition(",")[2])))
        self.assertEqual(shown.height, 80)
        self.assertLess(len(found), 20_000)

    def test_drawing_is_told_as_one(self):
        found = self.logo(base64.b64encode(SVG))
        self.assertTrue(found is None or found.startswith("data:image/svg+xml;base64,"), found)

    def test_placeholder_of_odoo_is_no_logo(self):
        self.assertIsNone(self.logo(False))

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
        domain = [("res_model", "=", "esign.document"), ("description", "=", "page:1:2400")]
        self.assertEqual(self.env["ir.attachment"].sudo().search_count(domain), 1)
