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
        with self.assertRaises(AccessError):
            seen.read(["url"])
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

    def test_secret_of_one_endpoint_opens_nothing_in_another(self):
        other = self.endpoint.copy({"name": "Copy"})
        self.assertFalse(other._secret_sudo(), "a copy has no secret")
        self.env.cr.execute(
            "UPDATE esign_endpoint SET secret_wrapped = (SELECT secret_wrapped FROM esign_endpoint WHERE id = %s)"
            " WHERE id = %s",
            (self.endpoint.id, other.id),
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            other._secret_sudo()

    def test_typed_code_and_exports_do_not_reach_the_secret(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Curious",
                "model_id": self.env["ir.model"]._get("esign.endpoint").id,
                "state": "code",
                "code": "raise UserError(record.sudo()._secret_sudo())",
            }
        )
        context = {"active_model": "esign.endpoint", "active_id": self.endpoint.id}
        with self.assertRaises(AccessError):
            action.with_context(**context).run()
        exported = self.endpoint.with_user(self.admin).export_data(["name", "secret"])["datas"]
        self.assertNotIn(SECRET, str(exported))
        with self.assertRaises(AccessError):
            self.endpoint.with_user(self.admin).export_data(["secret_wrapped"])

    def test_changes_stand_in_the_companys_trail_without_secrets(self):
        self.endpoint.url = "https://erp.example.com/other?token=hidden"
        self.endpoint.secret = "another secret"
        self.endpoint.is_released = False
        events = self._trail()
        settings = [event._details()["setting"].partition(": ")[2] for event in events]
        self.assertEqual(settings, ["url", "is_released", "url", "secret", "is_released"])
        self.assertEqual(events[2]._details()["new"], "https://erp.example.com/…")
        for secret in (SECRET, "another secret", "hidden"):
            self.assertNotIn(secret, " ".join(events.mapped("details")))

    def test_endpoint_that_moves_or_goes_is_noted_where_it_was(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.endpoint.company_id = other
        for company in self.company, other:
            self.assertIn("company_id", self._trail(company)[-1]._details()["setting"])
        self.endpoint.sudo().unlink()
        self.assertEqual(self._trail(other)[-1]._details()["new"], "")

    def _trail(self, company=None):
        domain = [("company", "=", (company or self.company).id), ("kind", "=", "gateway_changed")]
        return (
            self.env["esign.event"]
            .search(domain, order="sequence")
            .filtered(lambda event: "endpoint" in event._details()["setting"])
        )

    def test_test_of_an_endpoint_without_secret_says_what_is_missing(self):
        self.endpoint.secret = False
        with self.assertRaisesRegex(UserError, "needs a secret"):
            self.endpoint.with_user(self.admin).action_test()

    def test_address_that_is_none_is_refused(self):
        for url in (
            "ftp://example.com",
            "example.com",
            "https://user:pw@example.com",
            "javascript:alert(1)",
            "https://[1::",
            "https://x:99999/",
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
