"""Rules: how they read, who may change them, as whom they run, whom they are for."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRule(RuleCommon):
    """The rule itself."""

    def test_rule_reads_as_a_sentence(self):
        rule = self.rule(
            trigger="not_opened", days=3, side="client", stage_ids=[(6, 0, self.first.ids)], amount_from=1000,
        )  # fmt: skip
        self.assertEqual(
            rule.sentence,
            "When a signer has not looked at the document for 3 days (of the client; stage: Stage 0; "
            "from 1,000.00): move the deal to “Stage 1”",
        )
        self.assertEqual(rule.display_name, rule.sentence)
        rule.name = "Quick wins"
        self.assertEqual(rule.display_name, "Quick wins")

    def test_manager_makes_a_rule_in_its_form(self):
        with Form(self.env["esign.rule"].with_user(self.manager)) as form:
            form.trigger = "all_signed"
            form.action = "move"
            form.target_stage_id = self.second
        rule = form.record
        self.assertEqual((rule.user_id, rule.company_id), (self.manager, self.company))

    def test_rule_without_what_its_action_needs_is_refused(self):
        for values in (
            {"action": "assign"}, {"action": "note"}, {"action": "server_action"}, {"action": "webhook"},
            {"action": "activity", "activity_type_id": False}, {"action": "activity", "activity_for": "user"},
        ):  # fmt: skip
            with self.assertRaises(ValidationError, msg=str(values)):
                self.rule(**values)

    # --- as whom it runs -------------------------------------------------------------------------------------------

    def test_manager_names_nobody_else_as_owner(self):
        with self.assertRaises(AccessError):
            self.rule(user_id=self.admin.id)
        rule = self.rule()
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).user_id = self.admin
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).copy({"user_id": self.admin.id})
        rules = (
            self.env["esign.rule"]
            .with_user(self.manager)
            .with_context(default_user_id=self.admin.id)
        )
        self.assertEqual(rules.create({"trigger": "sent", "action": "won"}).user_id, self.manager)

    def test_whoever_changes_what_a_rule_does_becomes_its_owner(self):
        for change in (
            {"action": "won"}, {"trigger": "declined"}, {"amount_from": 5}, {"active": True},
            {"active": False, "action": "lost"}, {"target_stage_id": self.third.id},
        ):  # fmt: skip
            rule = self.rule(user=self.admin)
            rule.with_user(self.manager).write(change)
            self.assertEqual(rule.user_id, self.manager, str(change))

    def test_order_name_and_switching_off_leave_the_owner(self):
        rule = self.rule(user=self.admin)
        rule.with_user(self.manager).write({"sequence": 3})
        rule.with_user(self.manager).write({"name": "Mine"})
        rule.with_user(self.manager).write({"active": False})
        self.assertEqual(rule.user_id, self.admin)

    def test_administrator_changes_a_rule_and_chooses_its_owner(self):
        rule = self.rule()
        rule.with_user(self.admin).action = "won"
        self.assertEqual(rule.user_id, self.manager)
        rule.with_user(self.admin).user_id = self.rep
        self.assertEqual(rule.user_id, self.rep)

    def test_rule_runs_as_no_stranger(self):
        rule = self.rule().with_user(self.admin)
        employee = self._person("rule_employee", "base.group_user")
        for stranger in (self.env.ref("base.public_user"), employee, self.env["res.users"]):
            with self.assertRaises(UserError):
                rule.user_id = stranger

    def test_rule_of_all_companies_is_changed_by_those_who_work_in_all(self):
        rule = self.rule(user=self.admin, company_id=False)
        self.env["res.company"].create({"name": "Other company"})
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).action = "won"

    # --- rights ----------------------------------------------------------------------------------------------------

    def test_manager_of_one_company_neither_ends_nor_makes_a_rule_of_all(self):
        self.env["res.company"].create({"name": "Other company"})
        shared = self.rule(user=self.admin, company_id=False)
        own = self.rule(user=self.plain_manager, action="note", note="Mine")
        for attempt in (
            lambda: shared.with_user(self.plain_manager).unlink(),
            lambda: shared.with_user(self.plain_manager).write({"active": False}),
            lambda: own.with_user(self.plain_manager).write({"company_id": False}),
            lambda: self.rule(user=self.plain_manager, company_id=False, action="note", note="All"),
        ):
            with self.assertRaisesRegex(AccessError, "is for all companies"), self.cr.savepoint():
                attempt()
        self.assertTrue(shared.active)

    def test_team_that_a_rule_is_for_is_not_deleted_under_it(self):
        team = self.env["crm.team"].create({"name": "East"})
        self.rule(team_ids=team.ids)
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            team.unlink()
        self.assertTrue(team.exists())

    def test_rep_reads_rules_and_changes_none(self):
        rule = self.rule().with_user(self.rep)
        self.assertTrue(rule.sentence)
        for attempt in (
            lambda: rule.write({"name": "Mine"}),
            rule.unlink,
            lambda: self.rule(user=self.rep),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_rule_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other company"})
        rule = self.env["esign.rule"].create(
            {"trigger": "sent", "action": "won", "company_id": other.id}
        )
        self.assertFalse(
            self.env["esign.rule"].with_user(self.manager).search([("id", "=", rule.id)])
        )

    # --- whom it is for --------------------------------------------------------------------------------------------

    def test_rule_is_queued_for_those_that_it_is_for(self):
        team = self.env["crm.team"].create({"name": "Mills"})
        self.lead.write({"expected_revenue": 500, "team_id": team.id})
        other = self.env["crm.team"].create({"name": "Bakeries"})
        wanted = [
            self.rule(team_ids=[(6, 0, team.ids)]), self.rule(stage_ids=[(6, 0, self.first.ids)]),
            self.rule(amount_from=500, amount_to=500), self.rule(company_id=False),
        ]  # fmt: skip
        for unwanted in (
            {"team_ids": [(6, 0, other.ids)]}, {"stage_ids": [(6, 0, self.second.ids)]}, {"amount_from": 501},
            {"amount_to": 499}, {"trigger": "declined"},
        ):  # fmt: skip
            self.rule(**unwanted)
        self.rule().active = False
        request = self.make_request()
        self.assertEqual(set(request.rule_run_ids.rule_id.ids), {rule.id for rule in wanted})

    def test_rule_of_a_template_is_queued_for_requests_made_from_it(self):
        ours, other = self.env["esign.template"].create([{"name": "Act"}, {"name": "Contract"}])
        wanted = self.rule(template_ids=ours.ids, stage_ids=self.first.ids)
        self.rule(template_ids=other.ids)
        self.assertIn("template: Act", wanted.sentence)
        draft = self.make_request(send=False)
        draft._set_system_sudo(template_id=ours.id)
        draft.with_user(self.rep).action_send()
        self.assertEqual(draft.rule_run_ids.rule_id, wanted)
        self.assertFalse(self.make_request().rule_run_ids)

    def test_rule_of_another_company_is_not_queued(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.env["esign.rule"].create({"trigger": "sent", "action": "won", "company_id": other.id})
        self.assertFalse(self.make_request().rule_run_ids)

    # --- the shipped ones ------------------------------------------------------------------------------------------

    def test_shipped_rules_are_the_four_of_the_design(self):
        for name, trigger, action in (
            ("own_signed", "own_signed", "move"), ("all_signed", "all_signed", "won"),
            ("declined", "declined", "activity"), ("own_idle", "own_idle", "activity"),
        ):  # fmt: skip
            rule = self.env.ref(f"esign_crm.esign_rule_{name}")
            self.assertEqual(
                (rule.trigger, rule.action, rule.user_id), (trigger, action, self.admin)
            )
            self.assertFalse(rule.company_id)
        self.assertEqual(self.env.ref("esign_crm.esign_rule_own_idle").days, 2)
