"""The pages to be signed, as pictures with the places of the marks, before anything is sent."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.esign_errors import as_user_error
from ..tools.errors import EsignError
from ..tools.pdf import render
from ..tools.placing import free_place

WIDTHS = {"small": 320, "large": 1100}  # pixels
BOX = ("x", "y", "width", "height")


class EsignSendWizard(models.TransientModel):
    """What the request will look like; pictures are made when they are looked at."""

    _inherit = "esign.send.wizard"

    preview = fields.Json(string="Pages", compute="_compute_preview", compute_sudo=False)
    left_out = fields.Char(compute="_compute_preview", compute_sudo=False)

    @api.depends(
        "document_ids", "document_pages", "template_id", "title", "lead_id", "act_id", "person_ids"
    )
    def _compute_preview(self):
        """Tell the widget ``{"url", "pages": [[width, height]], "boxes"}``; ``%d`` in the URL is the page."""
        for wizard in self:
            wizard.update({"preview": False, "left_out": False})
            if not wizard.document_pages:
                continue
            boxes, left_out = wizard._planned_boxes()
            wizard.left_out = wizard._left_out_words(left_out)
            wizard.preview = {
                "url": wizard._pages_url(),
                "pages": [[page["width"], page["height"]] for page in wizard.document_pages],
                "boxes": wizard._with_signatures(boxes),
            }

    # --- the places of the marks -------------------------------------------------------------------------------------

    def _planned_boxes(self):
        """Return the boxes that the request will get from a template or the last layout, and the fields left out.

        As ``esign.request._add_layout`` will place them.
        """
        covers = [page["covers"] for page in self.document_pages]
        if self.template_id:
            found = self.template_id.field_ids
            left_out = found.filtered(lambda field: field.page > len(covers))
            return [
                planned(f, f.page, f.role_id.side, f.role_id.name) for f in found - left_out
            ], left_out
        last = self._last_request()
        kept, left_out = self.env["esign.request"]._plan_layout(last, covers)
        return [planned(field, page, field.signer_id.side) for field, page in kept], left_out

    def _with_signatures(self, boxes):
        """Add a signature for whoever has none yet, where the request will put it."""
        last_page = len(self.document_pages)
        signing = {_place_of(box) for box in boxes if box["type"] == "signature"}
        for who in self._everybody():
            side, role = who.side, who.role if self.template_id else ""
            if (side, role) in signing:
                continue
            taken = [[box[name] for name in BOX] for box in boxes if box["page"] == last_page]
            place = free_place(side, [*taken, *self.document_pages[-1]["covers"]])
            if place:
                name = self.env._("Signature")
                box = {
                    "page": last_page,
                    "side": side,
                    "role": role,
                    "type": "signature",
                    "name": name,
                }
                boxes = [*boxes, box | dict(zip(BOX, place, strict=True))]
        return boxes

    def _left_out_words(self, left_out):
        """Return which fields find no place in this file, or nothing."""
        if not left_out:
            return False
        names = ", ".join(
            self.env._("%(field)s (page %(page)s)", field=field.name, page=field.page)
            for field in left_out.sorted(lambda field: (field.page, field.id))
        )
        return self.env._(
            "Left out, because this file has no such page or something there would hide them: %(names)s.",
            names=names,
        )

    # --- the pictures ------------------------------------------------------------------------------------------------

    def _pages_url(self):
        """Return where the pictures come from: the upload, or the template's document."""
        upload = self.document_ids[:1]._origin
        if upload:
            return f"/esign_crm/upload/{upload.id}/page/%d?{upload.checksum}"
        document = self.template_id.document_id
        return f"/esign_crm/document/{document.id}/page/%d?{document.sha256[:16]}"

    @api.model
    def _upload_page(self, attachment_id, number, size):
        """Return (bytes, mimetype) of a page of the caller's own upload, drawn in the jail; nothing is kept.

        :param str size: of :data:`WIDTHS`
        :raises AccessError: the caller sends nothing
        :raises UserError: it is none of his uploads, or the page cannot be drawn
        """
        self.check_access("read")
        domain = [
            ("id", "=", attachment_id),
            ("res_model", "=", self._name),
            ("create_uid", "=", self.env.uid),
        ]
        upload = self.env["ir.attachment"].search(domain)
        if not upload or size not in WIDTHS:
            raise UserError(self.env._("There is no such page."))
        image = self._drawn(upload.raw or b"", upload.name, number, WIDTHS[size])
        return image, render.mimetype(image)

    def _drawn(self, content, name, number, width):
        """Return the picture of a page; of a file that had to be mended, as it was mended."""
        try:
            return render.render_in_jail(content, [number], width)[number]
        except EsignError:
            content = self.env["esign.document"]._inspect(content, name).content
        try:
            return render.render_in_jail(content, [number], width)[number]
        except EsignError as error:
            raise as_user_error(self.env, error, name=name) from error


def planned(field, page, side, role=""):
    """Return what the widget shows of one field on ``page`` of the new file.

    :param role: whose it is, where a side has several
    """
    box = {"page": page, "side": side, "role": role, "type": field.type, "name": field.name}
    return box | {name: field[name] for name in BOX}


def _place_of(box):
    return box["side"], box["role"]
