"""Sends a PDF from a deal to our signer and then to the client's."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.form_action import form_action


class EsignSendWizard(models.TransientModel):
    """One PDF, one signer of our side, one of the client's; more where the template has more roles.

    All that can be wrong is said beside its field while the sender types; what remains is refused by
    ``esign.request`` in one sentence, and the wizard stays open as it was.
    """

    _name = "esign.send.wizard"
    _description = "Send a document for signature"

    lead_id = fields.Many2one("crm.lead", string="Deal", required=True, readonly=True)
    # An attachment goes to the server once; a binary field would go again with each answer of the form.
    document_ids = fields.Many2many("ir.attachment", string="Choose a PDF")
    document_problem = fields.Char(
        compute="_compute_document_facts", store=True, compute_sudo=False
    )
    document_warning = fields.Char(
        compute="_compute_document_facts", store=True, compute_sudo=False
    )
    document_pages = fields.Json(
        compute="_compute_document_facts", store=True, compute_sudo=False,
        help="Per page: size in points as displayed, rectangles that would hide a mark.",
    )  # fmt: skip
    document_hashes = fields.Json(
        compute="_compute_document_facts", store=True, compute_sudo=False,
        help="SHA-256 of the file as it came and as it would be kept.",
    )  # fmt: skip
    title = fields.Char(compute="_compute_title", store=True, compute_sudo=False, readonly=False)
    deadline_on = fields.Date(string="Sign before", help="Empty: no deadline.")

    # --- the document ----------------------------------------------------------------------------------------------

    @api.depends("document_ids", "template_id")
    def _compute_document_facts(self):
        """Read the PDF at once, in the jail, and say what is wrong with it before anything else is filled in."""
        names = ("document_problem", "document_warning", "document_pages", "document_hashes")
        for wizard in self:
            wizard.update(dict.fromkeys(names, False))
            try:
                wizard.update(wizard._document_values())
            except UserError as error:
                wizard.document_problem = str(error)

    def _document_values(self):
        """Return what the form says of the upload, or of the template that stands in for it.

        :raises UserError: it cannot be signed
        """
        documents = self.env["esign.document"]
        if not self.document_ids:
            known = self.template_id.document_id
            values = {"document_hashes": [known.sha256, known.original_sha256]}
            pages = known.page_facts
            return values | {"document_pages": _page_values(pages)} if pages else {}
        facts = documents._inspect(*self._document())
        warnings = (
            documents._change_words(facts.changes),
            self._warning_words(facts.warnings),
        )
        return {
            "document_pages": _page_values(documents._facts_values(facts)["page_facts"]),
            "document_warning": " ".join(filter(None, warnings)),
            "document_hashes": [hashlib.sha256(facts.content).hexdigest(), facts.original_sha256],
        }

    @api.depends("document_ids")
    def _compute_title(self):
        for wizard in self:
            name = wizard.document_ids[:1].name or ""
            wizard.title = name[:-4] if name.lower().endswith(".pdf") else name

    def _document(self):
        """Return (bytes, file name) of the one uploaded PDF, read with the sender's own rights.

        :raises UserError: there is none, or more than one
        """
        self.ensure_one()
        # In a form that is not saved yet these are shadows of the stored attachments; while it is being saved the
        # web client asks for sizes in place of bytes.
        attachments = self.document_ids._origin.with_context(bin_size=False)
        if len(attachments) != 1:
            raise UserError(self.env._("Choose one PDF to be signed."))
        return attachments.raw or b"", attachments.name

    def _warning_words(self, codes):
        """Return in one sentence what the file holds besides its pages, or nothing."""
        words = {
            "javascript": self.env._("a script"),
            "attachments": self.env._("attached files"),
            "layers": self.env._("layers that can be switched off"),
            "form": self.env._("a fillable form"),
            "annotations": self.env._("notes or links"),
        }
        found = [words.get(code, code) for code in codes]
        if not found:
            return False
        return self.env._(
            "Besides its pages the file holds %(what)s: look it through.", what=", ".join(found)
        )

    # --- sending ---------------------------------------------------------------------------------------------------

    def action_send(self):
        """Send the document; tell what became of it, and go back to the deal."""
        request = self._create_request()
        request.action_send()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                **self._closing_notice(request),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _closing_notice(self, request):
        """Return what is said of ``request`` when the form closes: type, title, message and links."""
        return {
            "type": "success",
            "title": self.env._("%(number)s was sent", number=request.name),
            "message": self._sent_words(request),
            "links": self._undo_links(request),
        }

    def _sent_words(self, request):
        """Return what happens next; where it can be undone, with a place for the link of :meth:`_undo_links`."""
        words = self._order_words()
        if not request.undo_seconds:
            return words
        undo = self.env._(
            "The message leaves in a minute: open %(number)s to undo that.", number="%s"
        )
        return f"{words.replace('%', '%%')} {undo}"  # the web client puts the link where %s stands

    def _order_words(self):
        """Return who is asked first."""
        if self.person_ids:
            first, *_others = people = self._everybody()
            names = [who.name for who in people if who.sequence == first.sequence]
            return self.env._(
                "Asked first: %(names)s. The others follow in the template's order.",
                names=", ".join(names),
            )
        names = {"own": self.own_name, "client": self.client_name}
        if self.order == "both":
            return self.env._("%(own)s and %(client)s are invited at once.", **names)
        if self.order == "client":
            return self.env._("%(client)s signs first. %(own)s is invited after that.", **names)
        return self.env._(
            "%(own)s signs first. %(client)s is invited as soon as our side has signed.", **names
        )

    def _undo_links(self, request):
        """Return the link to the request, where sending can be undone."""
        if not request.undo_seconds:
            return []
        return [{"label": request.name, "url": f"/odoo/e-signature/{request.id}"}]

    def action_save_draft(self):
        """Keep the request as a draft and open it."""
        return form_action(self._create_request())

    def _create_request(self):
        """Return the new draft.

        :raises UserError: one sentence on what is missing or wrong
        """
        self.ensure_one()
        self._lock_deal()
        return self._create_locked()

    def _create_locked(self):
        """Do that where the deal is locked already."""
        self._check_people()
        self._check_document()
        requests = self.env["esign.request"]
        request = requests._draft_on_deal(
            self.lead_id.id,
            document=self._document_argument(),
            signers=[*map(self._signer, self._everybody()), *self._copies()],
            template_id=self.template_id.id,
            fields=None if self.template_id else "last",
            title=self.title,
            layout_source=self._layout_source(),
        )
        request.write({"deadline_at": self._deadline_at(), "signer_note": self.signer_note})
        self._drop_upload()
        return request

    def _document_argument(self):
        """Return the ``document`` argument of ``create_from_deal``.

        :raises UserError: there is no file, or more than one
        """
        content, name = self._document()
        return {"name": name, "content": base64.b64encode(content).decode()}

    # --- what was uploaded -----------------------------------------------------------------------------------------

    def _drop_upload(self):
        """Delete the upload: the request keeps bytes of its own."""
        self.document_ids.filtered(
            lambda attachment: (
                attachment.res_model == self._name and attachment.create_uid == self.env.user
            )
        ).unlink()

    @api.autovacuum
    def _gc_uploads(self):
        """Delete the uploads of wizards that were closed without sending."""
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", 0),
                ("create_date", "<", yesterday),
            ]
        ).unlink()


def _page_values(page_facts):
    """Return of each page what the form goes by."""
    return [{name: page[name] for name in ("width", "height", "covers")} for page in page_facts]
