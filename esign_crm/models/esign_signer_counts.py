"""How often a signer may do what costs us or others something: moments are counted within a window that moves on."""

from odoo import fields, models

from ..tools import otp_policy

HOUR, DAY = 3600, 86_400


class EsignSigner(models.Model):
    """Each count is a JSON field of moments that no group reads."""

    _inherit = "esign.signer"

    def _count_within_sudo(self, name, limit, window):
        """Count one more, and return 0; or return the seconds until one more is allowed. Signers have no rights: sudo.

        The caller holds the lock of the request.

        :param str name: the field with the moments
        :param int limit: how many are allowed within ``window`` seconds
        """
        self.ensure_one()
        now = fields.Datetime.now()
        told = sorted(map(fields.Datetime.to_datetime, self.sudo()[name] or ()))
        seconds = otp_policy.wait(now, told, limit, window)
        if not seconds:
            counted = (*otp_policy.recent(now, told, window), now)
            self._set_system_sudo(**{name: list(map(fields.Datetime.to_string, counted))})
        return seconds
