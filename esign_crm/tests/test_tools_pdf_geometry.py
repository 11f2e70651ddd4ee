"""Boxes of the displayed page in the page's own coordinates, without any PDF."""

from odoo.tests import BaseCase, tagged

from ..tools.pdf.geometry import Box, PageGeometry, normalised, visible

CROP = (50.0, 100.0, 250.0, 400.0)  # 200 by 300
BOX = Box(1, 0.1, 0.2, 0.3, 0.4)


def corner(matrix, x, y):
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, 6), round(b * x + d * y + f, 6)


@tagged("post_install", "-at_install")
class TestGeometry(BaseCase):
    """Every turn of a page, and boxes against boxes."""

    def test_box_and_back_again_for_every_turn(self):
        for rotate in (0, 90, 180, 270):
            page = PageGeometry(CROP, rotate)
            matrix, size = page.matrix(BOX), page.box_size(BOX)
            area = (*corner(matrix, 0, 0), *corner(matrix, *size))
            shown = page.displayed(normalised(area))
            for found, wanted in zip(shown, (BOX.x, BOX.y, BOX.width, BOX.height), strict=True):
                self.assertAlmostEqual(found, wanted, places=6, msg=rotate)

    def test_size_is_that_of_the_displayed_page(self):
        self.assertEqual(PageGeometry(CROP, 0).size, (200, 300))
        self.assertEqual(PageGeometry(CROP, 90).size, (300, 200))

    def test_upright_page_has_its_origin_at_the_crop_box(self):
        page = PageGeometry(CROP, 0)
        self.assertEqual(corner(page.matrix(Box(1, 0, 0, 1, 1)), 0, 0), (50, 100))

    def test_page_turned_clockwise_begins_at_its_lower_right(self):
        page = PageGeometry(CROP, 90)
        self.assertEqual(corner(page.matrix(Box(1, 0, 0, 1, 1)), 0, 0), (250, 100))

    def test_boxes_that_touch_do_not_overlap(self):
        self.assertFalse(BOX.overlaps((0.4, 0.2, 0.3, 0.3)))
        self.assertTrue(BOX.overlaps((0.39, 0.2, 0.3, 0.3)))

    def test_what_is_visible_lies_in_both_boxes(self):
        self.assertEqual(visible((0, 0, 100, 100), (50, -50, 200, 60)), (50, 0, 100, 60))
        self.assertIsNone(visible((0, 0, 100, 100), (200, 200, 300, 300)))
