"""Images of pages: small, as wide as asked for, never beyond the limits."""

from contextlib import suppress
from io import BytesIO

from PIL import Image, WebPImagePlugin  # noqa: F401 - Odoo keeps Pillow from finding it

from odoo.tests import BaseCase, tagged

from ..tools.errors import EsignError, IntakeError
from ..tools.pdf import render
from . import pdf_samples as samples


def opened(image):
    """Return an image as Pillow reads it."""
    return Image.open(BytesIO(image))


@tagged("post_install", "-at_install")
class TestRender(BaseCase):
    """Sizes, colours and limits."""

    def test_wanted_pages_come_as_small_images(self):
        images = render.render_in_jail(samples.plain_pdf(5), [2, 5], 1200)
        self.assertEqual(list(images), [2, 5])
        for image in images.values():
            self.assertEqual(render.mimetype(image), "image/webp")
            self.assertEqual(opened(image).size[0], 1200)
            self.assertLess(len(image), 60_000)
        self.assertNotEqual(images[2], images[5])

    def test_page_is_drawn_as_it_is_turned(self):
        image = render.render_in_jail(samples.SEALABLE["rotate_90"](), [1], 842)[1]
        self.assertEqual(opened(image).size, (842, 595))

    def test_paper_stays_white(self):
        image = opened(render.render_in_jail(samples.plain_pdf(), [1], 600)[1]).convert("RGB")
        self.assertEqual(image.getpixel((5, 5)), (255, 255, 255))

    def test_very_tall_page_comes_narrower(self):
        page = samples.page(MediaBox=b"[0 0 72 14400]")
        width, height = opened(render.render_in_jail(samples.document([page]), [1], 1200)[1]).size
        self.assertLessEqual(width * height, 12_100_000)
        self.assertLess(width, 1200)

    def test_page_that_is_not_there_is_refused(self):
        with self.assertRaises(IntakeError):
            render.render_in_jail(samples.plain_pdf(), [2], 600)

    def test_image_bomb_in_a_page_harms_nobody(self):
        huge = samples.image_pdf(30_000, 9_000, packed=b"x\x9c")
        with suppress(EsignError):
            render.render_in_jail(huge, [1], 600)
