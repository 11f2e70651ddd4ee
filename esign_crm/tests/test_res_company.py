"""Settings of a company: who may change them, what is never shown."""

from psycopg2.errors import CheckViolation

from odoo import tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .message_common import MessageCase


@tagged("post_install", "-at_install")
class TestSettings(MessageCase):
    """Public address, secret, rights, trail."""

    @classmethod
    def setUpClass(cls):
        """Add an administrator of Odoo who has no say in e-signatures, and one who has."""
        super().setUpClass()
        cls.plain_admin, cls.esign_admin = cls.env["res.users"].create(
            [
                {
                    "name": name,
                    "login": f"{name}@vendor.example.com",
                    "group_ids": [(4, cls.env.ref(group).id) for group in groups],
                }
                for name, groups in (
                    ("plain", ["base.group_system"]),
                    ("esign", ["base.group_system", "esign_crm.group_admin"]),
                )
            ]
        )

    def test_address_is_written_in_one_form(self):
        for written, stored in (
            ("https://Sign.Example.com/", "https://sign.example.com"),
            (" http://localhost:8069 ", "http://localhost:8069"),
        ):
            self.company.esign_public_url = written
            self.assertEqual(self.company._esign_public_url(), stored)
        self.assertEqual(self.company._esign_host(), "localhost:8069")

    def test_unusable_addresses_are_refused(self):
        for url in (
            "sign.example.com",
            "ftp://sign.example.com",
            "https://sign.example.com/odoo",
            "https://sign.example.com?a=1",
            "https://user@sign.example.com",
            "https://",
            "https://x:99999",
        ):
            with self.assertRaises(ValidationError, msg=url):
                self.company.esign_public_url = url

    def test_missing_address_says_where_to_set_it(self):
        self.company.esign_public_url = False
        with self.assertRaisesRegex(UserError, "Settings"):
            self.company._esign_public_url()
        self.assertEqual(self.company._esign_host(), "")

    def test_secret_is_wrapped_and_never_shown(self):
        self.company.esign_sms_secret = "open sesame"
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(c)::text FROM res_company c WHERE id = %s", [self.company.id]
        )
        self.assertNotIn("open sesame", self.env.cr.fetchone()[0])
        company = self.company.with_user(self.esign_admin)
        self.assertEqual(company.read(["esign_sms_secret"])[0]["esign_sms_secret"], "••••••••")
        with self.assertRaises(AccessError):
            company.read(["esign_sms_secret_wrapped"])
        self.assertEqual(self.company._esign_sms_secret_sudo(), "open sesame")

    def test_saving_the_dots_keeps_the_secret(self):
        self.company.esign_sms_secret = "open sesame"
        settings = self.env["res.config.settings"].with_user(self.esign_admin).create({})
        settings.esign_sms_sender = "Mill"
        settings.execute()
        self.assertEqual(self.company._esign_sms_secret_sudo(), "open sesame")
        self.assertEqual(self.company.sudo().esign_sms_sender, "Mill")
        settings.esign_sms_secret = "new"
        settings.execute()
        self.assertEqual(self.company._esign_sms_secret_sudo(), "new")

    def test_only_esign_administrators_change_settings(self):
        for values in (
            {"esign_public_url": "https://evil.example.com"},
            {"esign_sms_url": "https://evil.example.com"},
            {"esign_link_days": 90},
            {"esign_sms_secret": "x"},
        ):
            for user in self.plain_admin, self.rep:
                with self.assertRaises(AccessError):
                    self.company.with_user(user).write(values)
        self.company.with_user(self.esign_admin).esign_link_days = 30

    def test_plain_administrator_still_saves_other_settings(self):
        settings = self.env["res.config.settings"].with_user(self.plain_admin).create({})
        settings.execute()
        self.company.with_user(self.plain_admin).name = "Renamed"

    def test_changes_go_into_the_trail_of_the_company(self):
        company = self.company.with_user(self.esign_admin)
        company.esign_public_url = "https://other.example.com"
        company.esign_sms_secret = "open sesame"
        events = (
            self.env["esign.event"]
            .sudo()
            .search(
                [("request_id", "=", False), ("company", "=", company.id)], order="id desc", limit=2
            )
        )
        self.assertEqual(events.mapped("kind"), ["gateway_changed", "public_address_changed"])
        self.assertEqual(events[1]._details()["new"], "https://other.example.com")
        self.assertEqual(events[1]._details()["by"], "esign")
        self.assertNotIn("open sesame", events[0].details)

    def test_link_days_stay_in_their_range(self):
        for days in (0, 91):
            with (
                self.assertRaises(CheckViolation),
                tools.mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.company.esign_link_days = days
                self.env.flush_all()

    def test_neutralised_copy_reaches_nobody(self):
        message = self.invite(self.director)
        with file_open("esign_crm/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual(message.state, "cancelled")
        self.assertFalse(message.sudo().payload)
        self.assertFalse(self.company.esign_public_url)
        self.assertFalse(self.company._esign_sms_secret_sudo())
        self.run_crons()
        self.assertFalse(self.wires.mails)
