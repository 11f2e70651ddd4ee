"""Approving, refusing and taking back, and what is approved exactly."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestEsignApproval(ApprovalCommon):
    """One request that waits."""

    def setUp(self):
        super().setUp()
        self.request = self.asked()
        self.approval = self.request.approval_id

    # --- asking ------------------------------------------------------------------------------------------------------

    def test_approvers_get_an_activity_in_their_language(self):
        activity = self.request.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(
            activity.activity_type_id, self.env.ref("esign_crm.mail_activity_approval")
        )
        self.assertIn("Rita Rep", activity.note)
        self.assertIn("12,000", activity.note)
        self.assertIn("asks to approve", self.request.message_ids[0].body)

    # --- approving ---------------------------------------------------------------------------------------------------

    def test_approved_request_is_sent_in_the_name_of_whoever_asked(self):
        self.assertIs(self.approve(self.approval), True)
        self.assertEqual((self.request.state, self.approval.state), ("sent", "approved"))
        self.assertEqual(self.approval.decided_by_id, self.manager)
        sent = self.request.event_ids.sorted("sequence")[0]
        details = sent._details()
        self.assertEqual((details["by"], details["approved_by"]), ("Rita Rep", "Max Manager"))
        self.assertIn("approved by Max Manager", sent.summary)
        self.deliver()
        self.assertTrue(self.wires.last_token(self.DIRECTOR))
        self.assertFalse(self.request.activity_ids)
        told = self.env["mail.message"].search([("partner_ids", "in", self.rep.partner_id.ids)])
        self.assertTrue(any("it was sent" in message.body for message in told))

    def test_messages_of_what_was_approved_leave_at_once(self):
        approval = self.approval.with_context(esign_may_undo=True).with_user(self.manager)
        approval.action_approve()
        self.assertFalse(self.request.undo_until)

    def test_changed_request_is_asked_for_anew(self):
        changes = (
            {"title": "Another title"},
            {"signer_note": "Quick, please"},
            {"deadline_at": fields.Datetime.add(fields.Datetime.now(), days=3)},
        )
        boxes, client = self.request.field_ids, self.request.signer_ids.sorted("sequence")[1]
        attempts = [
            *(lambda vals=vals: self.request.with_user(self.rep).write(vals) for vals in changes),
            lambda: client.with_user(self.rep).write({"phone": "+33612345679"}),
            lambda: client.with_user(self.rep).write({"name": "Another client"}),
            lambda: client.with_user(self.rep).write({"sequence": 7}),
            lambda: boxes[0].with_user(self.rep).write({"x": 0.3}),
            lambda: self.lead.write({"expected_revenue": 99_000}),
        ]
        for attempt in attempts:
            approval = self.request.approval_id
            attempt()
            answer = self.approve(approval)
            self.assertIn("not sent", answer["params"]["title"])
            self.assertEqual((self.request.state, approval.state), ("draft", "void"))
            self.assertEqual(self.request.approval_id.state, "asked")
            self.assertEqual(self.request.approval_id.asked_by_id, self.rep)
            self.assertEqual(len(self.request.activity_ids), 1)
        self.assertFalse(self.wires.mails_to(self.DIRECTOR))
        self.approve(self.request.approval_id)
        self.assertEqual(self.request.state, "sent")

    def test_former_asking_approves_nothing(self):
        self.request.with_user(self.rep).title = "Another title"
        self.request.with_user(self.rep).action_send()
        with self.assertRaisesRegex(UserError, "before"):
            self.approve(self.approval)
        self.assertEqual(self.request.state, "draft")

    def test_approved_twice_is_sent_once(self):
        self.approve(self.approval)
        for attempt in (
            lambda: self.approve(self.approval),
            lambda: self.refuse(self.approval),
            self.approval.with_user(self.rep).action_take_back,
        ):
            with self.assertRaisesRegex(UserError, "before"):
                attempt()
        self.assertEqual(self.event_kinds(self.request).count("sent"), 1)

    def test_what_sending_refuses_the_approver_reads_and_nothing_is_lost(self):
        self.company.esign_public_url = False
        with self.assertRaisesRegex(UserError, "public address"), self.env.cr.savepoint():
            self.approve(self.approval)
        self.env.invalidate_all()
        self.assertEqual((self.request.state, self.approval.state), ("draft", "asked"))
        self.assertTrue(self.request.activity_ids)

    def test_asker_without_rights_is_named(self):
        self.request.user_id = self.manager
        with self.assertRaisesRegex(UserError, "Rita Rep"), self.env.cr.savepoint():
            self.approve(self.approval)
        self.env.invalidate_all()
        self.assertEqual(self.approval.state, "asked")

    def test_asker_who_has_left_is_named(self):
        self.rep.active = False
        with self.assertRaisesRegex(UserError, "Rita Rep"), self.env.cr.savepoint():
            self.approve(self.approval)
        self.request.with_user(self.manager).action_send()
        self.assertEqual(self.request.state, "sent")

    # --- refusing, taking back -----------------------------------------------------------------------------------------

    def test_refusal_needs_a_reason_which_the_asker_gets(self):
        with self.assertRaisesRegex(UserError, "why"):
            self.refuse(self.approval, " ")
        self.refuse(self.approval, "The price was not agreed")
        self.assertEqual((self.request.state, self.approval.state), ("draft", "refused"))
        self.assertEqual(self.request.activity_ids.user_id, self.rep)
        self.assertIn("not agreed", self.request.activity_ids.note)
        self.assertIn("not agreed", self.request.approval_words)
        self.request.with_user(self.rep).action_send()
        self.assertEqual(self.request.approval_id.state, "asked")
        self.assertEqual(self.request.activity_ids.user_id, self.manager)

    def test_asker_takes_it_back(self):
        with self.assertRaisesRegex(AccessError, "Only who asked"):
            self.approval.with_user(self.manager).action_take_back()
        self.assertTrue(self.approval.with_user(self.rep).may_take_back)
        self.approval.with_user(self.rep).action_take_back()
        self.assertEqual(self.approval.state, "void")
        self.assertFalse(self.request.activity_ids)
        self.assertFalse(self.request.approval_words)

    def test_deleted_draft_takes_its_asking_along(self):
        activities = self.request.activity_ids
        self.request.with_user(self.rep).unlink()
        self.assertFalse(self.approval.exists())
        self.assertFalse(activities.exists())

    # --- history -------------------------------------------------------------------------------------------------------

    def test_nobody_writes_an_asking_by_hand(self):
        for user in (self.rep, self.manager):
            mine = self.approval.with_user(user)
            for attempt in (
                lambda mine=mine: mine.write({"state": "approved"}),
                lambda mine=mine: mine.sudo().write({"digest": "0" * 64}),
                lambda mine=mine: mine.create({"request_id": self.request.id, "digest": "0"}),
                mine.copy, mine.unlink, mine.sudo().unlink,
            ):  # fmt: skip
                with self.assertRaises(AccessError):
                    attempt()

    def test_typed_code_approves_nothing(self):
        for code in (
            f"record.with_user({self.manager.id}).action_approve()",
            (
                f"env['esign.refuse.wizard'].with_user({self.manager.id}).create(dict(approval_id=record.id, reason='x'))"
                ".action_confirm()"
            ),
        ):
            action = self.env["ir.actions.server"].create(
                {
                    "name": "In his name",
                    "model_id": self.env["ir.model"]._get_id("esign.approval"),
                    "state": "code",
                    "code": code,
                }
            )
            with (
                mute_logger("odoo.addons.base.models.ir_actions"),
                self.assertRaises(AccessError),
            ):
                action.with_context(active_id=self.approval.id, active_model="esign.approval").run()
            self.assertEqual(self.approval.state, "asked")
