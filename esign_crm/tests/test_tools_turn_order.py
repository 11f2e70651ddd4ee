"""Whose turn it is."""

from odoo.tests import BaseCase

from ..tools.turn_order import Turn, clients_before_own, is_complete, next_turns


def own(number, sequence, state="waiting"):
    """Return a turn of our side."""
    return Turn(number, sequence, "own", "signer", state)


def client(number, sequence, state="waiting", kind="signer"):
    """Return a turn of the client."""
    return Turn(number, sequence, "client", kind, state)


class TestTurnOrder(BaseCase):
    """Our side before the client; equal numbers in parallel."""

    def test_own_side_is_invited_first(self):
        self.assertEqual(next_turns([client(2, 2), own(1, 1)]), [1])

    def test_client_waits_while_own_side_is_not_signed(self):
        for state in ("invited", "opened", "confirmed", "expired"):
            self.assertEqual(next_turns([own(1, 1, state), client(2, 2)]), [], state)

    def test_client_follows_after_own_side(self):
        self.assertEqual(next_turns([own(1, 1, "signed"), client(2, 2)]), [2])

    def test_equal_numbers_are_invited_together(self):
        turns = [own(1, 1, "signed"), client(3, 2), client(2, 2), client(4, 3)]
        self.assertEqual(next_turns(turns), [2, 3])

    def test_next_number_waits_for_the_whole_group(self):
        turns = [own(1, 1, "signed"), client(2, 2, "signed"), client(3, 2, "opened"), client(4, 3)]
        self.assertEqual(next_turns(turns), [])

    def test_client_with_a_smaller_number_still_waits(self):
        turns = [client(1, 1), own(2, 2)]
        self.assertEqual(next_turns(turns), [])
        self.assertEqual(next_turns(turns, is_client_first_allowed=True), [1])

    def test_client_beside_own_side_still_waits(self):
        self.assertEqual(next_turns([client(1, 1), own(2, 1)]), [2])

    def test_nobody_follows_a_refusal(self):
        self.assertEqual(next_turns([own(1, 1, "declined"), own(2, 1), client(3, 2)]), [])

    def test_cancelled_delegated_and_copies_are_not_waited_for(self):
        turns = [
            own(1, 1, "delegated"),
            own(2, 1, "signed"),
            client(3, 2, "cancelled"),
            client(4, 2, kind="copy"),
        ]
        self.assertEqual(next_turns(turns), [])
        self.assertTrue(is_complete(turns))

    def test_complete_needs_everybody_and_somebody(self):
        self.assertFalse(is_complete([]))
        self.assertFalse(is_complete([client(1, 1, kind="copy")]))
        self.assertFalse(is_complete([own(1, 1, "signed"), client(2, 2, "declined")]))
        self.assertTrue(is_complete([own(1, 1, "signed"), client(2, 2, "signed")]))

    def test_clients_not_after_every_own_one_are_named(self):
        turns = [own(1, 1), client(2, 2), own(3, 2), client(4, 3)]
        self.assertEqual(clients_before_own(turns), [2])
        self.assertEqual(clients_before_own([client(1, 1)]), [])
