"""Stored PDF bytes of a request with their SHA-256: uploaded, frozen, sealed."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.errors import EsignError
from ..tools.pdf import render, repair
from ..tools.pdf.facts import PAGE_WIDTH_PIXELS
from . import advisory_lock
from .advisory_lock import Space
from .esign_errors import as_user_error
from .guards import passes_door, through_door, without_defaults

SHARP_WIDTH_PIXELS = 2400  # for who looks closer


class EsignDocument(models.Model):
    """Bytes that never change, kept as an attachment which no group may write, create or delete.

    Every reading goes through :meth:`_bytes`, which hashes again: what was put in its place is never shown, signed
    or sent.
    """

    _name = "esign.document"
    _description = "Signing document"
    _order = "id desc"

    request_id = fields.Many2one("esign.request", ondelete="cascade", index=True)
    template_id = fields.Many2one("esign.template", ondelete="cascade", index="btree_not_null")
    kind = fields.Selection(
        [
            ("uploaded", "As uploaded"),
            ("frozen", "As sent for signature"),
            ("sealed", "Signed and sealed"),
        ],
        required=True,
    )
    name = fields.Char(required=True)
    attachment_id = fields.Many2one("ir.attachment", string="File", ondelete="restrict", index=True)
    sha256 = fields.Char(string="SHA-256", required=True, index=True)
    size = fields.Integer(string="Size in bytes", required=True)
    page_count = fields.Integer(required=True)
    page_facts = fields.Json(
        help="Per page: size in points as displayed, text, rectangles that would hide a mark."
    )
    warnings = fields.Json(help="Codes of what the file holds beside its pages.")
    changes = fields.Json(
        help="Codes of what was done to the file at upload, so that it can be signed."
    )
    original_sha256 = fields.Char(
        string="SHA-256 as it came", help="Of the bytes that were uploaded, where they were mended."
    )

    def write(self, vals):
        """Refuse: a stored document never changes."""
        if not passes_door(self):
            raise UserError(
                self.env._("A stored document cannot be changed; upload a new version instead.")
            )
        return super().write(vals)

    # --- storing and reading ---------------------------------------------------------------------------------------

    @api.model
    def _inspect(self, content, name):
        """Return the facts of foreign PDF bytes, read in the jail and mended where that helps.

        :param bytes content: what was uploaded
        :param str name: how to call the file in the refusal
        :rtype: tools.pdf.intake.PdfFacts
        :raises UserError: one sentence on why the file cannot be signed
        """
        try:
            return repair.take_in(content)
        except EsignError as error:
            raise as_user_error(self.env, error, name=name) from error

    @api.model
    def _store_sudo(self, owner, kind, name, content, facts=None):
        """Return a new document that holds ``content``; only this model writes them, hence the sudo.

        :param owner: the request or template that it belongs to
        :param facts: dict of ``page_facts``, ``warnings``, ``page_count``
        """
        document_sudo = without_defaults(self.sudo()).create(
            {
                "template_id" if owner._name == "esign.template" else "request_id": owner.id,
                "kind": kind,
                "name": name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content),
                "page_count": 0,
                **(facts or {}),
            }
        )
        attachment_sudo = self._attach_sudo(document_sudo, name, content, "application/pdf")
        through_door(document_sudo).write({"attachment_id": attachment_sudo.id})
        return document_sudo

    @api.model
    def _attach_sudo(self, document, name, content, mimetype, **values):
        """Return a new attachment of ``document``; nobody has the right to make one, hence the sudo."""
        values |= {"name": name, "raw": content, "mimetype": mimetype}
        values |= {"res_model": self._name, "res_id": document.id}
        return without_defaults(self.env["ir.attachment"].sudo()).create(values)

    @api.model
    def _facts_values(self, facts):
        """Return ``facts`` (``PdfFacts``) as values of the stored columns."""
        return {
            "page_count": len(facts.pages),
            "page_facts": [
                {
                    "width": page.width,
                    "height": page.height,
                    "text": page.text,
                    "covers": [list(rect) for rect in page.covers],
                }
                for page in facts.pages
            ],
            "warnings": list(facts.warnings),
            "changes": list(facts.changes),
            "original_sha256": facts.original_sha256 or False,
        }

    def _copied_facts(self):
        """Return this document's facts as values for a later version of the same pages."""
        return {
            "page_count": self.page_count,
            "page_facts": self.page_facts,
            "warnings": self.warnings,
            "changes": self.changes,
            "original_sha256": self.original_sha256,
        }

    @api.model
    def _change_words(self, changes):
        """Return what was done to a file at upload, in sentences for the sender; empty for nothing."""
        words = {
            "repaired": self.env._("The file was damaged and has been repaired: look it through."),
            "unprotected": self.env._(
                "The file was protected against changes; the protection has been taken off, so that it can be signed."
            ),
            "flattened": self.env._(
                "Form fields and notes of the file have been made part of its pages: look it through."
            ),
        }
        return " ".join(words[code] for code in changes or () if code in words)

    def _bytes(self):
        """Return the stored bytes after hashing them again.

        :raises UserError: the stored file is gone or is not what was stored
        """
        self.ensure_one()
        content = self.sudo().with_context(bin_size=False).attachment_id.raw or b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError(
                self.env._(
                    "The stored file “%(name)s” is missing or was altered: its SHA-256 is not the recorded one.",
                    name=self.name,
                )
            )
        return content

    def _attachments_sudo(self):
        """Return all stored files of these documents, page images too; nobody may delete them, hence the sudo."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )

    # --- page images -----------------------------------------------------------------------------------------------

    def _page_image(self, number, is_sharp=False):
        """Return (bytes, mimetype) of page ``number`` (from 1), rendered in the jail once and kept.

        :param bool is_sharp: twice as many pixels each way, for who looks closer; one of a document is drawn at a time
        :return: ``None`` while another sharp one of the document is drawn
        :raises UserError: the page cannot be rendered
        """
        self.ensure_one()
        width = SHARP_WIDTH_PIXELS if is_sharp else PAGE_WIDTH_PIXELS
        attachment_sudo = self._page_image_sudo(number, width)
        if not attachment_sudo and is_sharp and not self._may_draw(Space.SHARP_PAGES):
            return None
        if not attachment_sudo:
            attachment_sudo = self._render_page_sudo(number, width)
        return attachment_sudo.raw, attachment_sudo.mimetype

    def _may_draw(self, space):
        """Tell whether nobody else is drawing this document sharply or ahead; the turn is kept to the transaction's end."""
        return advisory_lock.try_now(self.env.cr, space, self.id)

    def _page_image_sudo(self, number, width):
        """Return the kept image of a page; the signer who asks for it has no account, hence the sudo."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("description", "=", self._page_image_key(number, width)),
                ],
                limit=1,
            )
        )

    @api.model
    def _page_image_key(self, number, width):
        return f"page:{number}:{width}"

    def _render_page_sudo(self, number, width):
        """Render page ``number`` and keep the image beside the document."""
        try:
            image = render.render_in_jail(self._bytes(), [number], width)[number]
        except EsignError as error:
            raise as_user_error(self.env, error, name=self.name) from error
        extension = "png" if image.startswith(b"\x89PNG") else "webp"
        return self._attach_sudo(
            self,
            f"page-{number}-{width}.{extension}",
            image,
            f"image/{extension}",
            description=self._page_image_key(number, width),
        )
