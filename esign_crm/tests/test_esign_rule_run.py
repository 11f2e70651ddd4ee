"""Runs: once, after the fact, with retries, blocking nothing."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.transactions import run_alone
from .rule_common import RuleCommon

QUEUE_LOG = "odoo.addons.esign_crm.models.esign_rule_run_queue"
REQUEST_LOG = "odoo.addons.esign_crm.models.esign_request_rules"


@tagged("post_install", "-at_install")
class TestRuleRun(RuleCommon):
    """The queue of what rules have to do."""

    def test_run_is_queued_with_its_event_and_done_after_it(self):
        rule = self.rule()
        request = self.make_request()
        run = request.rule_run_ids
        self.assertEqual((run.rule_id, run.state, self.lead.stage_id), (rule, "queued", self.first))
        crons = self.env["ir.cron.trigger"].search([]).cron_id
        self.assertIn(self.env.ref("esign_crm.esign_rule_cron_run_1"), crons)
        self.run_rules()
        self.assertEqual((run.state, self.lead.stage_id), ("done", self.second))
        self.assertTrue(run.done_at)

    def test_same_occasion_is_queued_once(self):
        self.rule()
        request = self.make_request()
        event = request.event_ids.filtered(lambda each: each.kind == "sent")
        request._on_event(event)
        self.assertEqual(len(request.rule_run_ids), 1)

    def test_done_run_is_not_done_again(self):
        rule = self.rule()
        request = self.make_request()
        self.run_rules()
        self.lead.stage_id = self.first
        self.run_rules()
        self.env["esign.rule.run"]._work(self.last_run(request).id, 1)
        self.assertEqual((self.lead.stage_id, len(rule.run_ids)), (self.first, 1))

    def test_what_changed_in_the_meantime_is_looked_at_again(self):
        changes = {
            "switched off": lambda rule: rule.write({"active": False}),
            "something else": lambda rule: rule.write({"trigger": "declined"}),
            "deals in other stages": lambda rule: rule.write(
                {"stage_ids": [(6, 0, self.third.ids)]}
            ),
            "deleted": lambda rule: rule.unlink(),
        }
        for words, change in changes.items():
            rule = self.rule()
            request = self.make_request()
            change(rule)
            self.run_rules()
            run = self.last_run(request)
            self.assertEqual(run.state, "skipped")
            self.assertIn(words, run.words)
            self.assertTrue(run.rule_name)
        self.assertEqual(self.lead.stage_id, self.first)

    # --- failures --------------------------------------------------------------------------------------------------

    @mute_logger(QUEUE_LOG)
    def test_failed_run_is_tried_five_times_and_then_shown(self):
        action = self.code_action("record.write({'name': 'Half done'})\nraise Exception('no luck')")
        self.rule(action="server_action", server_action_id=action.id)
        request = self.make_request()
        run = request.rule_run_ids
        pauses = []
        for number in range(1, 6):
            self.run_rules()
            self.assertEqual(run.attempts, number)
            if run.next_try_at:
                pauses.append(round((run.next_try_at - run.claimed_at).total_seconds() / 60))
                self.assertEqual((run.state, request.rule_failure), ("queued", False))
                self.env.cr.execute(
                    "UPDATE esign_rule_run SET next_try_at = now() - interval '1 day'"
                )
                self.env.invalidate_all()
        self.assertEqual(pauses, [1, 5, 15, 60])
        self.assertEqual(run.state, "failed")
        self.assertIn("no luck", run.words)
        self.assertNotIn("Half done", run.words, "the code is for administrators only")
        self.assertIn("no luck", request.rule_failure)
        self.assertEqual(self.lead.name, "Works at the mill", "a failed try leaves nothing behind")
        self.assertEqual(request.activity_ids.user_id, self.manager)

    @mute_logger(QUEUE_LOG)
    def test_failing_rule_keeps_no_other_from_running(self):
        action = self.code_action("raise Exception('no luck')")
        self.rule(action="server_action", server_action_id=action.id, sequence=1)
        self.rule(sequence=2)
        self.make_request()
        self.run_rules()
        self.assertEqual(self.lead.stage_id, self.second)

    def test_rule_whose_condition_another_one_has_ended_runs_all_the_same(self):
        self.rule(sequence=1)
        self.rule(sequence=2, stage_ids=self.first.ids, action="note", note="Seen in its stage")
        self.make_request()
        self.run_rules()
        self.assertEqual(self.lead.stage_id, self.second)
        self.assertTrue(
            self.lead.message_ids.filtered(lambda each: "Seen in its stage" in str(each.body))
        )

    @mute_logger("odoo.addons.esign_crm.models.esign_queue_mixin")
    def test_failure_of_which_nobody_can_be_told_stops_no_other_rule(self):
        action = self.code_action("raise UserError('not today')")
        self.rule(action="server_action", server_action_id=action.id, sequence=1)
        self.rule(sequence=2)
        request = self.make_request()
        self.env.cr.execute("UPDATE esign_rule_run SET attempts = 4")
        self.env.invalidate_all()
        with patch.object(
            type(self.env["esign.request"]), "activity_schedule", side_effect=ValueError("broken")
        ):
            self.run_rules()
        self.assertEqual(sorted(request.rule_run_ids.mapped("state")), ["done", "failed"])

    def test_rule_of_what_is_sent_waits_until_it_cannot_be_undone(self):
        self.rule()
        draft = self.make_request(send=False)
        draft.with_user(self.rep).with_context(esign_may_undo=True).action_send()
        self.run_rules()
        self.assertEqual(draft.rule_run_ids.state, "queued")
        draft.with_user(self.rep).action_send_now()
        self.run_rules()
        self.assertEqual(self.lead.stage_id, self.second)

    def test_rule_of_what_was_undone_does_nothing(self):
        self.rule()
        draft = self.make_request(send=False)
        draft.with_user(self.rep).with_context(esign_may_undo=True).action_send()
        draft.with_user(self.rep).action_undo_send()
        self.env.cr.execute("UPDATE esign_rule_run SET next_try_at = now() - interval '1 day'")
        self.env.invalidate_all()
        self.run_rules()
        self.assertEqual(draft.rule_run_ids.state, "skipped")
        self.assertEqual(self.lead.stage_id, self.first)

    @mute_logger(REQUEST_LOG)
    def test_rules_that_cannot_be_queued_stop_no_event(self):
        self.rule()
        with patch.object(
            type(self.env["esign.rule"]), "_mismatch", side_effect=ValueError("broken")
        ):
            request = self.make_request()
        self.assertEqual(request.state, "sent")
        self.assertFalse(request.rule_run_ids)

    def test_link_in_an_error_is_masked(self):
        action = self.code_action(f"raise UserError('see https://x.example/esign/s/{'A' * 43}')")
        self.rule(action="server_action", server_action_id=action.id)
        request = self.make_request()
        self.run_rules()
        self.assertIn("see", request.rule_run_ids.words)
        self.assertNotIn("A" * 43, request.rule_run_ids.words)

    def test_retry_is_for_those_who_may_change_the_request(self):
        self.rule()
        self.manager.active = False
        request = self.make_request()
        self.run_rules()
        run = self.last_run(request)
        self.manager.active = True
        stranger = self._person("rule_stranger", "esign_crm.group_user")
        with self.assertRaises(AccessError):
            run.with_user(stranger).action_retry()
        run.with_user(self.rep).action_retry()
        self.run_rules()
        self.assertEqual((run.state, self.lead.stage_id), ("done", self.second))
        with self.assertRaises(UserError):
            run.with_user(self.rep).action_retry()

    def test_nobody_writes_runs(self):
        self.rule()
        run = self.make_request().rule_run_ids
        for user in (self.rep, self.manager, self.admin, self.env.user):
            with self.assertRaises(AccessError):
                run.with_user(user).write({"state": "done"})
            with self.assertRaises(AccessError):
                run.with_user(user).sudo().create(
                    {"request_id": run.request_id.id, "trigger": "sent", "occasion": "x"}
                )

    def claim(self):
        """Claim as a cron does, in a transaction of its own."""
        self.env.flush_all()
        claim = run_alone(self.env, lambda env: env["esign.rule.run"]._claim())
        self.env.invalidate_all()
        return claim

    # --- killed workers --------------------------------------------------------------------------------------------

    def test_run_of_a_killed_worker_is_taken_up(self):
        self.rule()
        request = self.make_request()
        run_id, attempts = self.claim()
        self.assertEqual((run_id, attempts), (request.rule_run_ids.id, 1))
        self.assertIsNone(self.claim(), "in the hands of a worker")
        stale = fields.Datetime.now() - timedelta(seconds=31)
        request.rule_run_ids._write_sudo({"claimed_at": stale})
        self.env.flush_all()
        self.assertEqual(self.claim(), (run_id, 2))
        self.env["esign.rule.run"]._work(run_id, 1)
        self.env.invalidate_all()
        self.assertEqual(self.lead.stage_id, self.first, "the former claim does not stand any more")
        self.env["esign.rule.run"]._work(run_id, 2)
        self.env.invalidate_all()
        self.assertEqual(self.lead.stage_id, self.second)

    def test_run_that_is_cut_off_each_time_is_given_up(self):
        self.rule()
        request = self.make_request()
        run = request.rule_run_ids
        self.claim()
        run._write_sudo({"claimed_at": fields.Datetime.now() - timedelta(hours=1), "attempts": 5})
        self.env.flush_all()
        self.assertEqual(self.claim(), (run.id, 0))
        self.assertEqual(run.state, "failed")

    def test_runs_of_a_request_follow_each_other(self):
        self.rule(sequence=1)
        self.rule(sequence=2)
        request = self.make_request()
        first, second = request.rule_run_ids.sorted("id")
        self.assertEqual(self.claim()[0], first.id)
        self.assertIsNone(self.claim())
        self.env["esign.rule.run"]._work(first.id, 1)
        self.assertEqual(self.claim()[0], second.id)
