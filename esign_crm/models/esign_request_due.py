"""Open requests whose moment has come: taken one after the other, each in a transaction of its own."""

import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .transactions import run_alone

_logger = logging.getLogger(__name__)

LOOK = "esign_crm.mail_activity_look"
# Entries of the trail after which nothing that was asked before needs a look any more.
SETTLES = {"completed", "declined", "cancelled", "expired", "extended"}


class EsignRequest(models.Model):
    """What the crons of reminders and deadlines have in common."""

    _inherit = "esign.request"

    @api.model
    def _take_due(self, column, work, on_failure):
        """Call the method ``work`` on each sent request whose moment in ``column`` has come.

        Several processes may do this at once: a row that another one holds is theirs. Killed in between, the request
        is as it was and is taken again.

        :param str work: a method of the locked request; has to move ``column`` on
        :param str on_failure: a method that takes the reason in words and moves ``column`` on all the same
        """
        seen = []
        while self._take_next_due(column, work, on_failure, seen):
            pass

    def _take_next_due(self, column, work, on_failure, seen):
        """Do one; return whether there was one. ``seen`` gets its id, so that none is taken twice in one run."""
        taken = []

        def step(env):
            request = env["esign.request"]._claim_due(column, seen)
            taken[:] = request.ids
            if request:
                getattr(request, work)()

        try:
            run_alone(self.env, step)
        except Exception as error:
            if not taken:
                raise
            _logger.exception("request %s: %s failed", taken[0], work)
            words = str(error) if isinstance(error, UserError) else ""
            self._take_failed(taken, on_failure, words)
        seen += taken
        return bool(taken)

    def _take_failed(self, ids, on_failure, words):
        """Note the failure; that failing too, the log tells it and the others have their turn all the same."""
        try:
            run_alone(
                self.env, lambda env: getattr(env["esign.request"].browse(ids), on_failure)(words)
            )
        except Exception:
            _logger.exception("request %s: %s failed", ids[0], on_failure)

    @api.model
    def _claim_due(self, column, passed_over=()):
        """Return the sent request that is due first by ``column``, its row locked; none when nothing is.

        To be run in a READ COMMITTED transaction of its own.
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM esign_request
                WHERE state = 'sent' AND %(column)s <= %(now)s AND id <> ALL(%(seen)s)
                ORDER BY %(column)s, id
                LIMIT 1
                FOR UPDATE SKIP LOCKED
                """,
                column=SQL.identifier(column),
                now=fields.Datetime.now(),
                seen=list(passed_over),
            )
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    # --- whom to ask -------------------------------------------------------------------------------------------------

    def _responsible_sudo(self):
        """Return who sees to this request: its sender, or the team's leader when he has left; perhaps nobody."""
        request_sudo = self.sudo()
        people = request_sudo.user_id | request_sudo.team_id.user_id
        return people.filtered(lambda user: user.active and user._is_internal())[:1]

    def _ask_sender(self, summary, words=""):
        """Put an activity on the request for who sees to it, unless one with this summary waits there already.

        :param summary: function that returns it for an environment in the reader's language
        """
        user_sudo = self._responsible_sudo()
        if not user_sudo:
            return
        request_sudo = self.sudo().with_context(lang=user_sudo.lang or self.env.lang)
        told = summary(request_sudo.env)
        if told in request_sudo.activity_ids.mapped("summary"):
            return
        request_sudo.activity_schedule(
            LOOK,
            summary=told,
            note=Markup("<p>%s</p>") % words if words else False,
            user_id=user_sudo.id,
        )

    def _on_event(self, event):
        """Take back what people were asked to look at when the request goes on or has ended."""
        result = super()._on_event(event)
        if event.kind in SETTLES:
            self.sudo().activity_unlink([LOOK])  # they are those of several people
        return result
