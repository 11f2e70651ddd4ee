"""The sending wizard, filled in as a sales rep does it."""

from odoo.tests import Form

from .common import EsignCommon
from .pdf_samples import plain_pdf


class SendCommon(EsignCommon):
    """The form as the button on the deal opens it."""

    def open(self):
        action = self.lead.with_user(self.rep).action_send_for_signature()
        wizards = self.env[action["res_model"]].with_user(self.rep)
        return Form(wizards.with_context(**action["context"]))

    def upload(self, form, content=None, name="Act no 7.pdf"):
        """Put a file into the form the way the browser does: as an attachment of nothing yet."""
        attachment = self.env["ir.attachment"].with_user(self.rep).create({
            "name": name, "raw": plain_pdf() if content is None else content,
            "res_model": "esign.send.wizard", "res_id": 0,
        })  # fmt: skip
        form.document_ids.add(attachment)
        return attachment

    def filled(self, content=None, name="Act no 7.pdf"):
        form = self.open()
        self.upload(form, content, name)
        form.own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        return form

    def sent(self, form):
        """Send, and return the request."""
        before = self.lead.esign_request_ids
        form.save().action_send()
        return self.lead.esign_request_ids - before
