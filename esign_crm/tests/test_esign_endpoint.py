"""Endpoints: who sets them, what is kept of them, and that their secret stays one."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon

SECRET = "a shared secret"


class EndpointCommon(EsignCommon):
    """An endpoint of the company, a manager and an administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.manager = new_test_user(cls.env, "hook_manager", groups="esign_crm.group_manager")
        cls.endpoint = (
            cls.env["esign.endpoint"]
            .with_user(cls.admin)
            .create(
                {"name": "Bookkeeping", "url": "https://erp.example.com/esign", "secret": SECRET}
            )
        )


@tagged("post_install", "-at_install")
class TestEsignEndpoint(EndpointCommon):
    """Rights, secret, trail."""

    def test_manager_reads_but_changes_nothing(self):
        seen = self.endpoint.with_user(self.manager)
        self.assertEqual(seen.name, "Bookkeeping")
        for attempt in (
            lambda: seen.write({"url": "https://evil.example.com"}), seen.unlink, seen.action_test,
            lambda: seen.create({"name": "Mine", "url": "https://evil.example.com"}),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()

    def test_secret_is_read_by_nobody(self):
        shown = self.endpoint.read(["secret"])[0]["secret"]
        self.assertNotIn(SECRET, shown)
        with self.assertRaises(AccessError):
            self.endpoint.read(["secret_wrapped"])
        with self.assertRaises(AccessError):
            self.endpoint.with_user(self.manager).read(["secret"])
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT secret_wrapped FROM esign_endpoint WHERE id = %s", self.endpoint.ids
        )
        self.assertNotIn(SECRET.encode(), bytes(self.env.cr.fetchone()[0]))
        self.assertEqual(self.endpoint._secret_sudo(), SECRET)

    def test_dots_keep_the_secret_and_a_new_one_replaces_it(self):
        self.endpoint.secret = "••••••••"
        self.assertEqual(self.endpoint._secret_sudo(), SECRET)
        self.endpoint.secret = "another"
        self.assertEqual(self.endpoint._secret_sudo(), "another")

    def test_changes_stand_in_the_companys_trail_without_the_secret(self):
        self.endpoint.url = "https://erp.example.com/other"
        self.endpoint.secret = "another secret"
        events = self.env["esign.event"].search(
            [("company", "=", self.company.id), ("kind", "=", "gateway_changed")]
        )
        details = " ".join(events.mapped("details"))
        self.assertIn("erp.example.com/other", details)
        self.assertNotIn("another secret", details)
        self.assertNotIn(SECRET, details)

    def test_address_that_is_none_is_refused(self):
        for url in (
            "ftp://example.com",
            "example.com",
            "https://user:pw@example.com",
            "javascript:alert(1)",
        ):
            with self.assertRaises(ValidationError, msg=url):
                self.endpoint.url = url

    def test_called_endpoint_is_archived_not_deleted(self):
        self.endpoint.action_test()
        with self.assertRaises(UserError):
            self.endpoint.unlink()

    def test_only_released_endpoints_of_the_same_company_are_called(self):
        request = self.make_request()
        self.endpoint.is_released = False
        with self.assertRaises(UserError):
            self.endpoint._queue_call(request, "sent")
        self.endpoint.write(
            {
                "is_released": True,
                "company_id": self.env["res.company"].create({"name": "Other"}).id,
            }
        )
        with self.assertRaises(AccessError):
            self.endpoint._queue_call(request, "sent")
