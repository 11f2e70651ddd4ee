"""Ink lifted off photographed paper."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from odoo.tests import BaseCase, tagged

from ..tools.pdf import ink

BLUE = (30, 40, 150)


def photographed(draw, size=(900, 700), sheet=(228, 222, 208)):
    """Return an opaque picture of what ``draw(pen)`` puts on a sheet under a lamp, dark below, with a camera's noise."""
    picture = Image.new("RGB", size, sheet)
    draw(ImageDraw.Draw(picture))
    picture = picture.filter(ImageFilter.GaussianBlur(1))
    light = Image.linear_gradient("L").resize(size).point(lambda each: 255 - each * 0.5)
    picture = ImageChops.multiply(picture, Image.merge("RGB", [light] * 3))
    noise = Image.effect_noise(size, 8)
    return ImageChops.add(picture, Image.merge("RGB", [noise] * 3), 1, -128).convert("RGBA")


def wave(pen):
    """Draw a signature of 300 by 100 px whose middle is in the middle of the sheet."""
    points = [(300 + step, 350 + 50 * math.sin(step / 20)) for step in range(300)]
    pen.line(points, fill=BLUE, width=5)


@tagged("post_install", "-at_install")
class TestInk(BaseCase):
    """Paper becomes transparent, ink keeps its colour, what is no ink on paper stays as it is."""

    def test_photographed_signature_loses_its_paper_and_margins(self):
        lifted = ink.lift(photographed(wave))
        width, height = lifted.size
        self.assertTrue(300 <= width <= 360 and 100 <= height <= 150, lifted.size)
        clear = lifted.getchannel("A").histogram()[0] / (width * height)
        self.assertGreater(clear, 0.8)

    def test_ink_keeps_its_colour_and_is_opaque(self):
        lifted = ink.lift(photographed(wave))
        solid = [spot for spot in lifted.getdata() if spot[3] == 255]
        self.assertGreater(len(solid), 500)
        red, _green, blue, _alpha = (
            sum(channel) / len(solid) for channel in zip(*solid, strict=True)
        )
        self.assertGreater(blue, red + 30)

    def test_filled_part_of_a_stamp_stays_filled(self):
        lifted = ink.lift(
            photographed(lambda pen: pen.ellipse((250, 150, 650, 550), fill=(180, 30, 40)))
        )
        middle = lifted.getpixel((lifted.width // 2, lifted.height // 2))
        self.assertEqual(middle[3], 255)

    def test_light_red_ink_is_seen(self):
        lifted = ink.lift(
            photographed(lambda pen: pen.rectangle((300, 300, 600, 310), fill=(235, 120, 120)))
        )
        self.assertLess(lifted.height, 60)

    def test_what_is_transparent_already_is_only_trimmed(self):
        drawing = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
        ImageDraw.Draw(drawing).rectangle((200, 100, 400, 200), fill=(*BLUE, 120))
        lifted = ink.lift(drawing)
        self.assertTrue(200 <= lifted.width <= 230, lifted.size)
        self.assertEqual(lifted.getpixel((lifted.width // 2, lifted.height // 2)), (*BLUE, 120))

    def test_lifting_again_changes_next_to_nothing(self):
        once = ink.lift(photographed(wave))
        twice = ink.lift(once)
        self.assertLess(abs(once.width - twice.width) + abs(once.height - twice.height), 30)

    def test_picture_that_is_no_ink_on_paper_stays(self):
        drawing = Image.new("RGBA", (400, 300), "white")
        ImageDraw.Draw(drawing).rectangle((20, 10, 390, 280), fill=(20, 60, 120, 255))
        self.assertEqual(ink.lift(drawing).getchannel("A").getextrema(), (255, 255))
        coloured = Image.new("RGBA", (400, 300), (240, 40, 230))
        ImageDraw.Draw(coloured).rectangle((180, 130, 220, 170), fill="black")
        self.assertEqual(ink.lift(coloured).tobytes(), coloured.tobytes())
        empty = Image.new("RGBA", (400, 300), (210, 210, 205, 255))
        self.assertEqual(ink.lift(empty).tobytes(), empty.tobytes())
