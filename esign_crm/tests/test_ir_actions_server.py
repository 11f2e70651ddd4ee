"""The server action *Send for signature*, alone and behind Odoo's Automation Rules."""

import base64

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.base.models.ir_actions import ServerActionWithWarningsError

from .common import EsignCommon
from .pdf_samples import plain_pdf


@tagged("post_install", "-at_install")
class TestIrActionsServer(EsignCommon):
    """Who sends, what is sent, and what happens when it cannot be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.email = "claude@client.example.org"
        cls.company.esign_own_partner_id = cls.env["res.partner"].create(
            {"name": "Dora Director", "email": cls.DIRECTOR}
        )

    def action(self, **values):
        lead_model = self.env["ir.model"]._get("crm.lead")
        vals = {"name": "Send it", "model_id": lead_model.id, "state": "esign_send"}
        return self.env["ir.actions.server"].create(vals | values)

    def attach(self, name="contract.pdf", content=None, mimetype="application/pdf"):
        vals = {"name": name, "raw": content or plain_pdf(), "mimetype": mimetype}
        return self.env["ir.attachment"].create(
            vals | {"res_model": "crm.lead", "res_id": self.lead.id}
        )

    def run_as(self, user, action, **changes):
        ids = self.lead.ids
        context = {"active_model": "crm.lead", "active_id": ids[0], "active_ids": ids}
        action.with_env(action.env(user=user, **{"su": False} | changes)).with_context(
            **context
        ).run()
        return self.env["esign.request"].search([("lead_id", "in", ids)])

    def words_on(self, lead):
        return " ".join(lead.activity_ids.mapped(lambda each: f"{each.summary} {each.note}"))

    def test_deal_without_a_salesperson_is_sent_by_nobody_and_a_manager_is_told(self):
        self.attach()
        self.lead.user_id = self.lead.team_id = False
        manager = new_test_user(
            self.env, "act_manager", groups="esign_crm.group_manager", email="m@vendor.example.com"
        )
        for user in (self.env.ref("base.user_root"), self.env.ref("base.public_user")):
            self.assertFalse(self.run_as(user, self.action(), su=True))
        self.assertIn("no salesperson", self.words_on(self.lead))
        self.assertIn(manager, self.env.ref("esign_crm.group_manager").all_user_ids)
        told = self.lead.activity_ids.user_id
        self.assertTrue(told)
        self.assertTrue(all(each.has_group("esign_crm.group_manager") for each in told))

    def test_newest_pdf_is_sent_as_the_one_who_acts(self):
        self.attach("old.pdf")
        self.attach("new.pdf", plain_pdf(2))
        self.attach("notes.txt", b"notes", "text/plain")
        request = self.run_as(self.rep, self.action())
        self.assertEqual((request.state, request.user_id), ("sent", self.rep))
        self.assertEqual(request.frozen_document_id.page_count, 2)
        own = request.signer_ids.filtered(lambda each: each.side == "own")
        self.assertEqual((own.name, own.state), ("Dora Director", "invited"))

    def test_draft_is_left_when_it_is_not_to_be_sent_at_once(self):
        self.attach()
        self.assertEqual(self.run_as(self.rep, self.action(esign_is_sent=False)).state, "draft")

    def test_deal_without_pdf_gets_an_activity_that_says_so(self):
        self.assertFalse(self.run_as(self.rep, self.action()))
        self.assertIn("No PDF is attached", self.words_on(self.lead))
        self.assertEqual(self.lead.activity_ids.user_id, self.rep)

    def test_what_cannot_be_signed_is_said_and_leaves_no_half_request(self):
        self.attach(content=b"%PDF-1.4 rubbish")
        self.assertFalse(self.run_as(self.rep, self.action()))
        self.assertIn("contract.pdf", self.words_on(self.lead))

    def test_last_document_is_sent_again_with_its_signers(self):
        first = self.make_request()
        requests = self.run_as(self.rep, self.action(esign_source="again"))
        again = requests - first
        self.assertEqual(again.state, "sent")
        self.assertEqual(again.signer_ids.mapped("name"), first.signer_ids.mapped("name"))

    def test_nothing_sent_before_cannot_be_sent_again(self):
        self.assertFalse(self.run_as(self.rep, self.action(esign_source="again")))
        self.assertIn("Nothing was sent", self.words_on(self.lead))

    def test_other_models_are_refused_before_anything_runs(self):
        partner_model = self.env["ir.model"]._get("res.partner")
        action = self.action(model_id=partner_model.id)
        self.assertIn("from deals only", action.warning)
        with self.assertRaises(ServerActionWithWarningsError):
            action.with_context(active_model="res.partner", active_id=self.partner.id).run()

    def test_automation_gives_no_right_that_the_person_does_not_have(self):
        """Automation Rules run server actions with all rights."""
        stranger = new_test_user(self.env, "stranger", groups="sales_team.group_sale_salesman")
        self.attach()
        self.assertFalse(self.run_as(stranger, self.action(), su=True))
        self.assertIn("not sent", self.words_on(self.lead))

    def test_what_the_clock_sets_off_is_sent_as_the_salesperson(self):
        self.attach()
        request = self.run_as(self.env.ref("base.user_root"), self.action())
        self.assertEqual((request.user_id, request.state), (self.rep, "sent"))

    def test_name_and_models_are_proposed(self):
        action = self.env["ir.actions.server"].new({"state": "esign_send"})
        self.assertEqual(action._generate_action_name(), "Send for signature")
        self.assertEqual(action.available_model_ids.mapped("model"), ["crm.lead"])


@tagged("post_install", "-at_install")
class TestAutomationRules(EsignCommon):
    """Where ``base_automation`` is installed, as in the database with demo data, its rules work on requests and deals."""

    def automation(self, model, **values):
        model_id = self.env["ir.model"]._get(model).id
        action = values.pop("action")
        return self.env["base.automation"].create(
            {
                "name": "Our automation",
                "model_id": model_id,
                "action_server_ids": [Command.create({"model_id": model_id} | action)],
            }
            | values
        )

    def field(self, model, name):
        return self.env["ir.model.fields"]._get(model, name).id

    def test_state_and_stage_triggers_move_the_deal_by_a_dotted_update(self):
        if "base.automation" not in self.env:
            # without the application there is no trigger to set off: the fields it looks for must be there all the same
            fields = self.env["esign.request"]._fields
            self.assertEqual(
                (fields["state"].type, fields["stage_id"].type, fields["lead_id"].type),
                ("selection", "many2one", "many2one"),
            )
            return
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        selection = self.env["ir.model.fields.selection"].search(
            [("field_id", "=", self.field("esign.request", "state")), ("value", "=", "cancelled")]
        )
        self.automation(
            "esign.request",
            trigger="on_state_set",
            trg_selection_field_id=selection.id,
            trigger_field_ids=[Command.set([self.field("esign.request", "state")])],
            filter_domain="[('state', '=', 'cancelled')]",
            action={
                "name": "Win the deal",
                "state": "object_write",
                "update_path": "lead_id.stage_id",
                "value": won.id,
                "resource_ref": f"crm.stage,{won.id}",
                "evaluation_type": "value",
            },
        )
        request = self.make_request()
        request.with_user(self.rep).action_cancel("no more")
        self.assertEqual(self.lead.stage_id, won)

    def test_stage_trigger_of_requests_writes_to_the_deal(self):
        stage = self.env["esign.stage"]._for_state("sent", "client")
        if "base.automation" not in self.env:
            self.assertEqual(
                self.env["esign.request"]._fields["stage_id"].comodel_name, stage._name
            )
            return
        self.automation(
            "esign.request",
            trigger="on_stage_set",
            trg_field_ref=stage.id,
            trigger_field_ids=[Command.set([self.field("esign.request", "stage_id")])],
            filter_domain=f"[('stage_id', '=', {stage.id})]",
            action={
                "name": "Note the client's turn",
                "state": "object_write",
                "update_path": "lead_id.referred",
                "value": "the client signs now",
                "evaluation_type": "value",
            },
        )
        request = self.make_request()
        self.assertNotEqual(request.stage_id, stage)
        self.assertFalse(self.lead.referred)
        request.signer_ids.filtered(lambda each: each.side == "own")._move("opened")
        own = request.signer_ids.filtered(lambda each: each.side == "own")
        own._move("confirmed")
        own._move("signed")
        request._set_system_sudo(stage_id=request._stage_for_state().id)
        self.assertEqual(self.lead.referred, "the client signs now")

    def test_deal_that_enters_a_stage_sends_its_pdf(self):
        stage = self.env["crm.stage"].create({"name": "To be signed"})
        self.partner.email = "claude@client.example.org"
        self.company.esign_own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        self.env["ir.attachment"].create(
            {
                "name": "contract.pdf",
                "datas": base64.b64encode(plain_pdf()),
                "res_model": "crm.lead",
                "res_id": self.lead.id,
            }
        )
        if "base.automation" in self.env:
            self.automation(
                "crm.lead",
                trigger="on_stage_set",
                trg_field_ref=stage.id,
                trigger_field_ids=[Command.set([self.field("crm.lead", "stage_id")])],
                filter_domain=f"[('stage_id', '=', {stage.id})]",
                action={"name": "Send", "state": "esign_send"},
            )
        self.lead.with_user(self.rep).stage_id = stage
        request = self.env["esign.request"].search([("lead_id", "=", self.lead.id)])
        expected = ["sent"] if "base.automation" in self.env else []
        self.assertEqual(request.mapped("state"), expected)
