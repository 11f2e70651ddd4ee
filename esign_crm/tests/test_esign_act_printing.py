"""Long acts: printed by a cron, once, whatever happens to the printer meanwhile."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.esign_act_printing import MAX_TRIES, PAUSES
from ..tools.errors import JailError
from ..tools.pdf import paper
from .act_common import EsignActCommon

PRINT = "odoo.addons.esign_crm.tools.pdf.paper.print_in_jail"
QUEUE = "odoo.addons.esign_crm.models.esign_act_printing"
A_PAGE = paper.Paper(b"%PDF-1.7", 9, {})
LATER = 7  # minutes: more than any pause


@tagged("post_install", "-at_install")
class TestEsignActPrinting(EsignActCommon):
    """The printer is stood in for where only the queue matters."""

    def long(self, name="Line"):
        act = self.make_act([(f"{name} {number}", 1, 10, 0) for number in range(1, 302)])
        act.action_preview()
        return act

    def run_cron(self, printer=None, minutes=0):
        """Work off what is due ``minutes`` from now; return how often the printer was asked."""
        moment = fields.Datetime.now() + timedelta(minutes=minutes, seconds=1)
        self.env.flush_all()
        with (
            self.enter_registry_test_mode(),  # transactions of their own share this one
            patch.object(fields.Datetime, "now", lambda *_: moment),
            patch(PRINT, side_effect=printer, return_value=A_PAGE) as asked,
        ):
            self.env["esign.act"]._cron_print(1)
        self.env.invalidate_all()
        return asked.call_count

    def rows(self, act):
        return self.env["esign.act.printing"].search([("act_id", "=", act.id)])

    def test_long_act_is_printed_by_the_cron(self):
        act = self.make_act([(f"Line {number}", 1, 10, 0) for number in range(1, 302)])
        self.assertEqual(act.action_preview()["tag"], "display_notification")
        self.assertEqual(act.print_state, "queued")
        self.run_cron(paper.print_in_jail)
        self.assertEqual(act.print_state, "ready")
        self.assertEqual(act.action_preview()["tag"], "esign_crm.show_file")
        text = "".join(self.text(act._pdf_bytes()).split())
        for number in range(1, 302):
            self.assertIn(f"{number}Line{number}", text)
        self.assertFalse(self.rows(act), "what is printed waits no more")

    def test_act_that_cannot_be_printed_shows_why_and_can_be_tried_again(self):
        act = self.long()
        self.run_cron(JailError("timeout"))
        self.assertEqual(act.print_state, "failed")
        self.assertIn("too long", act.print_error)
        activity = act.lead_id.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("too long", activity.note)
        act.action_print_again()
        self.assertEqual((act.print_state, act.print_error), ("queued", False))
        self.assertEqual(self.run_cron(), 1)
        self.assertEqual(act.print_state, "ready")

    @mute_logger(QUEUE)
    def test_error_of_our_own_stops_no_other_act_and_ends_in_words(self):
        bad, good = self.long("Bad"), self.long("Good")

        def printer(html):
            if "Bad 1<" in html:
                raise ZeroDivisionError
            return A_PAGE

        self.assertEqual(self.run_cron(printer), 2)
        self.assertEqual((bad.print_state, good.print_state), ("queued", "ready"))
        self.assertEqual(self.run_cron(printer), 0, "not before its time")
        for number in range(1, MAX_TRIES):
            self.run_cron(printer, minutes=LATER * number)
        self.assertEqual(bad.print_state, "failed")
        self.assertIn("error in the server", bad.print_error)
        self.assertEqual(len(bad.lead_id.activity_ids), 1)
        self.assertEqual(len(PAUSES), MAX_TRIES - 1)

    def test_killed_printer_is_replaced_and_not_for_ever(self):
        act = self.long()
        printings = self.env["esign.act.printing"]
        self.env.flush_all()
        self.assertEqual(printings._claim(), (self.rows(act).id, 1))
        self.env.flush_all()
        self.assertIsNone(printings._claim(), "another one may still be at it")
        self.assertEqual(self.run_cron(minutes=LATER), 1)
        self.assertEqual(act.print_state, "ready")

        act = self.long()
        self.env.flush_all()
        for _try in range(MAX_TRIES):
            self.assertTrue(printings._claim()[1])
            self.env.flush_all()
            self._let_pass()
        self.assertEqual(self.run_cron(), 0)
        self.assertEqual(act.print_state, "failed")
        self.assertIn("cut off", act.print_error)

    def _let_pass(self):
        self.env.cr.execute(
            "UPDATE esign_act_printing SET claimed_at = claimed_at - interval '1 minute'"
        )
        self.env.invalidate_all()

    def test_act_changed_while_it_is_printed_is_not_taken_for_ready(self):
        act = self.long()

        def change(_html):
            act.line_ids[0].name = "Changed"
            act.flush_recordset()
            return A_PAGE

        self.run_cron(change)
        self.assertEqual(act.print_state, "none")
        self.assertFalse(self.rows(act))

    def test_act_changed_while_it_waits_is_printed_once_as_it_is_now(self):
        act = self.long()
        act.notes = "Changed"
        act.action_preview()
        self.assertEqual(len(self.rows(act)), 2)
        self.assertEqual(self.run_cron(), 1)
        self.assertEqual(act.print_state, "ready")
        self.assertFalse(self.rows(act))

    def test_act_that_lost_its_row_is_printed_by_the_next_preview(self):
        lost, waiting = self.long("Lost"), self.long("Waiting")
        self.rows(lost).unlink()
        self.env["esign.act.printing"]._release_lost()
        self.assertEqual((lost.print_state, waiting.print_state), ("none", "queued"))
        lost.action_preview()
        self.assertTrue(self.rows(lost))

    def test_deleted_act_waits_no_more(self):
        act = self.long()
        rows = self.rows(act)
        act.unlink()
        self.assertFalse(rows.exists())
        self.assertEqual(self.run_cron(), 0)
