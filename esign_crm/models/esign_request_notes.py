"""Notes in the chatter of request and deal: what the audit trail records, for people."""

from odoo import models

from ..tools.masking import mask_addresses
from .esign_event_kinds import summary_of

# Steps between the steps: they stand in the audit trail only.
QUIET = {
    "consent", "code_sent", "code_wrong", "code_confirmed", "message_sent", "link_opened", "sealing", "sealed",
    "downloaded",
}  # fmt: skip
# Evidence, not news.
LEFT_OUT = {"ip", "device", "setting"}


class EsignRequest(models.Model):
    """Notes mail nobody, and hold neither secrets nor whole addresses."""

    _inherit = "esign.request"

    def _on_event(self, event):
        """Note what people care about; see the extension point."""
        super()._on_event(event)
        if event.kind in QUIET:
            return
        request = self.sudo().with_context(lang=self._note_lang())
        request._message_log(body=request._note_body(event), author_id=self._note_author().id)
        request._note_on_deal(event.kind)

    def _note_body(self, event):
        """Return one line for ``event``; providers' words may quote an address."""
        details = {name: value for name, value in event._details().items() if name not in LEFT_OUT}
        if "words" in details:
            details["words"] = mask_addresses(str(details["words"]))
        return summary_of(event.with_env(self.env), details)

    def _note_changes(self):
        """Tell the sender what was done to the file at upload."""
        words = self.env["esign.document"]._change_words(self.sudo().uploaded_document_id.changes)
        if words:
            self._message_log(body=words, author_id=self._note_author().id)

    def _note_on_deal(self, kind):
        """Tell the deal's readers number and title only: they may have no rights on the request."""
        if not self.lead_id:
            return
        what = {"number": self.name, "title": self.title}
        body = {
            "sent": self.env._("“%(title)s” (%(number)s) was sent for signature.", **what),
            "completed": self.env._("“%(title)s” (%(number)s) was signed by everybody.", **what),
            "declined": self.env._("“%(title)s” (%(number)s) was declined.", **what),
            "expired": self.env._("“%(title)s” (%(number)s) was not signed in time.", **what),
            "extended": self.env._("“%(title)s” (%(number)s) can be signed for longer.", **what),
            "cancelled": self.env._("“%(title)s” (%(number)s) was cancelled.", **what),
            "withdrawn": self.env._(
                "“%(title)s” (%(number)s) was withdrawn: the signed file is valid no longer.",
                **what,
            ),
        }.get(kind)
        if body:
            self.lead_id._message_log(body=body, author_id=self._note_author().id)

    def _note_lang(self):
        """Return the company's language: a note has many readers."""
        lang = self.sudo().company_id.partner_id.lang
        return lang if lang in dict(self.env["res.lang"].get_installed()) else "en_US"

    def _note_author(self):
        """Return the colleague who acts; for signers, who have no account, and for crons OdooBot."""
        user = self.env.user
        is_person = user._is_internal() and not user._is_superuser()
        return user.partner_id if is_person else self._odoobot()

    def _message_compute_author(self, author_id=None, email_from=None):
        """Name OdooBot instead of the public user, as whom signers act."""
        if author_id is None and email_from is None and not self.env.user._is_internal():
            author_id = self._odoobot().id
        return super()._message_compute_author(author_id, email_from)

    def _odoobot(self):
        """Return OdooBot's contact, which Odoo itself keeps from being deleted: it need not be looked up each time."""
        return self.env["res.partner"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        )
