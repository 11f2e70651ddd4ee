"""Judging and sending, some seconds at a time."""

import logging
import time

from odoo import models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..models.guards import through_door
from ..models.transactions import run_alone

_logger = logging.getLogger(__name__)

SECONDS = 4  # of work before a call answers; the page calls again


class EsignSendManyWizard(models.TransientModel):
    """The page calls these one after the other until nothing is left; whoever stops loses nothing."""

    _inherit = "esign.send.many.wizard"

    def check_begin(self):
        """Mark all deals that were not sent as to be judged by the present choices; :meth:`check_some` follows."""
        self.ensure_one()
        self.check_access("write")
        lines = self.line_ids - self.line_ids._sent()
        # what was ticked off by hand stays off; what we ticked off is judged anew
        held = lines.filtered(lambda line: line.state in ("lacking", "open", "failed"))
        held._set(is_chosen=True)
        lines._set(state="new", problem=False)
        through_door(self).write({"checked_key": self._key()})
        return {"left": len(lines), "is_busy": False}

    def check_some(self):
        """Judge deals for some seconds; return ``{"left": how many are not judged, "is_busy"}``."""
        self.ensure_one()
        self.check_access("write")
        if not self._take_turn():
            return {"left": 1, "is_busy": True}
        end, facts = time.monotonic() + SECONDS, self._document_facts()
        lines = self.line_ids.filtered(lambda line: line.state == "new")
        for number, line in enumerate(lines, 1):
            self._judge_alone(line, facts)
            if time.monotonic() >= end:
                return {"left": len(lines) - number, "is_busy": False}
        return {"left": 0, "is_busy": False}

    def send_some(self):
        """Send for some seconds; return ``{"left": how many are still to be sent, "is_busy"}``.

        Each deal has a transaction of its own: what was sent stays sent, whatever becomes of this call.

        :raises UserError: the choices have changed since the deals were judged
        """
        self.ensure_one()
        self.check_access("write")
        if not self._take_turn():
            return {"left": 1, "is_busy": True}
        if not self.is_checked:
            raise UserError(
                self.env._("The choices above have changed: check again before you send.")
            )
        end, facts = time.monotonic() + SECONDS, self._document_facts()
        for line_id in self.line_ids._to_send().ids:
            self._send_alone(line_id, facts)
            if time.monotonic() >= end:
                break
        left = run_alone(self.env, lambda env: len(self.with_env(env).line_ids._to_send()))
        return {"left": left, "is_busy": False}

    def _judge_alone(self, line, facts):
        """Judge one deal; what goes wrong with it unexpectedly is noted on its line and keeps the others from nothing."""
        try:
            with self.env.cr.savepoint():
                line._judge(facts)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("sending to many deals: line %s could not be judged", line.id)
            line._fail(self._unexpected_words())

    def _unexpected_words(self):
        return self.env._("An unexpected error; the server's log has the details.")

    def _take_turn(self):
        """Lock this page for the call; tell whether no other tab is at it."""
        self.env.cr.execute(
            "SELECT id FROM esign_send_many_wizard WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED",
            [self.id],
        )
        return bool(self.env.cr.fetchone())

    def _send_alone(self, line_id, facts):
        lines = self.env["esign.send.many.wizard.line"]
        try:
            run_alone(
                self.env,
                lambda env: lines.with_env(env).browse(line_id)._send(facts),
                is_repeatable_read=True,
            )
        except Exception:  # the others are sent all the same
            _logger.exception("sending to many deals: line %s failed", line_id)
            words = self._unexpected_words()
            run_alone(self.env, lambda env: lines.with_env(env).browse(line_id)._fail(words))
