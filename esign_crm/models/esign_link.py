"""A signer's private URL, of which only the SHA-256 is stored."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq

from ..tools import link_token

MAX_LIVE = 5
FRESH_PER_DAY = 3
VISIT_HOURS = 2


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
            ("portal", "Opened from the portal"),
        ],
        required=True,
    )
    expires_at = fields.Datetime(required=True)
    revoked_at = fields.Datetime(help="Useless from here: as if it had never been issued.")
    superseded_at = fields.Datetime(help="Gave way to newer ones; its page says so.")
    visit_hash = fields.Char(
        help="Of a link from the portal: SHA-256 of the cookie of the one browser that opened it."
    )

    _token_hash_unique = models.UniqueIndex("(token_hash)")

    @api.model
    def _mint_sudo(self, signer, purpose, expires_at):
        """Return a new token for ``signer``; the oldest live one gives way beyond five. Links are nobody's: sudo.

        Of those from the portal one lives at a time: opening often must not end the links that were sent.

        :param datetime expires_at: naive UTC
        """
        token = link_token.new_token(secrets.token_bytes(32))
        now = fields.Datetime.now()
        live_sudo = self.sudo().search_fetch(
            [
                ("signer_id", "=", signer.id),
                ("revoked_at", "=", False),
                ("superseded_at", "=", False),
                ("expires_at", ">", now),
            ],
            ["purpose"],
        )
        visits_sudo = live_sudo.filtered(lambda link: purpose == link.purpose == "portal")
        mailed_sudo = live_sudo - visits_sudo
        (visits_sudo | mailed_sudo[MAX_LIVE - 1 :]).write({"superseded_at": now})
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
    def _find_sudo(self, token, visit=""):
        """Return the link of ``token``, or none; a stranger's only key is the secret, hence the sudo.

        A revoked link is as if it had never been issued; one from the portal so to every browser but the one
        that opened it.

        :param str visit: the cookie of such a browser
        """
        link_sudo = self._issued_sudo(token)
        if link_sudo.purpose == "portal" and not link_sudo._is_visitor(visit):
            return self.sudo().browse()
        return link_sudo

    @api.model
    def _issued_sudo(self, token):
        digest = link_token.token_hash(token if link_token.is_well_formed(token) else "")
        domain = [("token_hash", "=", digest), ("revoked_at", "=", False)]
        return self.sudo().search_fetch(domain, limit=1)

    # --- visits from the portal ------------------------------------------------------------------------------------

    @api.model
    def _begin_visit_sudo(self, token):
        """Spend a link from the portal: return the cookie of the browser that may go on, or an empty text.

        Two that open it at once collide on the row: the second is repeated and finds it spent.
        """
        link_sudo = self._issued_sudo(token)
        is_fresh = link_sudo.purpose == "portal" and not link_sudo.visit_hash
        if not is_fresh or link_sudo.superseded_at or link_sudo._is_lapsed():
            return ""
        visit = link_token.new_token(secrets.token_bytes(32))
        until = fields.Datetime.now() + timedelta(hours=VISIT_HOURS)
        link_sudo.write({"visit_hash": link_token.token_hash(visit), "expires_at": until})
        return visit

    def _is_visitor(self, visit):
        """Tell whether ``visit`` is the cookie of the browser that opened this link."""
        return bool(self.visit_hash) and consteq(self.visit_hash, link_token.token_hash(visit))

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
