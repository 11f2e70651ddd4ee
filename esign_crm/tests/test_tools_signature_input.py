"""What a browser sends as a signature."""

from odoo.tests import BaseCase

from ..tools import content_hash
from ..tools.errors import FieldValueError
from ..tools.signature_input import check


class TestSignatureInput(BaseCase):
    """The form that is stored: what was signed with before means the same for ever."""

    def test_typed_name_without_a_hand_is_stored_as_ever(self):
        stored = check({"method": "typed", "name": " Anna  Kowalska "})
        self.assertEqual(
            content_hash.canonical(stored), b'{"method":"typed","name":"Anna Kowalska"}'
        )

    def test_chosen_hand_is_part_of_the_signature(self):
        for hand in ("simple", "flowing"):
            typed = {"method": "typed", "name": "Anna", "hand": hand}
            self.assertEqual(check(typed | {"more": 1}), typed)

    def test_hand_that_does_not_exist_is_refused(self):
        for hand in ("", "Flowing", "../x", 1, ["simple"], {}, True):
            with self.subTest(hand=hand), self.assertRaises(FieldValueError) as caught:
                check({"method": "typed", "name": "Anna", "hand": hand})
            self.assertEqual(caught.exception.code, "field_invalid")

    def test_initials_beside_a_drawing_are_kept_where_they_were_typed(self):
        drawn = {"method": "drawn", "strokes": [[[0, 0, 0], [30, 40, 9]]]}
        image = {"method": "image", "image": "QUJD"}
        for signature in (drawn, image):
            self.assertNotIn("initials", check(signature))
            self.assertNotIn("initials", check(signature | {"initials": ""}))
            self.assertEqual(check(signature | {"initials": " CÉ "})["initials"], "CÉ")
            for wrong in ("12", "ABCDE", ["A"], 7, "  ", {}):
                with self.subTest(initials=wrong), self.assertRaises(FieldValueError) as caught:
                    check(signature | {"initials": wrong})
                self.assertEqual(caught.exception.params["reason"], "initials")
        typed = {"method": "typed", "name": "Anna"}
        self.assertEqual(check(typed | {"initials": "X"}), typed, "a typed name has its own")
