"""What rules do to deals, and what they leave alone."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRuleActions(RuleCommon):
    """Each action on a real deal, by runs of real events."""

    def outcome(self, **rule):
        """Return the run of a rule that is queued by sending."""
        self.rule(**rule)
        request = self.make_request()
        self.run_rules()
        return self.last_run(request)

    def assert_skipped(self, words, **rule):
        run = self.outcome(**rule)
        self.assertEqual(run.state, "skipped", run.words)
        self.assertIn(words, run.words)

    def assert_failed(self, words, **rule):
        run = self.outcome(**rule)
        self.assertEqual(run.state, "failed", run.words)
        self.assertIn(words, run.words)
        self.assertIn(words, run.request_id.rule_failure)

    # --- the stage of the deal -------------------------------------------------------------------------------------

    def test_deal_moves_on(self):
        self.assertEqual(self.outcome().state, "done")
        self.assertEqual(self.lead.stage_id, self.second)

    def test_deal_never_moves_back(self):
        self.lead.stage_id = self.third
        self.assert_skipped("further on already")
        self.assertEqual(self.lead.stage_id, self.third)

    def test_deal_that_is_there_already_stays(self):
        self.lead.stage_id = self.second
        self.assert_skipped("in this stage already")

    def test_deal_does_not_leave_the_board_of_its_team(self):
        self.second.team_ids = self.env["crm.team"].create({"name": "Mills"})
        self.assert_skipped("other sales teams")

    def test_won_deal_stays_as_it_is(self):
        self.lead.stage_id = self.won_stage
        late = self.env["crm.stage"].create({"name": "After the end", "sequence": 2000})
        rules = [
            {"target_stage_id": late.id}, {"action": "won"}, {"action": "lost"},
            {"action": "assign", "assigned_user_id": self.manager.id},
        ]  # fmt: skip
        for values in rules:
            self.assert_skipped("won already", **values)
        self.assertEqual((self.lead.stage_id, self.lead.user_id), (self.won_stage, self.rep))

    def test_lost_deal_is_not_revived(self):
        request = self.make_request(send=False)
        for values in (
            {"target_stage_id": self.won_stage.id}, {"action": "won"}, {"action": "lost"},
            {"action": "assign", "assigned_user_id": self.manager.id},
        ):  # fmt: skip
            self.rule(**values)
        request.with_user(self.rep).action_send()
        self.lead.action_set_lost()
        self.run_rules()
        self.assertEqual(set(request.rule_run_ids.mapped("state")), {"skipped"})
        self.assertFalse(self.lead.active)
        self.assertEqual((self.lead.stage_id, self.lead.user_id), (self.first, self.rep))

    def test_stage_that_was_deleted_is_told_of(self):
        rule = self.rule()
        self.second.unlink()
        self.assertTrue(rule.exists())
        request = self.make_request()
        self.run_rules()
        run = self.last_run(request)
        self.assertEqual(run.state, "failed")
        self.assertIn("was deleted", run.words)
        self.assertEqual(run.attempts, 1, "trying again would not bring it back")

    def test_deal_is_won(self):
        self.assertEqual(self.outcome(action="won").state, "done")
        self.assertEqual(self.lead.won_status, "won")

    def test_deal_is_lost_with_its_reason(self):
        reason = self.env["crm.lost.reason"].create({"name": "Did not sign"})
        self.assertEqual(self.outcome(action="lost", lost_reason_id=reason.id).state, "done")
        self.assertEqual((self.lead.won_status, self.lead.lost_reason_id), ("lost", reason))

    # --- people ----------------------------------------------------------------------------------------------------

    def test_deal_is_assigned(self):
        self.assertEqual(
            self.outcome(action="assign", assigned_user_id=self.manager.id).state, "done"
        )
        self.assertEqual(self.lead.user_id, self.manager)

    def test_deal_is_not_assigned_to_somebody_who_left(self):
        self.plain_manager.active = False
        self.assert_failed(
            "no active account", action="assign", assigned_user_id=self.plain_manager.id
        )

    def test_activity_is_for_whom_the_rule_says(self):
        leader = self._person("rule_leader", "sales_team.group_sale_salesman_all_leads")
        team = self.env["crm.team"].create({"name": "Mills", "user_id": leader.id})
        expected = {
            "rep": self.rep, "deal": self.manager, "leader": leader, "owner": self.manager, "user": self.admin,
        }  # fmt: skip
        for whom in expected:
            self.rule(
                action="activity",
                activity_for=whom,
                activity_summary=whom,
                activity_user_id=self.admin.id,
            )
        request = self.make_request()
        self.lead.write({"user_id": self.manager.id, "team_id": team.id})
        self.run_rules()
        self.assertEqual(
            set(request.rule_run_ids.mapped("state")),
            {"done"},
            request.rule_run_ids.mapped("words"),
        )
        activities = self.lead.activity_ids | request.activity_ids
        found = {activity.summary: activity.user_id for activity in activities}
        self.assertEqual({whom: found[whom] for whom in expected}, expected)

    def test_activity_for_nobody_is_told_of(self):
        self.lead.team_id = False
        self.assert_failed("nobody for the activity", action="activity", activity_for="leader")

    def test_activity_of_somebody_without_crm_rights_is_on_the_request(self):
        self.rule(action="activity", activity_for="user", activity_user_id=self.plain_manager.id)
        request = self.make_request()
        self.run_rules()
        self.assertEqual(request.activity_ids.user_id, self.plain_manager)

    def test_note_is_written_as_it_stands(self):
        text = "<b>{{ object.name }}</b> ${1+1}\nsecond line"
        self.assertEqual(self.outcome(action="note", note=text).state, "done")
        body = self.lead.message_ids[0].body
        self.assertEqual(
            str(body), "<p>&lt;b&gt;{{ object.name }}&lt;/b&gt; ${1+1}<br>second line</p>"
        )
        self.assertEqual(self.lead.message_ids[0].author_id, self.manager.partner_id)
        self.assertEqual(self.lead.message_ids[0].subtype_id, self.env.ref("mail.mt_note"))

    def test_request_without_deal_has_its_note_and_no_move(self):
        self.rule()
        self.rule(action="note", note="Sent")
        request = self.make_request(send=False)
        request.lead_id = False
        request.with_user(self.rep).action_send()
        self.run_rules()
        states = dict(
            zip(
                request.rule_run_ids.rule_id.mapped("action"),
                request.rule_run_ids.mapped("state"),
                strict=True,
            )
        )
        self.assertEqual(states, {"move": "skipped", "note": "done"})
        self.assertIn("Sent", "".join(request.message_ids.mapped("body")))

    # --- webhooks --------------------------------------------------------------------------------------------------

    def test_webhook_is_called_about_the_request_for_the_owner(self):
        endpoint = self._endpoint()
        run = self.outcome(action="webhook", endpoint_id=endpoint.id)
        self.assertEqual(run.state, "done", run.words)
        call = endpoint.call_ids
        self.assertEqual(
            (call.request_id, call.trigger, call.user_id), (run.request_id, "sent", self.manager)
        )

    def test_webhook_that_is_not_released_is_neither_chosen_nor_called(self):
        endpoint = self._endpoint()
        rule = self.rule(action="webhook", endpoint_id=endpoint.id)
        endpoint.is_released = False
        with self.assertRaises(ValidationError):
            self.rule(action="webhook", endpoint_id=endpoint.id)
        request = self.make_request()
        self.run_rules()
        run = request.rule_run_ids.filtered(lambda each: each.rule_id == rule)
        self.assertIn("not released any more", run.words)
        self.assertFalse(endpoint.call_ids)

    def _endpoint(self):
        return self.env["esign.endpoint"].create(
            {"name": "ERP", "url": "https://erp.example.com/esign", "company_id": self.company.id}
        )

    # --- with whose rights -----------------------------------------------------------------------------------------

    def test_owner_who_may_not_change_the_deal_changes_nothing(self):
        for values in (
            {"action": "move"}, {"action": "won"}, {"action": "lost"}, {"action": "note", "note": "x"},
            {"action": "assign", "assigned_user_id": self.manager.id},
            {"action": "activity", "activity_for": "rep"},
            {"action": "server_action", "server_action_id": self.code_action("record.write({'name': 'x'})").id},
        ):  # fmt: skip
            self.assert_failed("has no rights", user=self.plain_manager, **values)
        self.assertEqual((self.lead.stage_id, self.lead.name), (self.first, "Works at the mill"))
        self.assertFalse(self.lead.activity_ids)

    def test_owner_who_left_fails_the_run_in_words(self):
        self.rule()
        self.manager.active = False
        request = self.make_request()
        self.run_rules()
        self.assertIn("no active account", self.last_run(request).words)
        self.assertEqual(self.lead.stage_id, self.first)

    def test_rule_without_owner_fails_in_words(self):
        rule = self.rule()
        self.env.cr.execute("UPDATE esign_rule SET user_id = NULL WHERE id = %s", (rule.id,))
        self.env.invalidate_all()
        request = self.make_request()
        self.run_rules()
        self.assertIn("no owner", self.last_run(request).words)

    def test_owner_of_another_company_fails_in_words(self):
        other = self.env["res.company"].create({"name": "Other company"})
        rule = self.rule(user=self.admin, company_id=False)
        self.rep.write({"company_ids": [(4, other.id)]})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        rule.with_user(self.admin).user_id = self.manager
        request = self.make_request()
        self.run_rules()
        self.assertIn("does not work in", self.last_run(request).words)
