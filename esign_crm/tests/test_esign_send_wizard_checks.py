"""What the sending wizard refuses: beside the field while one types, and again when one sends."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .send_common import SendCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizardChecks(SendCommon):
    """One sentence each; nothing is made or sent."""

    def party(self, **values):
        values = {"company_id": self.company.id, "side": "client", "name": "Claude Client"} | values
        return self.env["esign.party"].create(values)

    def assert_refused(self, form, field, words):
        self.assertRegex(form[field] or "", words)
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            form.save().action_send()
        self.assertFalse(self.lead.esign_request_ids)

    def test_form_in_order_has_no_problem(self):
        form = self.filled()
        for name in (
            "own_problem", "client_problem", "client_warning", "kind_problem", "template_problem", "deadline_problem",
            "more_problem", "left_out",
        ):  # fmt: skip
            self.assertFalse(form[name], name)

    def test_channel_without_address_is_told(self):
        form = self.filled()
        form.client_channel = "email"
        self.assertIn("has no e-mail address: enter one, or choose SMS", form.client_problem)
        form.client_channel, form.client_phone = "sms", False
        self.assertIn("has no phone number: enter one, or choose e-mail", form.client_problem)
        form.client_name = False
        self.assertFalse(form.client_problem)

    def test_number_of_a_country_that_the_company_does_not_write_to(self):
        self.company.esign_sms_country_ids = [Command.set(self.env.ref("base.it").ids)]
        form = self.filled()
        self.assertFalse(form.client_problem)
        form.client_phone = "+48 601 234 567"
        form.client_channel, form.client_email = "email", "claude@client.example.org"
        self.assertFalse(form.client_problem)
        form.client_channel = "sms"
        self.assert_refused(form, "client_problem", r"country \(PL\) to which the company sends no")

    def test_number_that_costs_extra(self):
        form = self.filled()
        form.client_phone = "+33 899 12 34 56"
        self.assert_refused(form, "client_problem", "a service that costs extra")

    def test_phone_of_a_colleague_is_refused_for_the_client(self):
        self.rep.partner_id.phone = "+33 6 99 88 77 66"
        form = self.filled()
        form.client_phone = "06 99 88 77 66"
        self.assert_refused(form, "client_problem", "belongs to our own side")

    def test_own_signers_mailbox_by_another_name_is_refused_for_the_client(self):
        form = self.filled()
        form.client_channel = "email"
        form.client_email = self.DIRECTOR.replace("@", "+client@")
        self.assert_refused(form, "client_problem", "our own signer's address")

    def test_expired_authority_of_either_side(self):
        yesterday = fields.Date.today() - timedelta(days=2)
        ours = self.party(side="own", name="Dora Director", email=self.DIRECTOR)
        theirs = self.party(phone=self.CLIENT)
        ours.authority_until = yesterday
        form = self.filled()
        self.assert_refused(
            form, "own_problem", "Dora Director may not sign any more: the authority"
        )
        ours.authority_until, theirs.authority_until = False, yesterday
        form = self.filled()
        self.assertFalse(form.own_problem)
        self.assert_refused(form, "client_problem", "Claude Client may not sign any more")

    def test_missing_agreement_is_refused_or_warned_of(self):
        self.party(phone=self.CLIENT)
        self.company.esign_agreement_policy = "warn"
        form = self.filled()
        self.assertFalse(form.client_problem)
        self.assertIn("has not agreed to sign electronically yet", form.client_warning)
        self.company.esign_agreement_policy = "demand"
        self.assert_refused(
            self.filled(), "client_problem", "has not agreed to sign electronically"
        )

    def test_kind_not_for_a_simple_signature(self):
        self.env["esign.document.kind"].create({"name": "Act", "reason": "by our statutes."})
        form = self.filled()
        self.assert_refused(form, "kind_problem", "“Act” is not for a simple signature: by our")

    def test_day_that_has_passed(self):
        form = self.filled()
        form.deadline_on = fields.Date.today() - timedelta(days=2)
        self.assert_refused(form, "deadline_problem", "already passed")

    def test_authority_of_the_directory_goes_into_the_request(self):
        self.party(
            side="own", name="Dora Director", email=self.DIRECTOR, position="CEO",
            authority_kind="attorney", authority_number="12",
        )  # fmt: skip
        signer = self.sent(self.filled()).signer_ids[0]
        self.assertEqual((signer.position, signer.authority), ("CEO", "power of attorney no. 12"))
