"""What the card of a request shows, to whom, and at what cost."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import EsignHttpCommon

PLAIN = (
    "title", "state", "waiting_days", "signer_steps", "delivery", "deal_amount", "rotting_days", "is_rotting", "seal_error",
    "deadline_at", "next_reminder_at", "undo_seconds", "name", "activity_state", "decline_reason",
)  # fmt: skip
NAMED = ("lead_id", "user_id", "stage_id")
CARD = {name: {} for name in PLAIN} | {name: {"fields": {"display_name": {}}} for name in NAMED}


@tagged("post_install", "-at_install")
class TestEsignRequestCard(EsignHttpCommon):
    """Signers, phone, delivery, stuck cards and the amount."""

    def _step(self, request, name):
        return next(step for step in request.signer_steps if step["name"] == name)

    def _age(self, request, days):
        """Let the request have stood ``days`` in its stage."""
        past = fields.Datetime.now() - timedelta(days=days, hours=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_request SET date_last_stage_update = %s WHERE id = %s", (past, request.id)
        )
        self.env.cr.execute(
            "UPDATE esign_signer SET invited_at = %s WHERE request_id = %s AND invited_at IS NOT NULL",
            (past, request.id),
        )
        self.env.invalidate_all()
        self.env.add_to_compute(request._fields["turn_since"], request)

    def _end_transaction(self):
        """Do what precedes a commit: there Odoo writes down what was tracked."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_draft_waits_for_nobody(self):
        request = self.make_request(send=False)
        self.assertEqual([step["mark"] for step in request.signer_steps], ["next", "next"])
        self.assertFalse(request.delivery or request.turn_since or request.waiting_for)

    def test_card_says_whose_turn_it_is_and_who_is_next(self):
        request = self.make_request()
        self.assertEqual([step["mark"] for step in request.signer_steps], ["turn", "next"])

    def test_card_gives_the_phone_of_whose_turn_it_is_only(self):
        signers = self.signers()
        signers[0]["phone"] = "+33 1 44 55 66 77"
        request = self.make_request(signers=signers)
        self.assertEqual(self._step(request, "Dora Director")["tel"], "+33144556677")
        self.assertNotIn("tel", self._step(request, "Claude Client"))

    def test_phone_of_the_contact_serves_who_is_reached_by_mail(self):
        self.partner.phone = "+33 6 00 00 00 01"
        signers = self.signers(
            channel="email", email="claude@client.example.com", phone=False,
            partner_id=self.partner.id,
        )  # fmt: skip
        request = self.make_request(signers=signers)
        request.signer_ids[0]._move("confirmed")
        request.signer_ids[0]._move("signed", signed_at=fields.Datetime.now())
        request._advance()
        self.assertEqual(self._step(request, "Claude Client")["tel"], "+33600000001")

    def test_locked_signer_is_marked_and_found(self):
        request = self.make_request()
        request.signer_ids[0]._set_system_sudo(is_locked=True)
        self.assertEqual(request.signer_steps[0]["mark"], "locked")
        found = self.env["esign.request"].search([("signer_ids.is_locked", "=", True)])
        self.assertIn(request, found)

    def test_days_waiting_count_from_the_invitation(self):
        request = self.make_request()
        self.assertEqual(request.waiting_days, 0)
        self._age(request, 3)
        self.assertEqual(request.waiting_days, 3)

    def test_card_tells_of_the_next_reminder(self):
        request = self.make_request()
        self.assertGreater(request.next_reminder_at, fields.Datetime.now())

    # --- delivery ----------------------------------------------------------------------------------------------------

    def test_delivery_is_told_in_words(self):
        request = self.make_request()
        self.assertEqual(request.delivery, "Invitation · Waiting to be sent")
        self.deliver()
        self.assertEqual(request.delivery, "Invitation · Sent")
        self.assertEqual(self._step(request, "Dora Director")["delivery"], request.delivery)

    def test_returned_message_says_why_and_is_found_until_another_one_went_out(self):
        request = self.make_request()
        self.deliver()
        request.message_out_ids._take_bounce("mailbox full")
        bounced = [("delivery_state", "in", ("failed", "bounced"))]
        self.assertEqual(request.delivery, "Invitation · Came back: mailbox full")
        self.assertTrue(self._step(request, "Dora Director")["is_lost"])
        self.assertIn(request, self.env["esign.request"].search(bounced))
        request.message_out_ids.action_send_again()
        self.assertNotIn(request, self.env["esign.request"].search(bounced))
        self.assertEqual(request.delivery_state, "queued")

    # --- stuck -------------------------------------------------------------------------------------------------------

    def test_request_is_stuck_after_the_days_of_its_stage(self):
        request = self.make_request()
        request.stage_id.rotting_threshold_days = 2
        self._age(request, 1)
        self.assertFalse(request.is_rotting)
        self._age(request, 4)
        self.assertTrue(request.is_rotting)
        self.assertEqual(request.rotting_days, 4)
        self.assertIn(request, self.env["esign.request"].search([("is_rotting", "=", True)]))

    def test_stage_without_threshold_lets_nothing_be_stuck(self):
        request = self.make_request()
        request.stage_id.rotting_threshold_days = 0
        self._age(request, 400)
        self.assertFalse(request.is_rotting)

    def test_what_has_ended_is_never_stuck(self):
        request = self.make_request()
        request.action_cancel(reason="The amount has changed")
        request.stage_id.rotting_threshold_days = 1
        self._age(request, 30)
        self.assertFalse(request.is_rotting)
        self.assertNotIn(request, self.env["esign.request"].search([("is_rotting", "=", True)]))

    def test_next_stage_starts_the_days_anew(self):
        second = self.env["esign.stage"].create({"name": "In the drawer", "state": "sent"})
        request = self.make_request()
        self._age(request, 9)
        request.stage_id = second
        self.assertEqual((fields.Datetime.now() - request.date_last_stage_update).days, 0)

    def test_time_in_each_stage_is_counted(self):
        request = self.make_request(send=False)
        draft = request.stage_id
        self._end_transaction()
        request.action_send()
        self._end_transaction()
        stages = {str(draft.id), str(request.stage_id.id)}
        self.assertEqual(set(request.duration_tracking), stages)

    # --- rights ------------------------------------------------------------------------------------------------------

    def test_amount_of_the_deal_is_for_readers_of_the_deal(self):
        self.lead.expected_revenue = 1200
        request = self.make_request()
        self.assertEqual(request.with_user(self.rep).deal_amount, 1200)
        signs_only = new_test_user(self.env, "signs_only", groups="esign_crm.group_manager")
        self.assertEqual(request.with_user(signs_only).deal_amount, 0)

    def test_filters_work_for_people_without_rights_on_deals(self):
        signs_only = new_test_user(self.env, "signs_only", groups="esign_crm.group_user")
        view = self.env.ref("esign_crm.esign_request_view_search")
        self.assertTrue(self.env["esign.request"].with_user(signs_only).get_view(view.id)["arch"])
        domain = [
            "|",
            ("team_id.user_id", "=", signs_only.id),
            ("team_id.member_ids", "in", [signs_only.id]),
        ]
        self.assertFalse(self.env["esign.request"].with_user(signs_only).search(domain))


