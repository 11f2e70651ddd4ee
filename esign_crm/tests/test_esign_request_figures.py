"""Times to sign and completion rate: figures that leave out what has none."""

from odoo.tests import tagged

from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignRequestFigures(EsignHttpCommon):
    """Hours of each side apart, averages, and nobody who writes them by hand."""

    def _averages(self, requests):
        names = ["own_hours:avg", "client_hours:avg", "completion_rate:avg"]
        return self.env["esign.request"]._read_group([("id", "in", requests.ids)], [], names)[0]

    def test_each_side_gets_its_hours_when_it_has_signed(self):
        request = self.make_request()
        self.assertEqual((request.own_hours, request.client_hours), (0, 0))
        self.walk(self.DIRECTOR, "Dora Director")
        self.assertGreater(request.own_hours, 0)
        self.assertEqual(request.client_hours, 0)
        self.walk(self.CLIENT, "Claude Client")
        self.assertGreater(request.client_hours, 0)

    def test_averages_leave_out_who_has_not_signed(self):
        signed, waiting = self.make_request(), self.make_request(send=False)
        self.walk(self.DIRECTOR, "Dora Director")
        own, client, _rate = self._averages(signed | waiting)
        self.assertAlmostEqual(own, signed.own_hours)
        self.assertFalse(client)

    def test_completion_rate_counts_what_has_ended(self):
        signed, cancelled, waiting = (self.make_request() for _ in range(3))
        cancelled.action_cancel(reason="The amount has changed")
        self.assertEqual(self._averages(cancelled | waiting)[2], 0)
        self.assertFalse(self._averages(waiting)[2])
        signed._move("sealing")
        signed._move("done")
        self.assertEqual(self._averages(signed | cancelled | waiting)[2], 0.5)

    def test_figures_are_offered_as_measures(self):
        fields_of_pivot = self.env["esign.request"].fields_get(attributes=["aggregator", "type"])
        for name in ("own_hours", "client_hours", "completion_rate"):
            self.assertEqual(fields_of_pivot[name].get("aggregator"), "avg", name)
        for name in ("chain_sequence", "seal_attempts", "waiting_days", "deal_amount"):
            self.assertFalse(fields_of_pivot[name].get("aggregator"), name)

    def test_hours_count_from_the_first_invitation(self):
        request = self.make_request()
        director = request.signer_ids.sorted("sequence")[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_signer SET first_invited_at = first_invited_at - interval '30 days' WHERE id = %s",
            director.ids,
        )
        self.env.invalidate_all()
        director._invite_anew()
        self.walk(self.DIRECTOR, "Dora Director")
        self.assertGreater(request.own_hours, 24 * 29)
