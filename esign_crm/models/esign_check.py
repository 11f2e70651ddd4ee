"""Public checks, counted for each visitor across all processes."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hmac

from ..tools import check_policy, otp_policy
from . import advisory_lock
from .advisory_lock import Space
from .transactions import run_alone

KEPT_FOR = timedelta(seconds=check_policy.MINUTE)


class EsignCheck(models.Model):
    """One public check that was allowed: who, as a keyed hash of the address, and when.

    Gone after a minute, or with the next cleaning. No group has any right on it.
    """

    _name = "esign.check"
    _description = "Public check, counted"
    _log_access = False
    _order = "id"

    visitor = fields.Char(required=True)
    counted_at = fields.Datetime(required=True)

    _visitor_idx = models.Index("(visitor, counted_at)")

    @api.model
    def _seconds_to_wait(self, ip):
        """Count one check of the visitor at ``ip``; return 0, or for how long he has to wait.

        Committed in a transaction of its own: no error of the check itself gives the count back.
        """
        # the database's secret is nobody's to read, and without it an address cannot be guessed from its hash
        secret_env = self.env(su=True)
        visitor = hmac(secret_env, "esign_crm-check", otp_policy.ip_bucket(ip))
        return run_alone(self.env, lambda env: env["esign.check"]._count_sudo(visitor))

    @api.model
    def _count_sudo(self, visitor):
        """Decide under the visitor's lock; strangers have no rights on the table, hence the sudo."""
        advisory_lock.wait(self.env.cr, Space.CHECKS_OF_VISITOR, visitor)
        now = fields.Datetime.now()
        mine_sudo = self.sudo().search([("visitor", "=", visitor)])
        mine_sudo.filtered(lambda check: check.counted_at <= now - KEPT_FOR).unlink()
        seconds = check_policy.seconds_to_wait(now, mine_sudo.exists().mapped("counted_at"))
        if not seconds:
            self.sudo().create({"visitor": visitor, "counted_at": now})
        return seconds

    @api.autovacuum
    def _gc_checks(self):
        """Drop what no limit counts any more."""
        self.sudo().search([("counted_at", "<=", fields.Datetime.now() - KEPT_FOR)]).unlink()
