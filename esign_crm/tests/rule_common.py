"""A manager with rules of his own, and the shipped ones switched off."""

from odoo.tests import HttpCase, new_test_user

from .common import EsignCommon


class RuleCommon(EsignCommon):
    """The manager may change all deals; what rules do is done when the test says so."""

    @classmethod
    def setUpClass(cls):
        """Make the people and the stages of the deals' board."""
        super().setUpClass()
        cls.env["esign.rule"].search([]).active = False
        # a used database has runs that still wait
        cls.env["esign.rule.run"].search([("state", "in", ("queued", "running"))]).unlink()
        cls.manager = cls._person("rule_manager", "sales_team.group_sale_manager")
        cls.plain_manager = cls._person("rule_plain_manager", "esign_crm.group_manager")
        cls.admin = cls.env.ref("base.user_admin")
        stages = cls.env["crm.stage"].create(
            [{"name": f"Stage {number}", "sequence": 1000 + number} for number in range(3)]
        )
        cls.first, cls.second, cls.third = stages
        cls.won_stage = cls.env["crm.stage"].create(
            {"name": "Stage won", "sequence": 1010, "is_won": True}
        )
        cls.lead.stage_id = cls.first

    def setUp(self):
        """Let transactions of their own see what the test has written."""
        super().setUp()
        if not isinstance(self, HttpCase):
            self.enterContext(self.enter_registry_test_mode())

    @classmethod
    def _person(cls, login, groups):
        return new_test_user(cls.env, login, groups=groups, email=f"{login}@vendor.example.com")

    def rule(self, user=None, **values):
        """Return a rule made by ``user``, the manager."""
        defaults = {"trigger": "sent", "action": "move", "target_stage_id": self.second.id}
        rules = self.env["esign.rule"].with_user(user or self.manager)
        return rules.create(defaults | values).with_env(self.env)

    def run_rules(self):
        """Let the cron work off what is due."""
        self.env.flush_all()
        self.env["esign.rule.run"]._cron_run(1)
        self.env.invalidate_all()

    def last_run(self, request):
        """Return the latest run on the request."""
        return request.rule_run_ids.sorted("id")[-1:]

    def code_action(self, code, model="crm.lead", released=True, **values):
        """Return a server action, released by an administrator."""
        actions = self.env["ir.actions.server"].with_user(self.admin)
        return actions.create(
            {
                "name": "Typed code",
                "model_id": self.env["ir.model"]._get(model).id,
                "state": "code",
                "code": code,
                "is_esign_released": released,
            }
            | values
        ).with_env(self.env)
