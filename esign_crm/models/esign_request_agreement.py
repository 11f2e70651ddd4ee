"""Requests by which clients agree to sign electronically."""

import logging

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


class EsignRequest(models.Model):
    """What was signed from the template of the agreement is noted in the party directory."""

    _inherit = "esign.request"

    def _on_event(self, event):
        """Note an agreement that all have signed, and forget one that was withdrawn."""
        result = super()._on_event(event)
        if event.kind == "completed" and self._is_agreement():
            clients = self.signer_ids._acting().filtered(lambda each: each.side == "client")
            clients._agreeing_party_sudo()._agree_by_sudo(self)
            for signer in clients:
                if not signer.party_id:
                    self._enter_agreeing(signer)
                elif not signer._agreeing_party_sudo():  # reached elsewhere than the directory says
                    self._note_not_entered(signer)
        elif event.kind == "withdrawn":
            self.env["esign.party"]._disagree_by_sudo(self)
        return result

    def _enter_agreeing(self, signer):
        """Enter a client whom the directory does not know; a failure is logged and told, and stops no completion."""
        savepoint = self.env.cr.savepoint()  # writes what is pending, whose failures are not ours
        try:
            with savepoint:
                party_sudo = self.env["esign.party"]._enter_sudo(signer)
                if party_sudo:
                    party_sudo._agree_by_sudo(self)
                    signer._set_system_sudo(party_id=party_sudo.id)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("request %s: signer %s could not be entered", self.id, signer.id)
            party_sudo = None
        if not party_sudo:
            self._note_not_entered(signer)

    def _note_not_entered(self, signer):
        """Say in the chatter that the agreement stands at nobody."""
        request = self.sudo().with_context(lang=self._note_lang())
        words = request.env._(
            "%(name)s has signed the agreement on e-signature, but it could not be noted in the party directory: please "
            "enter it by hand.",
            name=signer.name,
        )
        request._message_log(body=words, author_id=self._note_author().id)

    def _is_agreement(self):
        """Tell whether what was signed is the template's own text; signers may read no template, hence the sudo."""
        request_sudo = self.sudo()
        text = request_sudo.template_version_id.document_id.sha256
        return (
            request_sudo.template_id.is_agreement
            and request_sudo.uploaded_document_id.sha256 == text
        )
