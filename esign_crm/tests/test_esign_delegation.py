"""Somebody else in a signer's place: who decides, what is refused, once."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .delegation_common import BERTA, DelegationCommon


@tagged("post_install", "-at_install")
class TestEsignDelegation(DelegationCommon):
    """Proposals as rows, and decisions."""

    # --- who decides -------------------------------------------------------------------------------------------------

    def test_sender_leader_and_manager_may_decide_and_nobody_else(self):
        delegation = self.proposed()
        for user, may in (
            (self.rep, True), (self.leader, True), (self.manager, True), (self.env.ref("base.user_admin"), True),
        ):  # fmt: skip
            with self.subTest(user=user.name):
                self.assertEqual(delegation.with_user(user).may_decide, may)
        employee = new_test_user(self.env, "delegation_employee", groups="base.group_user")
        portal = new_test_user(self.env, "delegation_portal", groups="base.group_portal")
        strangers = (self.other_leader, employee, portal, self.env.ref("base.public_user"))
        for user in strangers:
            for action in ("action_accept", "action_refuse"):
                with self.subTest(user=user.name, action=action), self.assertRaises(AccessError):
                    self.decide(delegation, action, user)
        self.assertEqual(delegation.state, "proposed")

    def test_colleague_who_may_see_it_without_rank_cannot_decide(self):
        delegation = self.proposed()
        self.team.user_id = self.other_leader
        with self.assertRaises(AccessError):
            self.decide(delegation, user=self.leader)

    def own_side_confirms(self, user):
        """Make a request whose signer on our side is ``user``, who has confirmed a code."""
        people = self.signers()
        people[0] |= {"name": user.name, "email": user.email}
        self.request = self.make_request(signers=people)
        self.request.team_id = self.team
        self.deliver()
        self.token, self.visitor = self.wires.last_token(user.email), self.browser()
        self.confirm(self.visitor, self.token, user.email)

    def own_side_proposes(self, user):
        """Return the open proposal in a request whose signer on our side is ``user``."""
        self.own_side_confirms(user)
        answer = self.name_somebody("deputy@vendor.example.org", name="Dan Deputy")
        self.assertEqual(answer, {"state": "proposed"})
        self.env.invalidate_all()
        return self.request.open_delegation_ids

    def test_whoever_proposed_it_cannot_decide(self):
        for user in (self.rep, self.manager, self.leader):
            delegation = self.own_side_proposes(user)
            self.assertFalse(delegation.with_user(user).may_decide)
            for action in ("action_accept", "action_refuse"):
                with (
                    self.subTest(user=user.name),
                    self.assertRaisesRegex(AccessError, "second person"),
                ):
                    self.decide(delegation, action, user)
            asked = self.request.activity_ids.user_id
            self.assertTrue(asked)
            self.assertNotIn(user, asked)
        self.decide(delegation, user=self.rep)
        self.assertEqual(delegation.state, "accepted")
        self.assertTrue(delegation.decided_at)

    def patched_request(self, name, method):
        """Replace a method of requests for the time of a ``with`` block."""
        return patch.object(self.env.registry["esign.request"], name, method)

    def test_what_nobody_could_decide_is_refused_and_not_counted(self):
        self.own_side_confirms(self.rep)
        nobody = self.env["res.users"]
        with self.patched_request("_leaders_and_managers_sudo", lambda _self: nobody.sudo()):
            answer = self.name_somebody("deputy@vendor.example.org", name="Dan Deputy")
            self.assertFalse(self.page(self.visitor, self.token)["can_delegate"])
        self.env.invalidate_all()
        self.assertTrue(self.page(self.visitor, self.token)["can_delegate"])
        self.assertEqual(answer["reason"], "nobody_decides")
        self.assertIn("Nobody else can decide", answer["message"])
        self.assertFalse(self.request.delegation_ids)
        self.assertFalse(any(self.request.signer_ids.sudo().mapped("delegations_at")))

    def test_whose_address_as_an_employee_it_is_cannot_decide(self):
        def of_employee(_self, *names, user=None):
            return [self.CLIENT] if user == self.rep and "private_phone" in names else []

        delegation = self.proposed()
        with self.patched_request("_employee_values_sudo", of_employee):
            self.assertNotIn(self.rep, delegation._deciders_sudo())
            with self.assertRaisesRegex(AccessError, "second person"):
                self.decide(delegation)
            self.assertIn(self.leader, delegation._deciders_sudo())

    def test_sender_alone_does_not_replace_whom_somebody_approved(self):
        delegation = self.own_side_proposes(self.director_user())
        self.assertIn(self.rep, delegation._deciders_sudo())
        self.env["esign.approval"]._approve_by_sending_sudo(self.request, "0" * 64)
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, "Only a leader of the request's"):
            self.decide(delegation)
        self.decide(delegation, user=self.leader)
        self.assertEqual(delegation.state, "accepted")

    def director_user(self):
        """Return a user who signs for us and decides nothing."""
        groups = "esign_crm.group_user"
        return new_test_user(self.env, "delegation_director", groups=groups, email=self.DIRECTOR)

    def test_typed_code_accepts_nothing(self):
        delegation = self.proposed()
        with self.assertRaisesRegex(AccessError, "server actions"):
            self.run_typed(delegation, f"record.with_user({self.leader.id}).action_accept()")
        self.assertEqual(delegation.state, "proposed")

    def test_nobody_writes_a_proposal_by_hand(self):
        delegation = self.proposed()
        for user in (self.rep, self.leader, self.env.ref("base.user_admin")):
            mine = delegation.with_user(user)
            for attempt in (
                lambda mine=mine: mine.write({"state": "accepted"}),
                lambda mine=mine: mine.write({"address": "other@client.example.com"}),
                lambda mine=mine: mine.sudo().write({"name": "Other"}),
                lambda mine=mine: mine.create({"signer_id": self.client.id}),
                mine.copy, mine.unlink, mine.sudo().unlink,
            ):  # fmt: skip
                with self.assertRaises(AccessError):
                    attempt()
            with self.assertRaises(UserError):
                self.env["esign.signer"].with_user(user).create(
                    {"request_id": self.request.id, "name": "Mole", "role": "Client 2", "email": BERTA}
                )  # fmt: skip

    def test_sender_is_asked_without_the_whole_address(self):
        self.proposed()
        activity = self.request.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("Berta Boss", activity.note)
        self.assertNotIn(BERTA, activity.note)

    # --- once --------------------------------------------------------------------------------------------------------

    def test_accepted_twice_makes_one_new_signer(self):
        delegation = self.proposed()
        self.decide(delegation)
        for user in (self.rep, self.leader):
            for action in ("action_accept", "action_refuse"):
                with self.assertRaisesRegex(UserError, "before"):
                    self.decide(delegation, action, user)
        self.assertEqual(len(self.request.signer_ids), 3)
        self.assertEqual(self.event_kinds(self.request).count("delegation_accepted"), 1)
        self.assertFalse(self.request.activity_ids)

    def test_refused_leaves_everything_and_the_signer_is_told(self):
        delegation = self.proposed()
        self.decide(delegation, "action_refuse")
        self.deliver()
        self.assertEqual((delegation.state, len(self.request.signer_ids)), ("refused", 2))
        self.assertIn("has not agreed", self.wires.texts_to(self.CLIENT)[-1])
        self.assertIsNone(self.page(self.visitor, self.token)["delegation"])
        self.assertEqual(self.sign(self.visitor, self.token)["state"], "signed")
        self.assertIn("delegation_refused", self.event_kinds(self.request))

    def test_proposal_lapses_with_what_ends_the_turn(self):
        delegation = self.proposed()
        self.request.with_user(self.rep).action_cancel("by mistake")
        self.assertEqual(delegation.state, "withdrawn")
        self.assertFalse(self.request.activity_ids)
        with self.assertRaisesRegex(UserError, "before"):
            self.decide(delegation)

    def test_proposal_lapses_when_the_signer_is_reached_elsewhere(self):
        delegation = self.proposed()
        self.approve(self.propose())
        self.assertEqual(delegation.state, "withdrawn")
        self.assertEqual(self.event_kinds(self.request).count("delegation_withdrawn"), 1)

    def test_notice_says_the_name_each_time_it_is_sent(self):
        self.decide(self.proposed(name="Vera Vain"), "action_refuse")
        self.decide(self.proposed())
        messages = self.env["esign.message"].sudo()
        recipient = messages._recipient(self.client, None)
        letters = messages._letters(self.request.sudo(), self.client, recipient, None)
        self.assertIn("Berta Boss", letters.delegated_notice().lines[0])
        self.assertIn("Vera Vain", letters.delegation_refused_notice().lines[0])

    def test_refusal_is_not_told_any_more_to_who_is_not_asked(self):
        self.decide(self.proposed(), "action_refuse")
        notice = self.request.message_out_ids.filtered(
            lambda each: each.purpose == "delegation_refused_notice"
        )
        self.assertTrue(notice._is_still_wanted())
        notice._set_state("failed")
        self.decide(self.proposed())
        self.assertFalse(notice._is_still_wanted())
        with self.assertRaisesRegex(UserError, "pointless"):
            notice.action_send_again()

    def test_acceptance_ends_the_proposal_of_another_address(self):
        change = self.propose()
        self.accepted()
        self.assertEqual(change.state, "withdrawn")

    # --- whom ----------------------------------------------------------------------------------------------------------

    def test_address_that_became_ours_is_refused_at_acceptance(self):
        delegation = self.proposed()
        self.leader.partner_id.email = BERTA
        with self.assertRaisesRegex(UserError, "our own side"):
            self.decide(delegation)
        self.assertEqual((delegation.state, len(self.request.signer_ids)), ("proposed", 2))

    def test_whom_the_directory_refuses_is_refused_at_acceptance(self):
        delegation = self.proposed()
        self.company.esign_agreement_policy = "demand"
        with self.assertRaisesRegex(UserError, "has not agreed"):
            self.decide(delegation)
        self.assertEqual(self.client.state, "confirmed")

    # --- the new signer ------------------------------------------------------------------------------------------------

    def test_new_signer_stands_in_the_same_place_with_the_boxes(self):
        boxes = self.client.field_ids
        new = self.accepted()
        self.assertEqual(
            (new.side, new.role, new.sequence, new.kind, new.state, new.lang),
            ("client", "Client", 2, "signer", "invited", "en_US"),
        )
        self.assertEqual((new.name, new.email, new.channel), ("Berta Boss", BERTA, "email"))
        self.assertEqual(new.field_ids, boxes)
        self.assertFalse(new.authority)
        self.assertFalse(self.client.field_ids)
        self.assertEqual((self.client.state, new.delegated_from_id), ("delegated", self.client))

    def test_address_is_told_as_named_by_the_former_signer(self):
        new = self.accepted()
        self.assertEqual(
            (new.address_source, new.address_by, new.address_approved_by),
            ("delegation", "Claude Client", "Rita Rep"),
        )

    def test_former_signer_is_not_asked_reminded_or_counted(self):
        new = self.accepted()
        self.assertEqual(self.request.progress, "1 / 2")
        self.assertEqual(self.request.waiting_for, "Berta Boss (Client)")
        self.assertEqual([each["id"] for each in self.request.signer_steps][-1], new.id)
        self.assertEqual(len(self.request.signer_steps), 2)
        facts = self.request._webhook_facts("sent")
        self.assertEqual([each["state"] for each in facts["signers"]], ["signed", "invited"])
        self.assertEqual(set(self.request._reminder_moments(self.request.sent_at)), {new})
        draft = self.request.browse(self.request.with_user(self.rep).action_duplicate()["res_id"])
        self.assertEqual(draft.signer_ids.mapped("name"), ["Dora Director", "Claude Client"])
        self.assertEqual(draft.field_ids.signer_id, draft.signer_ids)
        template = self.env["esign.template"]._from_request(self.request)
        self.assertEqual(template.role_ids.mapped("name"), ["Our director", "Client"])
        self.assertEqual(len(template.field_ids), len(self.request.field_ids))

    def test_cancellation_is_told_to_the_new_signer_only(self):
        self.accepted()
        self.request.with_user(self.rep).action_cancel("by mistake")
        told = self.request.message_out_ids.filtered(
            lambda each: each.purpose == "cancelled_notice"
        )
        self.assertEqual(set(told.signer_id.mapped("name")), {"Dora Director", "Berta Boss"})

    def test_own_side_counts_as_signed_when_a_delegate_has(self):
        request = self.make_request()
        director, _client = request.signer_ids.sorted("sequence")
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.DIRECTOR)
        self.confirm(browser, token, self.DIRECTOR)
        deputy = "deputy@vendor.example.com"
        answer = self.step(
            browser, token, "delegate", name="Dan Deputy", address=deputy, reason="Away"
        )
        self.assertEqual(answer, {"state": "proposed"})
        self.decide(request.open_delegation_ids)
        self.assertEqual((director.state, request._turn_side()), ("delegated", "own"))
        month_ago = fields.Datetime.now() - timedelta(days=30)
        director._set_system_sudo(first_invited_at=month_ago)
        self.walk(deputy, "Dan Deputy")
        self.env.invalidate_all()
        self.assertGreater(request.own_hours, 24 * 29)
        self.assertEqual(request._turn_side(), "client")
        self.assertTrue(request._has_own_side_signed_sudo())
        self.assertEqual(self.lead._esign_last_own_signer_sudo(self.company).name, "Dora Director")
