"""Server actions for rules: who releases, what voids a release, with whose rights they run."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestServerActionRelease(RuleCommon):
    """An administrator of Settings who is none of e-signature may write actions, but not release them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician = new_test_user(
            cls.env, "rule_technician", groups="base.group_system", email="t@vendor.example.com"
        )

    def run_by_rule(self, action, user=None):
        """Return the run of a rule that runs the action."""
        self.rule(user=user, action="server_action", server_action_id=action.id)
        request = self.make_request()
        self.run_rules()
        return self.last_run(request)

    # --- releasing -------------------------------------------------------------------------------------------------

    def test_only_an_administrator_of_e_signature_releases(self):
        action = self.code_action("pass", released=False).with_user(self.technician)
        with self.assertRaises(AccessError):
            action.is_esign_released = True
        with self.assertRaises(AccessError):
            action.create(
                {
                    "name": "x",
                    "model_id": action.model_id.id,
                    "state": "code",
                    "is_esign_released": True,
                }
            )
        action.with_user(self.admin).is_esign_released = True
        self.assertTrue(action.is_esign_released)

    def test_change_by_somebody_else_voids_the_release(self):
        for change in (
            {"code": "1"},
            {"state": "object_write"},
            {"group_ids": [(5,)]},
            {"name": "Other"},
        ):
            action = self.code_action("pass")
            action.with_user(self.admin).write({"name": "Renamed by an administrator"})
            self.assertTrue(action.is_esign_released)
            action.with_user(self.technician).write(change)
            self.assertFalse(action.is_esign_released, str(change))

    def test_changed_part_voids_the_release_of_the_whole(self):
        for change in (
            lambda part, _whole: part.write({"code": "1"}),
            lambda part, _whole: part.unlink(),
            lambda part, whole: part.copy({"parent_id": whole.id}),
        ):
            part = self.code_action("pass", released=False)
            whole = self.code_action(False, state="multi", child_ids=[(6, 0, part.ids)])
            change(part.with_user(self.technician), whole)
            self.assertFalse(whole.is_esign_released)

    def test_copy_is_not_released(self):
        self.assertFalse(self.code_action("pass").with_user(self.admin).copy().is_esign_released)

    def test_other_kinds_and_other_models_are_not_released(self):
        for values in (
            {"model_id": self.env["ir.model"]._get("res.users").id},
            {"state": "webhook", "webhook_url": "https://hooks.example.com"},
            {"state": "object_create"},
        ):
            with self.assertRaises(ValidationError):
                self.code_action("pass", **values)
        wrong = self.code_action(
            "pass", released=False, model_id=self.env["ir.model"]._get("res.users").id
        )
        whole = self.code_action(False, state="multi", released=False)
        wrong.with_user(self.admin).parent_id = whole
        with self.assertRaises(ValidationError):
            whole.with_user(self.admin).is_esign_released = True

    # --- choosing --------------------------------------------------------------------------------------------------

    def test_manager_finds_the_released_ones_and_no_code(self):
        released, other = self.code_action("pass"), self.code_action("pass", released=False)
        actions = self.env["ir.actions.server"].with_user(self.manager)
        found = actions.search([("id", "in", (released | other).ids)])
        self.assertEqual(found, released)
        with self.assertRaises(AccessError):
            found.read(["code"])
        with self.assertRaises(AccessError):
            found.write({"name": "Mine"})
        self.assertEqual(
            self.env["ir.actions.server"]
            .with_user(self.technician)
            .search_count([("id", "=", other.id)]),
            1,
        )

    def test_manager_cannot_choose_another_one(self):
        other = self.code_action("pass", released=False)
        with self.assertRaises(UserError):
            self.rule(action="server_action", server_action_id=other.id)
        rule = self.rule(action="server_action", server_action_id=self.code_action("pass").id)
        with self.assertRaises(UserError):
            rule.with_user(self.manager).server_action_id = other

    def test_action_whose_release_was_voided_is_not_run(self):
        action = self.code_action("record.write({'name': 'changed'})")
        self.rule(action="server_action", server_action_id=action.id)
        action.with_user(self.technician).code = "record.write({'name': 'changed otherwise'})"
        request = self.make_request()
        self.run_rules()
        self.assertIn("not released any more", self.last_run(request).words)
        self.assertEqual(self.lead.name, "Works at the mill")

    # --- running ---------------------------------------------------------------------------------------------------

    def test_code_runs_as_the_owner_without_raised_rights(self):
        action = self.code_action(
            "record.write({'description': f'{env.uid} {env.su} {record.env.su} {model.env.su}'})"
        )
        self.assertEqual(self.run_by_rule(action).state, "done")
        self.assertIn(f"{self.manager.id} False False False", self.lead.description)

    def test_parts_of_an_action_run_as_the_owner_without_raised_rights(self):
        part = self.code_action(
            "record.write({'description': f'{env.uid} {env.su}'})", released=False
        )
        whole = self.code_action(False, state="multi", child_ids=[(6, 0, part.ids)])
        self.assertEqual(self.run_by_rule(whole).state, "done")
        self.assertIn(f"{self.manager.id} False", self.lead.description)

    def test_action_on_requests_runs_on_the_request(self):
        action = self.code_action("record.message_post(body=record._name)", model="esign.request")
        run = self.run_by_rule(action)
        self.assertEqual(run.state, "done", run.words)
        self.assertIn("esign.request", run.request_id.message_ids[0].body)

    def test_released_send_for_signature_is_sent_as_the_owner(self):
        action = self.code_action(
            False, state="esign_send", esign_source="again", esign_is_sent=False
        )
        run = self.run_by_rule(action)
        self.assertEqual(run.state, "done", run.words)
        draft = self.env["esign.request"].search(
            [("lead_id", "=", self.lead.id), ("state", "=", "draft")]
        )
        self.assertEqual(
            (len(draft), draft.create_uid), (1, self.manager), self.lead.activity_ids.mapped("note")
        )

    def test_update_runs_with_the_owners_rights(self):
        action = self._update("name", "Renamed")
        self.assertEqual(self.run_by_rule(action).state, "done")
        self.assertEqual(self.lead.name, "Renamed")

    def _update(self, path, value):
        return self.code_action(
            False, state="object_write", update_path=path, evaluation_type="value", value=value
        )

    def test_manager_without_settings_reaches_no_record_that_he_may_not_write(self):
        """Odoo would run updates, and parts of several, as superuser."""
        path = "user_id.company_id.name"
        update = self._update(path, "Taken over")
        part = self._update(path, "Taken over")
        several = self.code_action(False, state="multi", child_ids=[(6, 0, part.ids)])
        codes = [
            self.code_action(
                f"env['res.users'].browse({self.admin.id}).write({{'name': 'Taken over'}})"
            ),
            self.code_action(
                "env['res.users'].browse(env.uid).write({'group_ids': [(4, env.ref('base.group_system').id)]})"
            ),
        ]
        for action in (update, several, *codes):
            run = self.run_by_rule(action)
            self.assertEqual(run.state, "failed", f"{action.state} {action.code}")
        self.assertNotEqual(self.rep.company_id.name, "Taken over")
        self.assertNotEqual(self.admin.name, "Taken over")
        self.assertFalse(self.manager.has_group("base.group_system"))

    def test_owner_outside_the_actions_groups_may_not_run_it(self):
        action = self.code_action(
            "record.write({'name': 'x'})", group_ids=[(6, 0, self.env.ref("base.group_system").ids)]
        )
        self.assertIn("may not run", self.run_by_rule(action).words)

    def test_typed_code_cannot_run_released_actions_of_others(self):
        inner = self.code_action(
            "record.write({'name': 'x'})", group_ids=[(6, 0, self.env.ref("base.group_system").ids)]
        )
        outer = self.code_action(
            f"env['ir.actions.server'].browse({inner.id})._run_released(record)"
        )
        self.assertEqual(self.run_by_rule(outer).state, "failed")