@tagged("post_install", "-at_install")
class TestEsignRequestCardCost(EsignHttpCommon):
    """The number of queries that reading the board takes."""

    def _queries(self, requests):
        """Return how many queries the cards of ``requests`` take from a cold cache."""
        board = self.env["esign.request"].with_user(self.rep)
        domain = [("id", "in", requests.ids)]
        board.web_search_read(domain, CARD)  # warm what is cached for good
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = board.web_search_read(domain, CARD)["records"]
        self.assertEqual(len(rows), len(requests))
        return self.env.cr.sql_log_count - before

    def test_more_cards_take_no_more_queries(self):
        requests = self.env["esign.request"].union(*(self.make_request() for _ in range(5)))
        requests[0].stage_id.rotting_threshold_days = 1
        self.deliver()
        self.assertEqual(self._queries(requests), self._queries(requests[:2]))

    def test_more_deals_take_no_more_queries(self):
        deals = self.lead
        for number in range(4):
            deals |= self.lead.copy({"name": f"Deal {number}"})
        for deal in deals:
            self.make_request(send=False).lead_id = deal
        names = ["esign_request_count", "esign_status", "esign_state", "esign_sealed_count"]

        def queries(leads):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.with_user(self.rep).read(names)
            return self.env.cr.sql_log_count - before

        queries(deals)
        self.assertEqual(queries(deals), queries(deals[:2]))
