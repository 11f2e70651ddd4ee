"""What a person with a log-in sees of the requests that wait for him or went through his hands."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import portal_status
from .esign_signer import IN_TURN
from .guards import not_from_typed_code

OPEN_MINUTES = 15


class EsignSigner(models.Model):
    """``/my/esign``: the signer's contact is exactly the user's own; a log-in never replaces the code."""

    _inherit = "esign.signer"

    @api.model
    def _portal_domain(self, user):
        """Return the domain of the turns that ``user`` may know of.

        A client learns of nothing before he is invited, which is after our side has signed. People of ours see here
        what they sign for us; a client's page is not for them.
        """
        turns = Domain("kind", "=", "signer") & Domain("invited_at", "!=", False)
        copies = Domain("kind", "=", "copy") & Domain("request_id.state", "=", "done")
        domain = Domain("partner_id", "=", user.partner_id.id) & (turns | copies)
        return domain & Domain("side", "=", "own") if user._is_internal() else domain

    @api.model
    def _portal_requests_domain(self, user):
        """Return the domain of the requests in which ``user`` has such a turn."""
        return Domain("signer_ids", "any", self._portal_domain(user)) & Domain(
            "state", "!=", "draft"
        )

    @api.model
    def _portal_rows_sudo(self, requests_sudo, user):
        """Return ``(signer, status, may open)`` of each request for ``user``; of several turns the open one.

        :param requests_sudo: found by :meth:`_portal_requests_domain`; a portal user has no rights on them: sudo
        """
        return [request_sudo.signer_ids._portal_row(user) for request_sudo in requests_sudo]

    def _portal_row(self, user):
        own = self.filtered_domain(self._portal_domain(user))
        signer = own.sorted(lambda each: (each.state not in IN_TURN, -each.sequence))[:1]
        word = signer._portal_status()
        return signer, word, portal_status.may_open(word)

    def _portal_status(self):
        """Return the word for where the request stands for this signer."""
        self.ensure_one()
        request, now = self.request_id, fields.Datetime.now()
        if request.withdrawn_at and self.state != "delegated":
            return "withdrawn"
        return portal_status.status(
            request.state,
            self.state,
            is_locked=self.is_locked,
            is_over=not request.download_until or request.download_until <= now,
            deadline=request.deadline_at or None,
            now=now,
        )

    @not_from_typed_code
    def _open_from_portal_sudo(self, user, ip):
        """Return a private URL that opens once, within minutes, for ``user``, whose turn this is.

        It is a secret for this very user's browser. Under sudo: a portal user has no rights here.

        :raises AccessError: the turn is not his, or no page stands behind it
        :raises UserError: the company has no public address
        """
        self.ensure_one()
        signer_sudo = self.sudo()
        is_own = signer_sudo.filtered_domain(self._portal_domain(user))
        if not is_own or not portal_status.may_open(signer_sudo._portal_status()):
            raise AccessError(self.env._("This document is not for you to open."))
        url = signer_sudo._mint_link("portal")
        if signer_sudo.request_id.state == "sent":
            details = signer_sudo._who() | {"by": user.name, "ip": ip}
            self.env["esign.event"]._append(signer_sudo.request_id, "link_opened", details)
        return url

    def _link_expires_at(self, purpose):
        """Let a link from the portal open for minutes only."""
        if purpose == "portal":
            return fields.Datetime.now() + timedelta(minutes=OPEN_MINUTES)
        return super()._link_expires_at(purpose)
