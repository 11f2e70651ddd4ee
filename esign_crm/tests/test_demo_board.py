"""The demo data's board: in every state a request, all of it made by the product's own steps."""

from odoo.tests import TransactionCase, tagged

from ..models.esign_request import STATES
from ..tools.sealing.verify import verify


@tagged("post_install", "-at_install")
class TestDemoBoard(TransactionCase):
    """Without demo data there is nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = cls.env["ir.model.data"].search(
            [("module", "=", "esign_crm"), ("name", "=like", "demo_deal_%")]
        )
        deals = cls.env["crm.lead"].browse(known.mapped("res_id")).exists()
        cls.has_demo = bool(cls.env.ref("base.module_esign_crm").demo)
        cls.requests = cls.env["esign.request"].search([("lead_id", "in", deals.ids)])

    def test_demo_data_and_only_it_brings_requests_in_every_state(self):
        expected = {state for state, _label in STATES} if self.has_demo else set()
        self.assertEqual(set(self.requests.mapped("state")), expected)
        sides = set(
            self.requests.filtered(lambda each: each.state == "sent").stage_id.mapped("turn_side")
        )
        self.assertEqual(sides, {"own", "client"} if self.has_demo else set())

    def test_nothing_waits_to_be_sent(self):
        self.assertFalse(
            self.requests.message_out_ids.filtered(lambda each: each.state in ("queued", "sending"))
        )

    def test_trails_and_seals_are_real(self):
        for request in self.requests.filtered("chain_sequence"):
            self.assertTrue(self.env["esign.event"]._verify(request), request.name)
        for request in self.requests.filtered("sealed_sha256"):
            record = request._seal_record(
                request.sealed_sha256, request._sealed_key_fingerprint_sudo()
            )
            expected = "revoked" if request.withdrawn_at else "valid"
            self.assertEqual(verify(request._sealed_bytes(), record).verdict, expected)

    def test_moments_lie_in_the_order_of_the_steps(self):
        for request in self.requests.filtered("chain_sequence"):
            moments = request.event_ids.sorted("sequence").mapped("moment")
            self.assertEqual(moments, sorted(moments), request.name)
