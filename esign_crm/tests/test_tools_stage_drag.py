"""Dragging a card: the one step that it stands for, and a refusal for every other way."""

from odoo.tests import BaseCase

from ..tools.stage_drag import Drag, decide

OWN, CLIENT = ("sent", "own"), ("sent", "client")
PLACES = [OWN, CLIENT] + [
    (state, False) for state in ("draft", "sealing", "done", "declined", "expired", "cancelled")
]


class TestToolsStageDrag(BaseCase):
    """Every pair of places."""

    def test_drag_inside_a_place_is_free(self):
        for place in PLACES:
            self.assertEqual(decide(place, place), Drag())

    def test_draft_dragged_to_our_signature_is_sent(self):
        self.assertEqual(decide(("draft", False), OWN), Drag(step="send"))

    def test_every_other_way_is_refused(self):
        for old in PLACES:
            for new in PLACES:
                if old != new and (old[0], new) != ("draft", OWN):
                    self.assertTrue(decide(old, new).refusal, f"{old} → {new}")
                    self.assertFalse(decide(old, new).step)

    def test_refusal_names_what_to_do_instead(self):
        ways = {
            (OWN, ("cancelled", False)): "cancel",
            (("expired", False), ("cancelled", False)): "cancel",
            (("expired", False), OWN): "extend",
            (("draft", False), ("cancelled", False)): "delete",
            (("draft", False), CLIENT): "own_first",
            (OWN, CLIENT): "own_first",
            (CLIENT, OWN): "own_done",
            (CLIENT, ("draft", False)): "never_back",
            (CLIENT, ("done", False)): "by_signing",
            (("sealing", False), ("done", False)): "sealing",
            (("done", False), ("cancelled", False)): "withdraw",
            (("declined", False), OWN): "final",
        }
        for (old, new), refusal in ways.items():
            self.assertEqual(decide(old, new).refusal, refusal, f"{old} → {new}")
