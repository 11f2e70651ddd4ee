"""The audit trail: append-only in the ORM and in PostgreSQL, and verifiable."""

from datetime import datetime

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..tools.errors import ChainError
from ..tools.event_chain import GENESIS


@tagged("post_install", "-at_install")
class TestEsignEvent(TransactionCase):
    """What is written stays, and every change shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Event = cls.env["esign.event"]
        cls.request = cls.env["esign.request"].create({"title": "Act"})

    def append(self, *kinds):
        for kind in kinds:
            self.Event._append(self.request, kind, {"name": "Anna Kowalska", "role": "Client"})
        return self.request.event_ids

    def execute(self, query, *params):
        with self.env.cr.savepoint():
            self.env.cr.execute(query, params)

    def assertSqlRefused(self, query, *params):  # noqa: N802
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(psycopg2.Error, "append-only"),
        ):
            self.execute(query, *params)

    def assertBroken(self, code, sequence):  # noqa: N802
        with self.assertRaises(ChainError) as caught:
            self.Event._verify(self.request)
        self.assertEqual(caught.exception.code, code)
        self.assertEqual(caught.exception.params["sequence"], sequence)

    # --- writing ---

    def test_draft_has_no_entries(self):
        self.assertFalse(self.Event._append(self.request, "page_shown", {}))
        self.assertEqual((self.request.chain_sequence, self.request.chain_head), (0, GENESIS))

    def test_entries_are_chained_without_gaps(self):
        first, second = self.append("sent", "invited")
        self.assertEqual([first.sequence, second.sequence], [1, 2])
        self.assertEqual((first.previous, second.previous), (GENESIS, first.hash))
        self.assertEqual(self.request.chain_sequence, 2)
        self.assertEqual(self.request.chain_head, second.hash)
        self.assertEqual(self.Event._verify(self.request), second.hash)

    def test_entries_of_two_requests_do_not_mix(self):
        other = self.env["esign.request"].create({"title": "Other act"})
        self.append("sent")
        self.assertEqual(self.Event._append(other, "sent", {}).sequence, 1)
        self.append("invited")
        self.assertEqual(self.Event._verify(other), other.chain_head)
        self.assertEqual(self.Event._verify(self.request), self.request.chain_head)

    def test_moment_is_kept_to_the_second(self):
        moment = datetime(2026, 3, 1, 9, 5, 7, 999999)
        event = self.Event._append(self.request, "sent", {}, moment)
        self.assertEqual(event.moment, datetime(2026, 3, 1, 9, 5, 7))
        self.Event._verify(self.request)

    def test_details_take_dates_and_lose_links(self):
        token = "A" * 43
        details = {"until": datetime(2026, 3, 1), "note": f"https://x.example/esign/s/{token}"}
        event = self.Event._append(self.request, "sent", details)
        self.assertNotIn(token, event.details)
        self.assertEqual(event._details()["until"], "2026-03-01 00:00:00")

    def test_unknown_kind_is_refused(self):
        with self.assertRaises(ValueError):
            self.Event._append(self.request, "sent_again", {})

    def test_public_user_may_cause_an_entry(self):
        public = self.env.ref("base.public_user")
        event = self.Event.with_user(public)._append(self.request.with_user(public), "sent", {})
        self.assertEqual(event.sequence, 1)

    # --- nobody changes it ---

    def test_orm_refuses_everybody(self):
        event = self.append("sent")
        for refused in (
            lambda: self.Event.sudo().create({"kind": "sent"}),
            lambda: event.sudo().write({"kind": "signed"}),
            lambda: event.sudo().unlink(),
            lambda: event.sudo().copy(),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_postgresql_refuses_change_and_removal(self):
        event = self.append("sent")
        for column, value in (
            ("kind", "signed"),
            ("sequence", 7),
            ("moment", "2020-01-01"),
            ("hash", GENESIS),
            ("previous", "1" * 64),
            ("details_digest", GENESIS),
            ("details", "{}"),
            ("salt", "0" * 32),
            ("company", 0),
        ):
            query = f"UPDATE esign_event SET {column} = %s WHERE id = %s"
            self.assertSqlRefused(query, value, event.id)
        self.assertSqlRefused("UPDATE esign_event SET details = NULL WHERE id = %s", event.id)
        self.assertSqlRefused("UPDATE esign_event SET salt = NULL WHERE id = %s", event.id)
        self.assertSqlRefused("UPDATE esign_event SET kind = kind WHERE id = %s", event.id)
        self.assertSqlRefused("DELETE FROM esign_event WHERE id = %s", event.id)
        self.assertSqlRefused("TRUNCATE esign_event")
        self.assertSqlRefused("TRUNCATE esign_request CASCADE")

    def test_erased_entry_takes_no_new_details(self):
        event = self.append("sent")
        self.Event._erase(self.request)
        self.assertSqlRefused("UPDATE esign_event SET details = '{}' WHERE id = %s", event.id)

    def test_a_later_version_may_fill_its_new_column(self):
        self.append("sent")
        self.execute("ALTER TABLE esign_event ADD COLUMN of_tomorrow varchar")
        self.execute("UPDATE esign_event SET of_tomorrow = 'x'")

    def test_update_of_the_addon_repeats_the_trigger_harmlessly(self):
        self.append("sent")
        self.Event.init()
        self.Event.init()
        self.assertSqlRefused("DELETE FROM esign_event")

    def test_uninstallation_leaves_nothing_in_postgresql(self):
        self.append("sent")
        self.Event._drop_guard()
        self.env.cr.execute("SELECT FROM pg_trigger WHERE tgname LIKE 'esign%%'")
        self.assertFalse(self.env.cr.rowcount)
        self.env.cr.execute("SELECT FROM pg_proc WHERE proname LIKE 'esign%%'")
        self.assertFalse(self.env.cr.rowcount)
        self.execute("DROP TABLE esign_event CASCADE")

    # --- every change shows ---

    def tamper(self, query, *params):
        """Change the table as an owner of the database might who knows of the trigger."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE esign_event DISABLE TRIGGER USER")
        self.env.cr.execute(query, params)
        self.env.cr.execute("ALTER TABLE esign_event ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_changed_entry_is_found(self):
        events = self.append("sent", "signed", "sealed")
        self.tamper("UPDATE esign_event SET kind = 'declined' WHERE id = %s", events[1].id)
        self.assertBroken("hash_differs", 2)

    def test_changed_details_are_found(self):
        events = self.append("sent", "signed")
        self.tamper("UPDATE esign_event SET details = '{}' WHERE id = %s", events[0].id)
        self.assertBroken("details_differ", 1)

    def test_removed_entry_is_found(self):
        events = self.append("sent", "signed", "sealed")
        self.tamper("DELETE FROM esign_event WHERE id = %s", events[1].id)
        self.assertBroken("gap", 2)

    def test_removed_end_is_found(self):
        events = self.append("sent", "signed")
        self.tamper("DELETE FROM esign_event WHERE id = %s", events[1].id)
        self.assertBroken("head_differs", 1)

    # --- erasure ---

    def test_erased_details_leave_the_trail_verifiable(self):
        events = self.append("sent", "signed")
        head = self.request.chain_head
        self.Event._erase(self.request)
        self.assertEqual(events.mapped("details"), [False, False])
        self.assertEqual(events.mapped("salt"), [False, False])
        self.assertEqual(events[0]._details(), {})
        self.assertEqual(self.Event._verify(self.request), head)
        self.assertIn("erased", events[1].summary)
        self.Event._erase(self.request)

    def test_trail_goes_on_after_erasure(self):
        self.append("sent")
        self.Event._erase(self.request)
        self.append("downloaded")
        self.assertEqual(self.Event._verify(self.request), self.request.chain_head)

    # --- the rest of Odoo goes on ---

    def test_user_and_partner_can_be_deleted(self):
        user = self.env["res.users"].create({"name": "Rep", "login": "esign_rep_to_delete"})
        partner = user.partner_id
        self.Event.with_user(user)._append(self.request, "sent", {"by": "Rep"})
        user.unlink()
        partner.unlink()
        self.env.flush_all()
        self.Event._verify(self.request)

    def test_partners_can_be_merged(self):
        partners = self.env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
        self.append("sent")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge(partners.ids, partners[0])
        self.assertFalse(partners[1].exists())
        self.Event._verify(self.request)

    def test_company_without_requests_can_be_deleted(self):
        company = self.env["res.company"].create({"name": "Passing"})
        self.env["esign.sealing.key"]._get_for(company)
        company_id = company.id
        company.unlink()
        self.env.flush_all()
        self.assertTrue(self.Event.sudo().search([("company", "=", company_id)]))

    # --- companies ---

    def test_company_has_a_trail_of_its_own(self):
        company = self.env["res.company"].create({"name": "Own trail"})
        for number in (1, 2):
            event = self.Event._append_company(company, "settings_changed", {"new": number})
            self.assertEqual((event.sequence, event.company), (number, company.id))
            self.assertFalse(event.request_id)
        self.assertEqual(self.Event._verify_company(company), event.hash)
        self.tamper("UPDATE esign_event SET sequence = 3 WHERE id = %s", event.id)
        with self.assertRaises(ChainError):
            self.Event._verify_company(company)

    # --- words ---

    def test_summary_says_what_who_and_where(self):
        details = {"name": "Anna Kowalska", "role": "Client", "to": "a***@example.com", "x": 1}
        self.append("sent")
        event = self.Event._append(self.request, "invited", details)
        self.assertEqual(event.summary, "Invited · Anna Kowalska (Client) · a***@example.com")
