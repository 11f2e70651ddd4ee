"""Rows that crons work off: woken after a commit, claimed one at a time, taken over from a killed worker."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .transactions import run_alone

_logger = logging.getLogger(__name__)

AT_MOST_COUNTED = 100


class EsignQueueMixin(models.AbstractModel):
    """Adds the loop to a model with ``state`` (*queued*, …), ``attempts``, ``next_try_at`` and ``claimed_at``.

    A row in the busy state is in the hands of one worker, which holds the row's lock while it works. A free lock on
    such a row therefore means that the worker was killed: another one takes the row up. The model has to have
    ``_begin_try(now)``, which moves a locked row on and returns ``(id, attempts)``, attempts 0 for one that ended there,
    and ``_work(id, attempts)``, which does one claimed row and raises nothing.
    """

    _name = "esign.queue.mixin"
    _description = "Queue that crons work off"

    _queue_busy = "sending"
    _queue_stale_seconds = 30  # a claim this old whose lock is free is a killed worker's
    _queue_crons = ()

    @api.model
    def _wake(self, at=None):
        """Have the crons run after the commit, or at ``at`` if that is later; once a transaction is enough."""
        if at and at <= fields.Datetime.now():
            at = None
        woken = self.env.cr.precommit.data.setdefault(f"{self._name}.woken", set())
        if at in woken:
            return
        woken.add(at)
        crons_sudo = self._crons_sudo()
        if not at:
            self._wake_now_sudo(crons_sudo.filtered("active"))
            return
        for cron_sudo in crons_sudo:
            cron_sudo._trigger(at)

    @api.model
    def _crons_sudo(self):
        """Return the crons of this queue that are there, running or not; nobody reads crons, hence the sudo."""
        found = map(self.env["ir.model.data"]._xmlid_to_res_id, self._queue_crons)
        crons_sudo = self.env["ir.cron"].sudo().with_context(active_test=False)
        return crons_sudo.search_fetch([("id", "in", list(filter(None, found)))], ["active"])

    def _wake_now_sudo(self, crons_sudo):
        """Have the crons run after the commit; triggers are nobody's to write, hence the sudo.

        One call reaches all of Odoo's cron processes, whichever job it names, and each call costs a connection. That it
        was asked for is noted beside the call itself: a savepoint forgets what is noted for before the commit.
        """
        now = fields.Datetime.now()
        rows = [{"cron_id": cron.id, "call_at": now} for cron in crons_sudo]
        self.env["ir.cron.trigger"].sudo().create(rows)
        after_commit = self.env.cr.postcommit
        if crons_sudo and not after_commit.data.get("esign.called"):
            after_commit.data["esign.called"] = True
            after_commit.add(crons_sudo._notifydb)

    @api.model
    def _work_off(self, number):
        """Do what is due, one row after the other; several crons do this at once without meeting.

        :param int number: the cron's, for the log
        :return: the ids of the rows that were worked on
        """
        done = []
        while (claim := run_alone(self.env, lambda env: env[self._name]._claim())) is not None:
            row_id, attempts = claim
            if attempts:
                self._work(row_id, attempts)
                done.append(row_id)
            _logger.debug("%s, cron %s: row %s done", self._name, number, row_id)
            if not self._report_progress(1):
                return done
        self._report_progress(0)
        return done

    @api.model
    def _report_progress(self, done):
        """Tell Odoo's scheduler how far it is; return the seconds left, nothing when it is time to stop."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        remaining = self._count_due() if done else 0
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _count_due(self):
        """Return how many rows wait for a worker now, at most a hundred."""
        due = [("state", "=", "queued"), ("next_try_at", "<=", fields.Datetime.now())]
        return self.search_count(due, limit=AT_MOST_COUNTED)

    @api.model
    def _claim(self):
        """Take the next due row; to be run in a READ COMMITTED transaction of its own.

        :return: ``(id, attempts)``; ``(id, 0)`` for one that ended here; ``None`` when nothing is due
        """
        now = fields.Datetime.now()
        query = SQL(
            """
            SELECT id FROM %(table)s queue
            WHERE (state = 'queued' AND next_try_at <= %(now)s OR state = %(busy)s AND claimed_at <= %(stale)s)
              AND %(condition)s
            ORDER BY next_try_at, id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """,
            table=SQL.identifier(self._table),
            busy=self._queue_busy,
            now=now,
            stale=now - timedelta(seconds=self._queue_stale_seconds),
            condition=self._queue_condition(now),
        )
        row = self.env.execute_query(query)
        return self.sudo().browse(row[0])._begin_try(now) if row else None

    @api.model
    def _queue_condition(self, now):
        """Return what else a row called ``queue`` has to meet to be due."""
        return SQL("TRUE")

    def _try_to_tell(self, tell):
        """Call ``tell``, which asks somebody to look at a row that has failed; that failing too, the log says it.

        The row's own state stands either way, and the queue goes on.
        """
        try:
            with self.env.cr.savepoint():
                tell()
        except Exception:
            _logger.exception("%s %s failed, and nobody could be told", self._name, self.id)

    @api.model
    def _lock_claimed(self, row_id, attempts):
        """Return the row, locked, if the claim of this number still stands; else nothing."""
        query = SQL(
            "SELECT id FROM %s WHERE id = %s AND state = %s AND attempts = %s FOR UPDATE SKIP LOCKED",
            SQL.identifier(self._table), row_id, self._queue_busy, attempts,
        )  # fmt: skip
        return self.sudo().browse(row_id if self.env.execute_query(query) else [])
