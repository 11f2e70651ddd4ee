"""Whether the form could be sent as it stands, told before there is a request."""

from odoo import models
from odoo.exceptions import UserError


class EsignSendWizard(models.TransientModel):
    """All that is refused, of form and request, as far as it is known beforehand; nothing is made."""

    _inherit = "esign.send.wizard"

    def _check_sendable(self):
        """Refuse what *Send* would refuse. Called for forms that nobody looks at (many deals at once).

        :raises UserError: the first problem, in one sentence
        """
        self.ensure_one()
        self.env["esign.request"]._deal_to_sign_for(self.lead_id.id)
        self._check_people()
        self._check_document()
        self._check_upload()
        self._check_values()
        self._company()._esign_public_url()

    def _check_upload(self):
        """Refuse a file that cannot be signed, and neither file nor template.

        :raises UserError: says why
        """
        if self.document_problem:
            raise UserError(self.document_problem)
        if not self.template_id:
            self._document()

    def _check_values(self):
        """Refuse fields of the template that sender and deal leave empty, each in the language of whoever has its role.

        :raises UserError: a value is missing, or the sender may not read it; names the fields
        """
        requests, signers = self.env["esign.request"], self.env["esign.signer"]
        request = requests.new({"lead_id": self.lead_id.id, "user_id": self.env.uid})
        signer_of = {
            who.role: signers.new({"request_id": request.id, "lang": who.lang})
            for who in self._everybody()
        }
        boxes = self.env["esign.field"]
        for field in self._values_needed():
            signer = signer_of[field.role_id.name]
            vals = field.copy_data({"template_id": False, "role_id": False})[0]
            boxes |= boxes.new(vals | {"request_id": request.id, "signer_id": signer.id})
        boxes._values_at_sending()

    def _values_needed(self):
        """Return the template's fields whose value sender or deal must have before sending."""
        return self.template_id.field_ids.filtered(
            lambda field: field.filled_by == "sender" or field.type == "crm_value"
        )
