"""One document for many deals: the report of who lacks what."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models import crm_lead_many
from .pdf_samples import plain_pdf
from .send_many_common import SendManyCommon


@tagged("post_install", "-at_install")
class TestEsignSendManyWizard(SendManyCommon):
    """The report."""

    def test_report_says_whom_each_deal_would_reach_and_makes_nothing(self):
        wizard = self.check(self.open())
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"ready"})
        line = self.line(wizard, self.lead)
        self.assertEqual(
            (line.client_name, line.client_address, line.own_name),
            ("Claude Client", f"SMS: {self.CLIENT}", "Dora Director"),
        )
        self.assertEqual((wizard.chosen_count, wizard.summary), (3, "Ready: 3"))
        self.assertFalse(self.leads.esign_request_ids)
        self.assertFalse(self.env["esign.send.wizard"].search([("lead_id", "in", self.leads.ids)]))

    def test_client_without_an_address_is_lacking(self):
        self.leads[1].partner_id.email = False
        self.leads[1].email_from = False
        wizard = self.open()
        self.assert_lacking(wizard, self.leads[1], "Client: Bridge Client has no e-mail address")
        self.assertEqual(wizard.chosen_count, 2)
        self.assertEqual(wizard.line_ids[0].lead_id, self.leads[1], "what is missing stands first")

    def test_client_without_an_address_of_the_chosen_channel_is_lacking(self):
        wizard = self.open(channel="sms")
        self.assert_lacking(wizard, self.leads[1], "has no phone number")
        self.assertEqual(self.line(wizard, self.lead).state, "ready")

    def test_deal_without_a_client_is_lacking(self):
        nobody = self.env["crm.lead"].create(
            {"name": "Nobody", "type": "opportunity", "user_id": self.rep.id}
        )
        self.assert_lacking(self.open(nobody), nobody, "Client: who signs")

    def test_address_of_our_own_is_lacking(self):
        self.leads[1].partner_id.email = self.rep.email
        self.leads[1].email_from = self.rep.email
        self.assert_lacking(self.open(), self.leads[1], "belongs to our own side")

    def test_missing_agreement_and_ended_authority_are_lacking(self):
        self.company.esign_agreement_policy = "demand"
        self.assert_lacking(self.open(), self.lead, "has not agreed to sign electronically")
        self.company.esign_agreement_policy = "warn"
        line = self.line(self.check(self.open()), self.lead)
        self.assertEqual(line.state, "ready")
        self.assertIn("has not agreed", line.problem)
        self.env["esign.party"].create({
            "company_id": self.company.id, "side": "client", "name": "Claude Client", "phone": self.CLIENT,
            "authority_until": fields.Date.today() - timedelta(days=2),
        })  # fmt: skip
        self.assert_lacking(self.open(), self.lead, "may not sign any more")

    def test_value_that_the_deal_does_not_have_is_lacking(self):
        value = self.env["esign.crm.value"].create(
            {"name": "Contact's name", "path": "contact_name"}
        )
        client = self.template.role_ids.filtered(lambda role: role.side == "client")
        box = self.box(
            self.template,
            client,
            "Contact",
            type="crm_value",
            crm_value_id=value.id,
            filled_by="system",
            y=0.3,
        )
        self.env["esign.field"].with_user(self.rep).create(box)
        self.leads[0].contact_name = "Claude"
        self.leads[1].contact_name = False
        wizard = self.open(self.leads[:2])
        self.assert_lacking(wizard, self.leads[1], "The deal has nothing to put into “Contact” ")
        self.assertEqual(self.line(wizard, self.leads[0]).state, "ready")

    def test_field_that_the_sender_leaves_empty_is_lacking(self):
        client = self.template.role_ids.filtered(lambda role: role.side == "client")
        box = self.box(self.template, client, "Price", filled_by="sender", y=0.3)
        self.env["esign.field"].with_user(self.rep).create(box)
        self.assert_lacking(self.open(), self.lead, "Fill in what you fill before sending: “Price”")

    def test_lead_and_lost_deal_are_lacking(self):
        lead = self._deal("Cold", type="lead")
        lost = self._deal("Lost", active=False)
        wizard = self.open(lead | lost)
        self.assert_lacking(wizard, lead, "a lead, not a deal yet")
        self.assert_lacking(wizard, lost, "lost or archived")

    def test_deal_that_one_may_not_change_is_lacking(self):
        wizard = self.open()
        self.leads[1].user_id = self.env.ref("base.user_admin")
        self.assert_lacking(wizard, self.leads[1], "You may not change this deal")

    def test_company_without_a_public_address_is_lacking(self):
        self.company.esign_public_url = False
        self.assert_lacking(self.open(), self.lead, "has no public address")

    def test_template_that_cannot_be_used_is_told_once_and_on_each_line(self):
        self.template.role_ids.filtered(lambda role: role.side == "own").copy(
            {"name": "Second", "sequence": 3}
        )
        second = self.template.role_ids.filtered(lambda role: role.name == "Second")
        self.env["esign.field"].create(
            self.box(self.template, second, "Signature", type="signature")
        )
        wizard = self.open()
        self.assertIn("Customer would sign before our side", wizard.problem)
        second.sequence = 1
        wizard = self.open()
        self.assertFalse(wizard.problem)
        self.assert_lacking(wizard, self.lead, "Second: who signs")

    def test_nothing_to_send_is_lacking(self):
        self.assert_lacking(self.open(template_id=False), self.lead, "Choose one PDF")

    def test_kind_not_for_a_simple_signature_is_lacking(self):
        self.env["esign.document.kind"].create({"name": "Act", "reason": "by our statutes."})
        self.assert_lacking(self.open(), self.lead, "not for a simple signature")

    def test_day_that_has_passed_is_told_above_the_list(self):
        wizard = self.open(deadline_on=fields.Date.today() - timedelta(days=2))
        self.assertIn("already passed", wizard.problem)
        self.assert_lacking(wizard, self.lead, "already passed")

    def test_request_under_way_is_told_and_off(self):
        request = self.use(send=True)
        line = self.line(self.check(self.open()), self.lead)
        self.assertEqual((line.state, line.is_chosen), ("open", False))
        self.assertIn(f"{request.name} for this document is under way", line.problem)
        request.action_cancel("No")
        self.assertEqual(self.line(self.check(self.open()), self.lead).state, "ready")

    def test_colleagues_request_under_way_is_told_without_its_number(self):
        request = self.use(send=True)
        request.sudo().user_id = self.env.ref("base.user_admin")
        line = self.line(self.check(self.open()), self.lead)
        self.assertEqual(line.problem, "A colleague's request for this document is under way.")

    def test_tick_that_was_taken_off_stays_off_when_one_checks_again(self):
        wizard = self.check(self.open())
        self.line(wizard, self.lead).is_chosen = False
        self.assertFalse(self.line(self.check(wizard), self.lead).is_chosen)
        self.assertEqual(wizard.chosen_count, 2)

    def test_what_was_lacking_is_ready_when_one_checks_again(self):
        self.leads[1].write({"email_from": False})
        self.leads[1].partner_id.email = False
        wizard = self.check(self.open())
        self.assertEqual(self.line(wizard, self.leads[1]).state, "lacking")
        self.leads[1].partner_id.email = "bridge@client.example.org"
        line = self.line(self.check(wizard), self.leads[1])
        self.assertEqual((line.state, line.is_chosen), ("ready", True))

    def test_file_is_sent_in_place_of_a_template(self):
        upload = self.env["ir.attachment"].with_user(self.rep).create({
            "name": "Framework 7.pdf", "raw": plain_pdf(), "res_model": "esign.send.many.wizard", "res_id": 0,
        })  # fmt: skip
        wizard = self.open(template_id=False, document_ids=[Command.set(upload.ids)])
        self.assertEqual(wizard.title, "Framework 7")
        self.send(self.check(wizard))
        self.assertEqual(set(self.leads.esign_request_ids.mapped("title")), {"Framework 7"})
        again = self.open(
            template_id=False, document_ids=[Command.set(upload.ids)], title="Framework 8"
        )
        self.assertEqual(set(self.states(self.check(again)).values()), {"open"})

    def test_garbage_is_told_above_the_list(self):
        upload = self.env["ir.attachment"].with_user(self.rep).create({
            "name": "x.pdf", "raw": b"no pdf", "res_model": "esign.send.many.wizard", "res_id": 0,
        })  # fmt: skip
        wizard = self.open(template_id=False, document_ids=[Command.set(upload.ids)])
        self.assertTrue(wizard.problem)
        self.assert_lacking(wizard, self.lead, "PDF")

    def test_judging_a_deal_costs_no_more_the_more_there_are(self):
        wizard = self.open()
        wizard.check_begin()
        facts, counts = wizard._document_facts(), []
        for line in wizard.line_ids:
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            line._judge(facts)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(max(counts[1:]), 70, counts)

    def test_too_many_deals_are_refused_in_words(self):
        with (
            patch.object(crm_lead_many, "MOST", 2),
            self.assertRaisesRegex(UserError, "You chose 3 deals. At most 2"),
        ):
            self.open()

    def test_changed_choice_asks_for_another_check_in_the_form(self):
        wizard = self.check(self.open())
        self.assertTrue(wizard.is_checked)
        with Form(wizard) as form:
            form.deadline_on = fields.Date.today() + timedelta(days=9)
            self.assertFalse(form.is_checked)
        with self.assertRaisesRegex(UserError, "check again"):
            self.send(wizard)
        self.assertFalse(self.leads.esign_request_ids)
