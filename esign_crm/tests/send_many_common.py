"""The page that sends one document to many deals, used as a sales rep does."""

from .template_common import TemplateCommon


class SendManyCommon(TemplateCommon):
    """Three deals of the rep's, each with a client who can be reached, and his template."""

    @classmethod
    def setUpClass(cls):
        """Make the deals."""
        super().setUpClass()
        director = cls.env["res.partner"].create({"name": "Dora Director", "email": cls.DIRECTOR})
        cls.company.esign_own_partner_id = director
        cls.leads = cls.lead | cls._deal("Bridge") | cls._deal("Tower")

    @classmethod
    def _deal(cls, name, **values):
        client = cls.env["res.partner"].create(
            {"name": f"{name} Client", "email": f"{name.lower()}@client.example.org"}
        )
        known = {
            "name": name,
            "type": "opportunity",
            "partner_id": client.id,
            "user_id": cls.rep.id,
        }
        return cls.env["crm.lead"].create(known | values)

    def setUp(self):
        """Let transactions of their own see the test's."""
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())

    def open(self, leads=None, user=None, **choices):
        """Return the page as the list's action opens it, with the template chosen."""
        action = (leads or self.leads).with_user(user or self.rep).action_send_many_for_signature()
        wizard = self.env[action["res_model"]].with_user(user or self.rep).browse(action["res_id"])
        wizard.write({"template_id": self.template.id} | choices)
        return wizard

    def check(self, wizard):
        """Press *Check*."""
        left = wizard.check_begin()["left"]
        while left:
            left = wizard.check_some()["left"]
        wizard.invalidate_recordset()  # in its order
        return wizard

    def send(self, wizard):
        """Press *Send*."""
        while self.send_step(wizard):
            pass
        return wizard

    def send_step(self, wizard):
        """Send for some seconds; return how many are left."""
        self.env.flush_all()
        left = wizard.send_some()["left"]
        self.env.invalidate_all()
        return left

    def line(self, wizard, lead):
        return wizard.line_ids.filtered(lambda line: line.lead_id == lead)

    def states(self, wizard):
        return {line.lead_id.name: line.state for line in wizard.line_ids}

    def assert_lacking(self, wizard, lead, words):
        line = self.line(self.check(wizard), lead)
        self.assertEqual(line.state, "lacking", line.problem)
        self.assertRegex(line.problem, words)
        self.assertFalse(line.is_chosen)
