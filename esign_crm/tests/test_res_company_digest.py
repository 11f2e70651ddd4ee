"""The weekly digest: to whom, about what, once a week."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestResCompanyDigest(EsignCommon):
    """A company of its own, so that whatever else the database holds is not told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "digest_manager", groups="esign_crm.group_manager",
            name="Mary Manager", email="mary@vendor.example.com",
        )  # fmt: skip
        cls.env["res.company"].search([("id", "!=", cls.company.id)]).esign_digest = False
        cls.company.esign_digest = True
        cls.env["esign.request"].search([]).write({"user_id": cls.env.user.id})

    def setUp(self):
        super().setUp()
        self.enterContext(
            self.enter_registry_test_mode()
        )  # the cron works in transactions of its own

    def digests(self):
        """Run the cron as in a new week and return the mails to the manager."""
        self.company.sudo().esign_digest_week = False
        before = self.env["mail.mail"].search([])
        self.env.flush_all()
        self.env["res.company"]._cron_esign_digest()
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([]) - before
        return mails.filtered(lambda mail: self.manager.email in mail.email_to)

    def test_manager_reads_what_is_late_declined_locked_and_delayed_by_us(self):
        now = fields.Datetime.now()
        late = self.make_request()
        late._set_system_sudo(deadline_at=now - timedelta(days=1))
        ours = self.make_request()
        own = ours.signer_ids.filtered(lambda each: each.side == "own")
        own._set_system_sudo(invited_at=now - timedelta(days=5), is_locked=True)
        body = self.digests().body_html
        for request in (late, ours):
            self.assertIn(request.name, body)
            self.assertIn(f"/odoo/e-signature/{request.id}", body)
        self.assertIn("Late, or due within a day", body)
        self.assertIn("Dora Director, days: 5", body)
        self.assertIn("Locked: too many codes", body)
        self.assertNotIn("/esign/s/", body)
        self.assertNotIn(self.DIRECTOR, body)

    def test_same_week_is_told_once(self):
        self.make_request()._set_system_sudo(deadline_at=fields.Datetime.now() - timedelta(days=1))
        self.assertTrue(self.digests())
        before = self.env["mail.mail"].search_count([])
        self.env["res.company"]._cron_esign_digest()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_switched_off_nobody_is_told(self):
        self.make_request()._set_system_sudo(deadline_at=fields.Datetime.now() - timedelta(days=1))
        self.company.esign_digest = False
        self.assertFalse(self.digests())

    def test_title_of_a_request_is_text_and_no_markup(self):
        request = self.make_request()
        request._set_system_sudo(
            deadline_at=fields.Datetime.now() - timedelta(days=1),
            title="<script>alert(1)</script> {{ 7*7 }}",
        )
        body = self.digests().body_html
        self.assertNotIn("<script>", body)
        self.assertIn("{{ 7*7 }}", body)

    def test_bounced_message_is_told_until_a_later_one_went_out(self):
        request = self.make_request()
        self.deliver_or_bounce(request)
        self.assertIn("A message did not arrive", self.digests().body_html)

    def deliver_or_bounce(self, request):
        """Let the invitation come back."""
        message = request.message_out_ids.sudo()[:1]
        message._set_state("sending")
        message._set_state("sent")
        message._set_state("bounced", error="550 no such mailbox")
