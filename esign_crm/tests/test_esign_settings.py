"""The settings page of e-signature, for administrators who have no rights in Odoo's own settings."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignSettings(EsignCommon):
    """One block, on two pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "esign_boss", groups="esign_crm.group_admin")
        cls.page = cls.env["esign.settings"].with_user(cls.admin)

    def test_saving_writes_to_the_company_and_names_who_did_it(self):
        page = self.page.create({"esign_link_days": 30, "esign_sms_secret": "open sesame"})
        self.assertEqual(page.execute()["tag"], "reload")
        self.assertEqual(self.company.esign_link_days, 30)
        self.assertEqual(self.company._esign_sms_secret_sudo(), "open sesame")
        page.write({"esign_strip": False})
        self.assertFalse(self.company.esign_strip)
        event = self.env["esign.event"].search(
            [("request_id", "=", False), ("kind", "=", "settings_changed")],
            order="id desc",
            limit=1,
        )
        self.assertEqual(event._details()["by"], self.admin.name)
        self.assertIn("Days a link lives", event.summary)

    def test_page_shows_what_is_set_and_no_secret(self):
        self.company.esign_sms_secret = "open sesame"
        names = ["esign_public_url", "esign_sms_secret"]
        shown = self.page.onchange({}, [], {name: {} for name in names})["value"]
        self.assertEqual(shown["esign_public_url"], self.company.esign_public_url)
        self.assertEqual(shown["esign_sms_secret"], "••••••••")

    def test_page_shows_every_setting_of_e_signature_and_nothing_else_of_odoo(self):
        views = self.page.get_views([(False, "form")])
        arch = etree.fromstring(views["views"]["form"]["arch"])
        self.assertEqual([app.get("name") for app in arch.iter("app")], ["esign_crm"])
        shown = {node.get("name") for node in arch.iter("field")}
        offered = {
            name for name in self.env["res.config.settings"]._fields if name.startswith("esign_")
        }
        self.assertEqual(
            shown & offered,
            offered,
            "declare settings in esign.settings.mixin and show them in res_config_settings_views",
        )
        for name in shown:
            self.assertIn(name, self.page._fields, "declare it in esign.settings.mixin")

    def test_every_setting_begins_with_a_field_that_names_it(self):
        arch = etree.fromstring(self.page.get_views([(False, "form")])["views"]["form"]["arch"])
        for setting in arch.iter("setting"):
            self.assertFalse(next(setting.iter("field")).get("invisible"), setting.get("id"))

    def test_nobody_else_opens_or_writes_it(self):
        for groups in ("esign_crm.group_manager", "base.group_system", "base.group_user"):
            user = new_test_user(self.env, groups.replace(".", "_"), groups=groups)
            with self.assertRaises(AccessError, msg=groups):
                self.env["esign.settings"].with_user(user).create({"esign_link_days": 30})
        mine = self.page.create({})
        other = new_test_user(self.env, "second_boss", groups="esign_crm.group_admin")
        with self.assertRaises(AccessError):
            mine.with_user(other).write({"esign_link_days": 30})

    def test_page_reaches_no_other_company(self):
        other = self.env["res.company"].create({"name": "Other company"})
        page = self.page.create({"company_id": other.id, "esign_link_days": 30})
        self.assertEqual(page.company_id, self.company)
        self.assertEqual(other.esign_link_days, 14)
        with self.assertRaises(AccessError):
            page.write({"company_id": other.id})
        with self.assertRaises(AccessError):
            self.page.with_context(allowed_company_ids=other.ids).create({"esign_link_days": 30})

    def test_form_tells_nothing_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other company"})
        other.sudo().esign_sms_sender = "Their name"
        spec = {"esign_sms_sender": {}, "esign_sms_url": {}}
        answer = self.page.onchange({"company_id": other.id}, [], spec)
        self.assertNotIn("Their name", str(answer))
