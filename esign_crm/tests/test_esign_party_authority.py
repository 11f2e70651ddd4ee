"""What entitles a party to sign, until when, and who is told."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .party_common import PartyCommon


@tagged("post_install", "-at_install")
class TestEsignPartyAuthority(PartyCommon):
    """Words, states and problems of authorities."""

    def day(self, days):
        """Return the day that is ``days`` from today."""
        return fields.Date.context_today(self.env["esign.party"]) + timedelta(days=days)

    def with_end(self, days, **values):
        """Return a party whose authority ends in ``days``."""
        values = {"authority_kind": "charter", "authority_until": self.day(days)} | values
        return self.party(**values)

    def test_words_name_the_power_of_attorney(self):
        party = self.party(
            authority_kind="attorney",
            authority_number="12/26",
            authority_issued_on="2026-01-31",
            authority_until="2026-12-31",
        )
        words = party._authority_words("en_US")
        self.assertEqual(words, "power of attorney no. 12/26 of 01/31/2026, valid until 12/31/2026")
        party.authority_until = False
        self.assertEqual(
            party._authority_words("en_US"), "power of attorney no. 12/26 of 01/31/2026"
        )
        self.assertEqual(self.party()._authority_words(), "")

    def test_state_is_shown_and_found(self):
        expected = {
            "open": self.party(),
            "valid": self.with_end(31),
            "ending": self.with_end(30) | self.with_end(0),
            "expired": self.with_end(-1),
        }
        everybody = expected["open"].union(*expected.values())
        for state, parties in expected.items():
            self.assertEqual(set(parties.mapped("authority_state")), {state})
            domain = [("authority_state", "=", state), ("id", "in", everybody.ids)]
            self.assertEqual(self.env["esign.party"].search(domain), parties.sorted("id"), state)

    def test_no_notice_days_means_no_ending_state(self):
        self.company.esign_authority_notice_days = 0
        party = self.with_end(1)
        for state, expected in (("valid", True), ("ending", False)):
            domain = [("authority_state", "=", state), ("id", "=", party.id)]
            self.assertEqual(bool(party.search(domain)), expected)

    def test_last_day_still_counts(self):
        self.assertEqual(self.with_end(0)._authority_problem(), "")
        self.assertEqual(self.with_end(-1)._authority_problem(), "authority_expired")
        self.assertEqual(self.with_end(5)._authority_problem(self.day(6)), "authority_expired")

    def test_power_of_attorney_counts_from_its_first_day(self):
        party = self.with_end(
            30, authority_kind="attorney", authority_number="1", authority_issued_on=self.day(1)
        )
        self.assertEqual(party._authority_problem(), "authority_early")
        self.assertEqual(party._authority_problem(self.day(1)), "")

    def test_end_goes_with_the_power_of_attorney_that_had_it(self):
        party = self.with_end(-1, authority_kind="attorney", authority_number="1")
        self.assertEqual(party.authority_state, "expired")
        party.authority_kind = "self"
        self.assertEqual((party.authority_until, party.authority_state), (False, "open"))
        private = self.with_end(-1)
        private.is_private_person = True
        self.assertEqual(private._authority_problem(), "")

    def test_form_shows_no_end_that_is_not_kept(self):
        party = self.with_end(-1, authority_kind="attorney", authority_number="1")
        with Form(party) as form:
            form.authority_kind = "charter"
            self.assertFalse(form.authority_issued_on)
            form.authority_kind = "self"
        self.assertFalse(party.authority_until or party.authority_number)

    def test_end_left_behind_by_an_earlier_version_counts_for_nothing(self):
        party = self.with_end(-1)
        self.env.cr.execute(
            "UPDATE esign_party SET authority_kind = 'self' WHERE id = %s", (party.id,)
        )
        self.env.invalidate_all()
        self.assertEqual((party._authority_problem(), party.authority_state), ("", "open"))
        found = party.search([("authority_state", "=", "open"), ("id", "=", party.id)])
        self.assertEqual(found, party)

    def test_end_before_the_beginning_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.party(authority_issued_on="2026-02-01", authority_until="2026-01-31")

    def test_attorney_loses_no_number(self):
        party = self.party(authority_kind="attorney", authority_number="1")
        with self.assertRaises(ValidationError):
            party.authority_number = False
