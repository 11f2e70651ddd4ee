"""Where boxes can stand on a page."""

from odoo.tests import BaseCase

from ..tools.placing import free_place, is_free, overlap, page_in

WHOLE = (0, 0, 1, 1)


class TestPlacing(BaseCase):
    """Rectangles in ratios of the page."""

    def test_touching_edges_do_not_overlap(self):
        self.assertFalse(overlap((0, 0, 0.5, 0.5), (0.5, 0, 0.5, 0.5)))
        self.assertTrue(overlap((0, 0, 0.5, 0.5), (0.4, 0.4, 0.5, 0.5)))

    def test_signatures_stand_side_by_side_at_the_foot(self):
        own = free_place("own", [])
        client = free_place("client", [own])
        self.assertEqual(own[1], client[1])
        self.assertLess(own[0], client[0])

    def test_covered_foot_moves_the_signature_up(self):
        self.assertLess(free_place("own", [(0, 0.75, 1, 0.25)])[1], free_place("own", [])[1])
        self.assertIsNone(free_place("own", [WHOLE]))

    def test_what_was_on_the_last_page_stays_on_the_last_page(self):
        self.assertEqual([page_in(page, 3, 5) for page in (1, 2, 3)], [1, 2, 5])

    def test_missing_page_and_cover_leave_no_place(self):
        box = (0.1, 0.1, 0.2, 0.1)
        self.assertTrue(is_free(1, box, [[]]))
        self.assertFalse(is_free(2, box, [[]]))
        self.assertFalse(is_free(1, box, [[WHOLE]]))
