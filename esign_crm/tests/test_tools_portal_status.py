"""Where a request stands, in one word for its signer."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.portal_status import may_open, status

NOW = datetime(2026, 11, 24, 9, 0)


@tagged("post_install", "-at_install")
class TestPortalStatus(BaseCase):
    """Each state of request and signer has one word."""

    def word(self, request_state, signer_state, **facts):
        return status(request_state, signer_state, now=NOW, **facts)

    def test_turn_is_told_until_the_deadline(self):
        for state in ("invited", "opened", "confirmed"):
            self.assertEqual(self.word("sent", state), "your_turn")
        later, passed = NOW + timedelta(seconds=1), NOW
        self.assertEqual(self.word("sent", "opened", deadline=later), "your_turn")
        self.assertEqual(self.word("sent", "opened", deadline=passed), "expired")

    def test_locked_signer_is_told_so(self):
        self.assertEqual(self.word("sent", "opened", is_locked=True), "locked")
        self.assertEqual(self.word("sent", "signed", is_locked=True), "signed")

    def test_download_ends(self):
        self.assertEqual(self.word("done", "signed"), "done")
        self.assertEqual(self.word("done", "signed", is_over=True), "gone")

    def test_closed_request_says_how_it_ended(self):
        for state in ("sealing", "declined", "expired", "cancelled"):
            self.assertEqual(self.word(state, "signed"), state)

    def test_what_was_handed_over_stays_so_whatever_becomes_of_it(self):
        for state in ("sent", "sealing", "done", "declined", "expired", "cancelled"):
            self.assertEqual(self.word(state, "delegated"), "delegated")

    def test_only_what_has_a_page_is_opened(self):
        for word in ("your_turn", "locked", "signed", "sealing", "done"):
            self.assertTrue(may_open(word), word)
        for word in ("gone", "declined", "expired", "cancelled", "delegated", "waiting"):
            self.assertFalse(may_open(word), word)
