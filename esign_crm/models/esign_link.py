"""A signer's private URL, of which only the SHA-256 is stored."""

import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..tools import link_token

MAX_LIVE = 5
FRESH_PER_DAY = 3


class EsignLink(models.Model):
    """One issued link. No group reads this model; the secret itself is kept nowhere but in its message."""

    _name = "esign.link"
    _description = "Signing link"
    _order = "id desc"

    signer_id = fields.Many2one("esign.signer", required=True, ondelete="cascade", index=True)
    token_hash = fields.Char(required=True)
    purpose = fields.Selection(
        [
            ("sign", "Sign"),
            ("reminder", "Reminder"),
            ("fresh", "Asked for by the signer"),
            ("download", "Download"),
        ],
        required=True,
    )
    expires_at = fields.Datetime(required=True)
    revoked_at = fields.Datetime(help="Useless from here: as if it had never been issued.")
    superseded_at = fields.Datetime(help="Gave way to newer ones; its page says so.")

    _token_hash_unique = models.UniqueIndex("(token_hash)")

    @api.model
    def _mint_sudo(self, signer, purpose, expires_at):
        """Return a new token for ``signer``; the oldest live one gives way beyond five. Links are nobody's: sudo.

        :param datetime expires_at: naive UTC
        """
        token = link_token.new_token(secrets.token_bytes(32))
        now = fields.Datetime.now()
        live_sudo = self.sudo().search(
            [
                ("signer_id", "=", signer.id),
                ("revoked_at", "=", False),
                ("superseded_at", "=", False),
                ("expires_at", ">", now),
            ]
        )
        live_sudo[MAX_LIVE - 1 :].write({"superseded_at": now})
        self.sudo().create(
            {
                "signer_id": signer.id,
                "token_hash": link_token.token_hash(token),
                "purpose": purpose,
                "expires_at": expires_at,
            }
        )
        return token

    @api.model
    def _find_sudo(self, token):
        """Return the link of ``token``, or none; a stranger's only key is the secret, hence the sudo.

        A revoked link is as if it had never been issued.
        """
        digest = link_token.token_hash(token if link_token.is_well_formed(token) else "")
        domain = [("token_hash", "=", digest), ("revoked_at", "=", False)]
        return self.sudo().search(domain, limit=1)

    def _is_lapsed(self):
        """Tell whether the link's own clock has run out."""
        self.ensure_one()
        return self.expires_at <= fields.Datetime.now()

    def _may_ask_fresh(self):
        """Tell whether the signer may still be sent a fresh link today (at most three a day)."""
        self.ensure_one()
        since = fields.Datetime.now() - timedelta(days=1)
        asked = self.search_count(
            [
                ("signer_id", "=", self.signer_id.id),
                ("purpose", "=", "fresh"),
                ("create_date", ">", since),
            ]
        )
        return asked < FRESH_PER_DAY
