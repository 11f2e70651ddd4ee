"""A new draft with the document, the signers and the boxes of an earlier request."""

from odoo import fields, models

from .esign_request import SYSTEM_FIELDS
from .form_action import form_action


class EsignRequest(models.Model):
    """What was sent never becomes a draft again; its copy does."""

    _inherit = "esign.request"

    def action_duplicate(self):
        """Open a new draft like this request. For whoever may read it and change its deal.

        :raises AccessError: the caller may not
        """
        self.ensure_one()
        draft = self._as_new_draft()
        return form_action(draft)

    def _as_new_draft(self, **values):
        """Return a draft like this request, made with the caller's own rights; nothing of this request changes.

        The stored file is hashed again on the way. Addresses, names and boxes are those of this request, whatever its
        contacts say today; a deadline that has passed is left out. Who stood in for somebody did so this once.

        :param values: fields of the draft that differ, e.g. ``user_id``
        :raises AccessError: the caller may not read this request, or not change its deal
        :raises UserError: the stored file is missing or was altered
        """
        self.ensure_one()
        self.check_access("read")
        draft = self.create(self._draft_values(values))
        draft._take_document_sudo(self.uploaded_document_id)
        draft._set_system_sudo(
            template_id=self.template_id.id,
            template_version_id=self.template_version_id.id,
            layout_source=self.layout_source,
        )
        copies = {
            signer: self.env["esign.signer"].create(
                signer._first_asked().copy_data({"request_id": draft.id, "field_ids": []})
            )
            for signer in self.signer_ids._not_delegated()
        }
        boxes = [
            vals
            for box in self.field_ids
            for vals in box.copy_data(
                {"request_id": draft.id, "signer_id": copies[box.signer_id].id}
            )
        ]
        self.env["esign.field"].create(boxes)
        return draft

    def _draft_values(self, values):
        """Return what the draft takes over of the request itself."""
        deadline = self.deadline_at
        is_ahead = deadline and deadline > fields.Datetime.now()
        own = {"signer_ids": [], "deadline_at": deadline if is_ahead else False}
        vals = self.copy_data(own | {"user_id": self.env.uid} | values)[0]
        return {name: value for name, value in vals.items() if name not in SYSTEM_FIELDS}

    def _take_document_sudo(self, source):
        """Store the bytes of another request's uploaded file as one's own; nobody may write documents, hence the sudo."""
        source_sudo = source.sudo()
        if source_sudo:
            document_sudo = self.env["esign.document"]._store_sudo(
                self,
                "uploaded",
                source_sudo.name,
                source_sudo._bytes(),
                source_sudo._copied_facts(),
            )
            self._set_system_sudo(uploaded_document_id=document_sudo.id)
