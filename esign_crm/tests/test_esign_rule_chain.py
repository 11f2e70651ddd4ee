"""Rules that set each other off: stopped and named."""

import base64

from odoo.tests import tagged

from .pdf_samples import plain_pdf
from .rule_common import RuleCommon

SEND_AGAIN = """
signers = [
    {"side": each.side, "role": each.role, "name": each.name, "email": each.email, "phone": each.phone,
     "channel": each.channel, "sequence": each.sequence}
    for each in record.signer_ids
]
env["esign.request"].create_from_deal(
    record.lead_id.id, document={"name": "again.pdf", "content": "%s"}, signers=signers, send=True
)
"""


@tagged("post_install", "-at_install")
class TestRuleChain(RuleCommon):
    """A rule never runs twice in one chain, and a chain never grows beyond three."""

    def setUp(self):
        """Know which requests were there before."""
        super().setUp()
        self.known = self.env["esign.request"].search([])

    def _sends_again(self):
        return self.code_action(
            SEND_AGAIN % base64.b64encode(plain_pdf()).decode(), model="esign.request"
        )

    def _new_requests(self):
        return self.env["esign.request"].search([("id", "not in", self.known.ids)], order="id")

    def test_rule_that_sets_itself_off_is_stopped_and_named(self):
        rule = self.rule(
            action="server_action", server_action_id=self._sends_again().id, name="Send again"
        )
        self.make_request()
        self.run_rules()
        first, second = self._new_requests()
        self.assertEqual(first.rule_run_ids.state, "done", first.rule_run_ids.words)
        stopped = second.rule_run_ids
        self.assertEqual((stopped.state, stopped.rule_id), ("failed", rule))
        self.assertTrue(stopped.is_stopped)
        self.assertIn("“Send again” → “Send again”", second.rule_failure)

    def test_two_rules_in_a_circle_are_stopped_and_named(self):
        cancel = self.code_action(
            "record._close('expired')\nenv['esign.event']._append(record, 'expired', {})",
            model="esign.request",
        )
        self.rule(name="On sending", action="server_action", server_action_id=cancel.id)
        self.rule(
            name="On the end",
            trigger="expired",
            action="server_action",
            server_action_id=self._sends_again().id,
        )
        self.make_request()
        self.run_rules()
        first, second = self._new_requests()
        self.assertEqual((first.state, second.state), ("expired", "sent"))
        self.assertIn("“On sending” → “On the end” → “On sending”", second.rule_failure)

    def test_stopped_run_is_not_repeated_by_hand(self):
        self.rule(action="server_action", server_action_id=self._sends_again().id)
        self.make_request()
        self.run_rules()
        stopped = self._new_requests()[-1].rule_run_ids
        with self.assertRaisesRegex(Exception, "Only what failed"):
            stopped.with_user(self.manager).action_retry()

    def test_chain_of_more_than_three_is_stopped(self):
        again = self._sends_again()
        raise_amount = (
            "record.lead_id.write({'expected_revenue': record.lead_id.expected_revenue + 1})\n"
        )
        again.with_user(self.admin).code = raise_amount + again.code
        for number in range(4):
            self.rule(
                name=f"Rule {number}", action="server_action", server_action_id=again.id,
                amount_from=number, amount_to=number + 0.5,
            )  # fmt: skip
        self.lead.expected_revenue = 0.2
        self.make_request()
        self.run_rules()
        runs = self._new_requests().rule_run_ids.sorted("id")
        self.assertEqual(
            runs.mapped("state"), ["done", "done", "done", "failed"], runs.mapped("words")
        )
        self.assertIn("too many rules", runs[-1].words)
        self.assertIn("“Rule 0” → “Rule 1” → “Rule 2” → “Rule 3”", runs[-1].words)

    def test_deal_moved_by_a_rule_knows_its_cause_through_an_automation(self):
        """A write that a rule makes may have others send a request, whatever they do with the context."""
        again = self._sends_again()
        again.with_user(self.admin).code = (
            "record = record.with_context({}).with_user(env.user)\n" + again.code
        )
        self.rule(action="server_action", server_action_id=again.id, name="Forgetful")
        self.make_request()
        self.run_rules()
        self.assertIn("“Forgetful” → “Forgetful”", self._new_requests()[-1].rule_failure)

    def test_message_that_a_rule_had_sent_does_not_start_it_again(self):
        remind = self.code_action("record.action_remind()", model="esign.request")
        self.rule(
            name="Ask again", trigger="bounced", action="server_action", server_action_id=remind.id
        )
        request = self.make_request()
        self.deliver()
        self._bounce(request.message_out_ids)
        self.run_rules()
        self.assertEqual(self.last_run(request).state, "done", self.last_run(request).words)
        self.deliver()
        self._bounce(request.message_out_ids.filtered(lambda each: each.purpose == "reminder"))
        self.run_rules()
        self.assertIn("“Ask again” → “Ask again”", request.rule_failure)
        self.assertEqual(len(request.message_out_ids), 2)

    def _bounce(self, message):
        message._set_state("bounced", error="mailbox full")
        self.env.flush_all()
        message._tell()
        self.env.invalidate_all()

    def test_person_who_sends_again_begins_a_chain_of_its_own(self):
        self.rule()
        self.make_request()
        self.run_rules()
        self.lead.stage_id = self.first
        request = self.make_request()
        self.run_rules()
        self.assertEqual(request.rule_run_ids.state, "done")
