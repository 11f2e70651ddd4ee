"""Rights of e-signature: whoever gains, gives or takes one is recorded, and every manager is told."""

from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignRights(EsignCommon):
    """Every way in which Odoo changes who may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "rights_manager", groups="esign_crm.group_manager")
        cls.erp = new_test_user(cls.env, "rights_erp", groups="base.group_erp_manager")
        cls.erp.notification_type = cls.manager.notification_type = "inbox"
        cls.user = new_test_user(cls.env, "rights_user", groups="base.group_user", name="Una")
        cls.level = {
            name: cls.env.ref(f"esign_crm.group_{name}")
            for name in ("user", "team_leader", "manager", "admin")
        }
        cls.start = cls.env["esign.event"].search([], order="id desc", limit=1).id

    def recorded(self, company=None):
        """Return (name, old, new, by) of what was recorded since the test began."""
        domain = [("kind", "=", "rights_changed"), ("id", ">", self.start)]
        domain += [("request_id", "=", False), ("company", "=", (company or self.company).id)]
        found = self.env["esign.event"].sudo().search(domain, order="id")
        return [
            tuple(each._details()[key] for key in ("name", "old", "new", "by")) for each in found
        ]

    def told(self, user):
        """Return what ``user`` was told."""
        domain = [
            ("notified_partner_ids", "in", user.partner_id.ids),
            ("message_type", "=", "user_notification"),
        ]
        return [
            str(each.body)
            for each in self.env["mail.message"].sudo().search(domain, order="id desc")
        ]

    def test_groups_given_and_taken_on_the_user(self):
        una = self.user.with_user(self.erp)
        una.write({"group_ids": [(4, self.level["manager"].id)]})
        una.write({"group_ids": [(3, self.level["manager"].id), (4, self.level["user"].id)]})
        una.write({"group_ids": [(3, self.level["user"].id)]})
        by = self.erp.name
        self.assertEqual(
            self.recorded(),
            [
                ("Una", "none", "manager", by),
                ("Una", "manager", "user", by),
                ("Una", "user", "none", by),
            ],
        )

    def test_groups_given_on_the_group_or_through_another(self):
        self.level["admin"].with_user(self.erp).write({"user_ids": [(4, self.user.id)]})
        self.assertEqual(self.recorded(), [("Una", "none", "admin", self.erp.name)])
        club = self.env["res.groups"].create({"name": "Club", "user_ids": [(4, self.user.id)]})
        self.level["admin"].write({"user_ids": [(3, self.user.id)]})
        club.write({"implied_ids": [(4, self.level["manager"].id)]})
        club.unlink()
        self.env.invalidate_all()
        self.assertEqual(
            [entry[1:3] for entry in self.recorded()[1:]],
            [("admin", "none"), ("none", "manager"), ("manager", "none")],
        )

    def test_sales_rights_bring_e_sign_rights_and_are_recorded(self):
        new_test_user(self.env, "rights_rep", groups="sales_team.group_sale_salesman", name="Rob")
        self.assertEqual([entry[:3] for entry in self.recorded()], [("Rob", "none", "user")])

    def test_archiving_deleting_and_another_company_are_changes(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.user.write({"group_ids": [(4, self.level["manager"].id)]})
        self.user.write({"company_ids": [(4, other.id)]})
        self.assertEqual(
            [entry[:3] for entry in self.recorded(other)], [("Una", "none", "manager")]
        )
        self.user.write({"active": False})
        self.user.write({"active": True})
        self.user.unlink()
        self.assertEqual(
            [entry[1:3] for entry in self.recorded()],
            [("none", "manager"), ("manager", "none"), ("none", "manager"), ("manager", "none")],
        )

    def test_nothing_is_recorded_where_nothing_changes(self):
        new_test_user(self.env, "rights_plain", groups="base.group_user")
        new_test_user(self.env, "rights_portal", groups="base.group_portal")
        self.user.write(
            {"name": "Una B.", "group_ids": [(4, self.env.ref("base.group_multi_company").id)]}
        )
        self.level["user"].write({"comment": "x"})
        self.assertFalse(self.recorded())

    def test_every_manager_of_the_company_is_told_whoever_did_it(self):
        other = self.env["res.company"].create({"name": "Other company"})
        stranger = new_test_user(
            self.env, "rights_stranger", groups="esign_crm.group_manager",
            company_id=other.id, company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        self.user.with_user(self.erp).write({"group_ids": [(4, self.level["admin"].id)]})
        words = f"{self.erp.name} changed the e-signature rights of Una from “no rights” to “administrator”."
        self.assertIn(words, self.told(self.manager)[0])
        self.assertIn(words, self.told(self.user)[0])
        self.assertFalse([each for each in self.told(stranger) if "Una" in each])
        self.assertFalse(self.told(self.erp))

    def test_managers_are_told_of_settings_and_keys_without_values(self):
        self.company.esign_sms_url = "https://sms.example.com/send?key=hush"
        self.assertIn(
            "changed the setting “Gateway&#39;s address”",
            self.told(self.manager)[0].replace("'", "&#39;"),
        )
        self.assertNotIn("hush", self.told(self.manager)[0])
        key = self.env["esign.sealing.key"].sudo()._get_for(self.company)
        key.with_user(self.env.ref("base.user_admin")).action_replace()
        self.assertIn("replaced the sealing key", self.told(self.manager)[0])

    def test_company_trail_is_whole_and_for_managers_only(self):
        self.user.write({"group_ids": [(4, self.level["user"].id)]})
        self.env["esign.event"]._verify_company(self.company)
        domain = [("request_id", "=", False)]
        self.assertTrue(self.env["esign.event"].with_user(self.manager).search(domain))
        self.assertFalse(self.env["esign.event"].with_user(self.user).search(domain))
        event = (
            self.env["esign.event"].with_user(self.manager).search(domain, order="id desc", limit=1)
        )
        self.assertIn("rights of Una from “no rights” to “user”", event.summary)

    def test_trail_begins_with_who_held_the_rights_at_installation(self):
        domain = [
            ("request_id", "=", False),
            ("kind", "=", "rights_changed"),
            ("id", "<=", self.start),
        ]
        found = [each._details() for each in self.env["esign.event"].search(domain)]
        self.assertIn(("none", "admin"), [(each["old"], each["new"]) for each in found])

    def test_many_changes_at_once_are_one_notice(self):
        plain = [(6, 0, self.env.ref("base.group_user").ids)]
        users = self.env["res.users"].create(
            [{"name": f"U{n}", "login": f"rights_{n}", "group_ids": plain} for n in range(23)]
        )
        before = len(self.told(self.manager))
        users.write({"group_ids": [(4, self.level["user"].id)]})
        self.assertEqual(len(self.told(self.manager)), before + 1)
        self.assertIn("And 3 more.", self.told(self.manager)[0])
