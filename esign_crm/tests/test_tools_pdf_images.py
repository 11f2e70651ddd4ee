"""Signature and stamp images: made small, upright and clean, or refused."""

import struct
import time
import zlib
from io import BytesIO

from PIL import Image, ImageDraw, WebPImagePlugin  # noqa: F401 - Odoo keeps Pillow from finding it

from odoo.tests import BaseCase, tagged

from ..tools.errors import ImageError
from ..tools.pdf import images
from ..tools.pdf.images_child import prepare
from .corpus import corpus

BOX = (200.0, 60.0)
CORPUS = {
    "bomb_13000x13000.png": "too_many_pixels",
    "fully_transparent.png": "blank",
    "one_pixel.png": "blank",
    "sig.gif": "unsupported",
    "sig_1bit.tif": "unsupported",
    "svg_named.png": "unsupported",
}


def drawn(mode="RGBA", size=(600, 200), kind="PNG", **options):
    """Return an image file with a line on white or on nothing."""
    paper = {"RGBA": (0, 0, 0, 0), "LA": (255, 0), "CMYK": (0, 0, 0, 0), "I;16": 65_535}
    pen = {"RGBA": (10, 20, 90, 255), "LA": (0, 255), "CMYK": (9, 9, 9, 240), "I;16": 9}
    image = Image.new(mode, size, paper.get(mode, "white"))
    line = (20, 30, size[0] - 30, size[1] - 40)
    ImageDraw.Draw(image).line(line, fill=pen.get(mode, "black"), width=9)
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb(side):
    """Return a small PNG that states a huge size."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return images.PNG_START + b"".join(chunks)


def opened(png):
    """Return an image as Pillow reads it."""
    return Image.open(BytesIO(png))


@tagged("post_install", "-at_install")
class TestImages(BaseCase):
    """Kinds, sizes, turns and bombs."""

    def _assert_refused(self, code, image):
        with self.assertRaises(ImageError) as caught:
            prepare(image, BOX)
        self.assertEqual(caught.exception.code, code)

    def test_jail_returns_a_png(self):
        png = images.prepare_in_jail(drawn(), BOX)
        self.assertEqual((opened(png).format, opened(png).mode), ("PNG", "RGBA"))

    def test_jail_hands_on_the_refusal(self):
        with self.assertRaises(ImageError) as caught:
            images.prepare_in_jail(b"GIF89a" + bytes(50), BOX)
        self.assertEqual(caught.exception.code, "unsupported")

    def test_common_kinds_are_taken(self):
        for mode in ("RGBA", "RGB", "L", "LA", "P", "1", "I;16"):
            self.assertEqual(opened(prepare(drawn(mode), BOX)).mode, "RGBA", mode)
        self.assertTrue(prepare(drawn("RGB", kind="JPEG"), BOX))
        self.assertTrue(prepare(drawn("CMYK", kind="JPEG"), BOX))
        self.assertTrue(prepare(drawn("RGBA", kind="WEBP"), BOX))

    def test_image_is_no_finer_than_its_box_can_show(self):
        small = opened(prepare(drawn(size=(3000, 1000)), (72.0, 24.0)))
        self.assertTrue(290 <= small.width <= 300 and 85 <= small.height <= 100, small.size)

    def test_photograph_is_turned_upright_and_loses_its_notes(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # orientation: turn it by 90 degrees
        exif[0x010E] = "where and by whom"
        photo = drawn("RGB", (400, 100), "JPEG", exif=exif)
        png = prepare(photo, (600.0, 600.0))
        width, height = opened(png).size
        self.assertLess(width, height)
        self.assertFalse(opened(png).getexif())
        self.assertNotIn(b"where and by whom", png)

    def test_blank_images_are_refused(self):
        for image in (
            Image.new("RGBA", (300, 100), (0, 0, 0, 0)),
            Image.new("RGB", (300, 100), "white"),
            Image.new("L", (300, 100), 40),
        ):
            out = BytesIO()
            image.save(out, "PNG")
            self._assert_refused("blank", out.getvalue())

    def test_what_is_no_image_is_refused(self):
        self._assert_refused("not_an_image", b"Dear Sirs")
        self._assert_refused("unsupported", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        self._assert_refused("unreadable", images.PNG_START + b"rubbish" * 20)
        outside = {
            "not_an_image": b"",
            "too_large": bytes(images.MAX_BYTES + 1),
            "unreadable": drawn()[:-300],  # in here Odoo has told Pillow to take such files
        }
        for code, image in outside.items():
            with self.assertRaises(ImageError) as caught:
                images.prepare_in_jail(image, BOX)
            self.assertEqual(caught.exception.code, code)

    def test_bomb_is_refused_by_its_header(self):
        for side in (13_000, 30_000, 2**31 - 1):
            start = time.process_time()
            self._assert_refused("too_many_pixels", bomb(side))
            self.assertLess(time.process_time() - start, 0.2)

    def test_corpus_is_taken_or_refused_as_it_should(self):
        for name, image in corpus("img").items():
            with self.subTest(name):
                if name in CORPUS:
                    self._assert_refused(CORPUS[name], image)
                else:
                    self.assertEqual(opened(prepare(image, BOX)).format, "PNG")
