"""Stages: where requests land, and what a manager may not take away."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignStage(EsignCommon):
    """The eight stages of the box and those that a manager adds."""

    def setUp(self):
        super().setUp()
        self.stages = self.env["esign.stage"]

    def test_each_state_has_its_stage(self):
        for state, _label in self.stages._fields["state"].selection:
            self.assertEqual(self.stages._for_state(state).state, state)

    def test_sent_lands_by_turn(self):
        self.assertEqual(
            self.stages._for_state("sent", "own"), self.env.ref("esign_crm.esign_stage_own")
        )
        self.assertEqual(
            self.stages._for_state("sent", "client"), self.env.ref("esign_crm.esign_stage_client")
        )

    def test_first_stage_of_a_state_is_where_requests_land(self):
        first = self.stages.create({"name": "Being prepared", "state": "draft", "sequence": 1})
        self.assertEqual(self.stages._for_state("draft"), first)

    def test_last_stage_of_a_state_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "at least one stage"):
            self.env.ref("esign_crm.esign_stage_declined").unlink()

    def test_last_stage_of_a_turn_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "at least one stage"):
            self.env.ref("esign_crm.esign_stage_client").unlink()

    def test_last_stage_of_a_state_cannot_change_state(self):
        with self.assertRaisesRegex(UserError, "at least one stage|holds requests"):
            self.env.ref("esign_crm.esign_stage_declined").state = "expired"

    def test_second_stage_can_be_deleted(self):
        second = self.stages.create({"name": "Refused in words", "state": "declined"})
        second.unlink()
        self.assertFalse(second.exists())

    def test_stage_with_requests_cannot_be_deleted(self):
        second = self.stages.create({"name": "Being checked", "state": "draft"})
        self.make_request(send=False).stage_id = second
        with self.assertRaisesRegex(UserError, "still holds requests"):
            second.unlink()

    def test_stage_with_requests_cannot_change_state(self):
        second = self.stages.create({"name": "Being checked", "state": "draft"})
        self.make_request(send=False).stage_id = second
        with self.assertRaisesRegex(UserError, "holds requests"):
            second.state = "sealing"

    def test_stage_with_requests_cannot_change_sides(self):
        second = self.stages.create({"name": "In the drawer", "state": "sent", "turn_side": "own"})
        self.make_request().stage_id = second
        with self.assertRaisesRegex(UserError, "holds requests"):
            second.turn_side = "client"

    def test_request_moves_by_hand_inside_its_state_only(self):
        second = self.stages.create({"name": "Being checked", "state": "draft"})
        request = self.make_request(send=False).with_user(self.rep)
        request.stage_id = second
        with self.assertRaisesRegex(UserError, "by hand"):
            request.stage_id = self.env.ref("esign_crm.esign_stage_done")

    def test_sent_request_cannot_be_put_into_the_clients_turn(self):
        request = self.make_request().with_user(self.rep)
        with self.assertRaisesRegex(UserError, "by hand"):
            request.stage_id = self.env.ref("esign_crm.esign_stage_client")
