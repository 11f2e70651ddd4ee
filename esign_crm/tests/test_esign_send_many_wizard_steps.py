"""One document for many deals: sending step by step, each deal once."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..wizard import esign_send_many_wizard_steps
from .send_many_common import SendManyCommon


@tagged("post_install", "-at_install")
class TestEsignSendManyWizardSteps(SendManyCommon):
    """Sending."""

    def test_chosen_deals_get_one_request_each_with_the_common_choices(self):
        day = fields.Date.today() + timedelta(days=9)
        wizard = self.check(self.open(deadline_on=day, signer_note="As agreed."))
        self.line(wizard, self.leads[2]).is_chosen = False
        self.send(wizard)
        self.assertEqual(
            self.states(wizard), {self.lead.name: "sent", "Bridge": "sent", "Tower": "ready"}
        )
        requests = wizard.line_ids.request_id
        self.assertEqual(requests.lead_id, self.leads[:2])
        self.assertEqual(set(requests.mapped("state")), {"sent"})
        self.assertEqual(requests.template_id, self.template)
        self.assertEqual(set(requests.mapped("signer_note")), {"As agreed."})
        self.assertTrue(all(request.deadline_at.date() >= day for request in requests))
        self.assertEqual(requests.user_id, self.rep)
        action = wizard.action_open_requests()
        self.assertEqual(set(action["domain"][0][2]), set(requests.ids))
        self.deliver()
        self.assertEqual(len(self.wires.mails_to(self.DIRECTOR)), 2)

    def test_sending_again_sends_nothing_twice(self):
        wizard = self.send(self.check(self.open()))
        self.send(wizard)
        self.send(self.check(wizard))
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 1, 1])
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"sent"})
        self.assertEqual(wizard.open_count, 0)

    def test_second_page_of_the_same_deals_sends_nothing_twice(self):
        first, second = self.check(self.open()), self.check(self.open())
        self.send(first)
        self.send(second)
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 1, 1])
        self.assertEqual(set(second.line_ids.mapped("state")), {"open"})

    def test_deal_with_a_request_is_sent_to_when_it_is_ticked_on_purpose(self):
        self.use(send=True)
        wizard = self.check(self.open(self.lead))
        wizard.line_ids.is_chosen = True
        self.send(wizard)
        self.assertEqual(wizard.line_ids.state, "sent")
        self.assertEqual(len(self.lead.esign_request_ids), 2)

    def test_one_that_fails_keeps_no_other_and_leaves_nothing_behind(self):
        wizard = self.check(self.open())
        send, bad = type(self.env["esign.request"]).action_send, self.leads[1]
        words = "Not today."

        def refuse(requests):
            if requests.lead_id == bad:
                raise UserError(words)
            return send(requests)

        with patch.object(type(self.env["esign.request"]), "action_send", refuse):
            self.send(wizard)
        line = self.line(wizard, bad)
        self.assertEqual((line.state, line.problem), ("failed", words))
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 0, 1])
        self.assertEqual(wizard.line_ids[0], line)
        self.send(self.check(wizard))
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"sent"})

    def test_unexpected_error_of_one_is_told_and_keeps_no_other(self):
        wizard = self.check(self.open())
        send, bad = type(self.env["esign.request"]).action_send, self.leads[1]

        def break_down(requests):
            if requests.lead_id == bad:
                raise ZeroDivisionError
            return send(requests)

        steps = "odoo.addons.esign_crm.wizard.esign_send_many_wizard_steps"
        with (
            patch.object(type(self.env["esign.request"]), "action_send", break_down),
            mute_logger(steps),
        ):
            self.send(wizard)
        self.assertEqual(self.line(wizard, bad).state, "failed")
        self.assertIn("unexpected error", self.line(wizard, bad).problem)
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 0, 1])

    def test_request_that_needs_approval_waits_and_is_not_made_again(self):
        self.company.write({"esign_approval_by": "managers", "esign_approval_amount": 10_000})
        self.leads.expected_revenue = 100
        self.lead.expected_revenue = 12_000
        wizard = self.send(self.check(self.open()))
        line = self.line(wizard, self.lead)
        self.assertEqual(line.state, "waits")
        self.assertRegex(line.problem, r"ES\d+ is not sent yet. It needs approval by ")
        self.assertEqual(
            (line.request_id.state, line.request_id.approval_id.state), ("draft", "asked")
        )
        self.assertEqual({"waits", "sent"}, set(self.states(wizard).values()))
        self.send(self.check(wizard))
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 1, 1])

    def test_what_became_lacking_since_the_check_is_not_sent(self):
        wizard = self.check(self.open())
        self.leads[1].email_from = False
        self.leads[1].partner_id.email = False
        self.send(wizard)
        self.assertEqual(self.line(wizard, self.leads[1]).state, "lacking")
        self.assertFalse(self.leads[1].esign_request_ids)

    def test_step_ends_when_its_seconds_are_over_and_the_next_goes_on(self):
        with patch.object(esign_send_many_wizard_steps, "SECONDS", 0):
            wizard = self.open()
            wizard.check_begin()
            self.assertEqual([wizard.check_some()["left"] for _step in range(3)], [2, 1, 0])
            self.assertEqual([self.send_step(wizard) for _step in range(3)], [2, 1, 0])
        self.assertEqual([len(lead.esign_request_ids) for lead in self.leads], [1, 1, 1])
