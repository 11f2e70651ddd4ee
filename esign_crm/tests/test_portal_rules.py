"""Rules behind real signatures on the public page: every trigger with every action, as the owner."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.esign_rule import ACTIONS, TRIGGERS
from .common import EsignHttpCommon
from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestPortalRules(RuleCommon, EsignHttpCommon):
    """The flow as people walk it."""

    def test_every_trigger_sets_off_every_action(self):
        flows = {
            "_walk_to_the_seal": (
                "sent",
                "page_shown",
                "signer_signed",
                "own_signed",
                "all_signed",
            ),
            "_walk_to_a_refusal": ("declined",),
            "_let_the_deadline_pass": ("expired",),
            "_let_a_message_bounce": ("bounced",),
            "_let_days_pass": ("not_opened", "own_idle"),
        }
        self.assertEqual({name for names in flows.values() for name in names}, set(dict(TRIGGERS)))
        action = self.code_action("record.write({'description': 'by a server action'})")
        self.endpoint = self.env["esign.endpoint"].create(
            {"name": "ERP", "url": "https://erp.example.com/esign", "company_id": self.company.id}
        )
        self.reason = self.env["crm.lost.reason"].create({"name": "Did not sign"})
        for flow, triggers in flows.items():
            rules = [
                self._rule_for(trigger, done, action)
                for trigger in triggers
                for done in self._effects()
            ]
            request = getattr(self, flow)()
            for rule in rules:
                with self.subTest(trigger=rule.trigger, action=rule.action):
                    self._assert_effect(rule, request)
            for rule in rules:
                rule.active = False

    def _effects(self):
        """Return action → whether the deal shows its effect."""
        lead = self.lead
        effects = {
            "move": lambda: lead.stage_id == self.second,
            "won": lambda: lead.won_status == "won",
            "lost": lambda: lead.won_status == "lost" and lead.lost_reason_id == self.reason,
            "assign": lambda: lead.user_id == self.manager,
            "activity": lambda: "Call now" in lead.activity_ids.mapped("summary"),
            "note": lambda: "A note by a rule" in "".join(lead.message_ids.mapped("body")),
            "webhook": lambda: self.endpoint.call_count == 1,
            "server_action": lambda: "by a server action" in (lead.description or ""),
        }
        self.assertEqual(set(effects), set(dict(ACTIONS)))
        return effects

    def _rule_for(self, trigger, action, server_action):
        return self.rule(
            trigger=trigger, action=action, days=2, lost_reason_id=self.reason.id, assigned_user_id=self.manager.id,
            activity_summary="Call now", note="A note by a rule", server_action_id=server_action.id,
            endpoint_id=self.endpoint.id,
        )  # fmt: skip

    def _assert_effect(self, rule, request):
        """Run one rule on the deal as it was before, and look at it."""
        self.lead.write(
            {
                "active": True,
                "stage_id": self.first.id,
                "user_id": self.rep.id,
                "description": False,
            }
        )
        self.lead.write({"probability": 10, "lost_reason_id": False})
        self.lead.activity_ids.unlink()
        self.lead.message_ids.unlink()
        self.env.cr.execute(
            "DELETE FROM esign_webhook_call WHERE endpoint_id = %s", (self.endpoint.id,)
        )
        self.env.invalidate_all()
        run = request.rule_run_ids.filtered(lambda each: each.rule_id == rule)[:1]
        self.assertTrue(run, "nothing was queued")
        is_shown = self._effects()[rule.action]
        self.assertFalse(is_shown())
        run._set_state("running", attempts=1)
        self.env.flush_all()
        self.env["esign.rule.run"]._work(run.id, 1)
        self.env.invalidate_all()
        self.assertEqual(run.state, "done", run.words)
        self.assertTrue(is_shown())

    def _walk_to_the_seal(self):
        request = self.make_request()
        self.deliver()
        self.step(self.browser(), self.wires.last_token(self.DIRECTOR), "opened")
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        return request

    def _walk_to_a_refusal(self):
        request = self.make_request()
        self.deliver()
        token, browser = self.wires.last_token(self.DIRECTOR), self.browser()
        self.confirm(browser, token, self.DIRECTOR)
        self.step(browser, token, "decline", reason="The amount is wrong")
        self.env.invalidate_all()
        return request

    def _let_the_deadline_pass(self):
        request = self.make_request()
        late = fields.Datetime.now() - timedelta(days=1)
        self.env.cr.execute(
            "UPDATE esign_request SET deadline_at = %s WHERE id = %s", (late, request.id)
        )
        self.env.invalidate_all()
        self.env["esign.request"]._cron_expire()
        return request

    def _let_a_message_bounce(self):
        request = self.make_request()
        self.deliver()
        request.message_out_ids._set_state("bounced", error="mailbox full")
        self.env.flush_all()
        request.message_out_ids._tell()
        return request

    def _let_days_pass(self):
        request = self.make_request()
        director = request.signer_ids.filtered(lambda signer: signer.side == "own")
        director._set_system_sudo(invited_at=fields.Datetime.now() - timedelta(days=3))
        self.env.flush_all()
        self.env["esign.rule"]._cron_clock()
        self.env.invalidate_all()
        return request

    # --- as whom ---------------------------------------------------------------------------------------------------

    def test_public_signature_runs_its_rule_as_the_owner(self):
        code = "record.write({'description': f'{env.uid} {env.su} {env.user.id}'})"
        self.rule(
            trigger="own_signed", action="server_action", server_action_id=self.code_action(code).id
        )
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.env.invalidate_all()
        self.assertFalse(self.lead.description, "nothing runs in the signer's own call")
        self.run_rules()
        self.assertEqual(request.rule_run_ids.state, "done", request.rule_run_ids.words)
        self.assertIn(f"{self.manager.id} False {self.manager.id}", self.lead.description)

    @mute_logger("odoo.addons.esign_crm.models.esign_rule_run_queue")
    def test_failing_rule_blocks_no_signature_and_is_shown(self):
        broken = self.code_action("raise Exception('no luck')")
        self.rule(trigger="own_signed", action="server_action", server_action_id=broken.id)
        self.rule(user=self.plain_manager, trigger="own_signed")
        request = self.make_request()
        answer, _token, _browser = self.walk(self.DIRECTOR, "Dora Director")
        self.run_rules()
        self.assertEqual(answer["state"], "signed")
        answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.env.invalidate_all()
        self.assertEqual((answer["sealed"], request.state), (True, "done"))
        self.assertIn("has no rights", request.rule_failure)

    def test_shipped_rules_move_the_deal_with_its_signatures(self):
        self.env["esign.rule"].with_context(active_test=False).search([]).active = False
        shipped = [
            self.env.ref(f"esign_crm.esign_rule_{name}")
            for name in ("own_signed", "all_signed", "declined", "own_idle")
        ]
        shipped[0].target_stage_id = self.second
        for rule in shipped:
            rule.active = True
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.run_rules()
        self.assertEqual(self.lead.stage_id, self.second)
        self.walk(self.CLIENT, "Claude Client")
        self.run_rules()
        self.assertEqual(self.lead.won_status, "won")
        refused = self._walk_to_a_refusal()
        self.run_rules()
        self.assertEqual(
            self.lead.activity_ids.mapped("summary"), ["The document was declined: ask why"]
        )
        self.assertEqual(self.lead.activity_ids.user_id, self.rep)
        self.assertEqual(self.lead.won_status, "won")
        self.assertFalse((request | refused).filtered("rule_failure"))
