"""The values that are fixed when a request is sent."""

import hashlib

from odoo import fields, models

from ..tools import content_hash


class EsignRequest(models.Model):
    """Sending fixes what sender and system fill in; every signer's code is bound to it."""

    _inherit = "esign.request"

    sender_field_ids = fields.One2many(
        "esign.field",
        "request_id",
        string="For the sender to fill in",
        domain=[("filled_by", "=", "sender")],
    )

    def _is_frozen_once_sent(self, name):
        return name == "sender_field_ids" or super()._is_frozen_once_sent(name)

    def _check_ready(self):
        """Refuse to send while a value is missing or does not fit into its box."""
        result = super()._check_ready()
        boxes = self.field_ids
        boxes._check_values_fit(boxes._values_at_sending())
        return result

    def _freeze_sudo(self):
        """Fix the values together with the document."""
        result = super()._freeze_sudo()
        for field, value in self.field_ids._values_at_sending().items():
            field._set_value_sudo(value)
        return result

    def _sent_details(self):
        """Say in the first entry of the audit trail what the values were, and the file as it came: digests, no content."""
        values = {
            str(field.id): field.value
            for field in self.sudo().field_ids
            if field._is_fixed_at_sending()
        }
        digest = hashlib.sha256(content_hash.canonical(values)).hexdigest()
        original = self.uploaded_document_id.original_sha256
        return (
            super()._sent_details()
            | ({"values_sha256": digest} if values else {})
            | ({"original_sha256": original} if original else {})
        )
