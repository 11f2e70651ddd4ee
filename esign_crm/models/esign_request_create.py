"""How a request comes to be: from a deal, a PDF, signers and boxes, over the screen or over RPC."""

import base64
import binascii
import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.field_types import may_require
from ..tools.placing import free_place, overlap
from .esign_field import TYPES
from .esign_layout import MAX_FIELDS

FIELD_KEYS = {
    "role", "type", "name", "page", "x", "y", "width", "height", "required", "filled_by", "default", "options",
    "value",
}  # fmt: skip


class EsignRequest(models.Model):
    """Making drafts."""

    _inherit = "esign.request"

    @api.model
    def create_from_deal(
        self, lead_id, document=None, template_id=None, signers=None, fields=None, send=False
    ):
        """Return the id of a new request on a deal; with ``send``, sent at once. Also over JSON-2.

        :param int lead_id: a deal that the caller may change
        :param dict document: ``{"name": str, "content": base64 of a PDF, at most 25 MB}``
        :param int template_id: a template that the caller may read; its PDF, unless there is a ``document``, its roles
            and its fields
        :param list[dict] signers: see ``esign_request_people.SIGNER_KEYS``; none: our company's signer and the deal's
            contact; without a role they take the template's roles of their side in order
        :param list[dict] fields: see :data:`FIELD_KEYS`; ratios of the displayed page, origin top left, pages from 1;
            beside the template's. ``"last"`` takes over the last layout of the same kind of document, where there is one.
            A signer without a signature box gets one on the last page
        :param bool send: send it in the same step, or ask for approval where that is needed (see ``action_send``)
        :raises UserError: bad input; says what and where
        """
        self._deal_to_sign_for(lead_id)._esign_lock()
        request = self._draft_on_deal(
            lead_id, document=document, template_id=template_id, signers=signers, fields=fields
        )
        if send:
            request.action_send()
        return request.id

    @api.model
    def _draft_on_deal(
        self, lead_id, *, document=None, template_id=None, signers=None, fields=None, **known
    ):
        """Return a new draft as :meth:`create_from_deal` makes it; the caller holds the deal's lock (``_esign_lock``).

        :param known: what the sending form knows besides: ``title``, ``layout_source``; both tell the kind of document
        """
        lead = self._deal_to_sign_for(lead_id)
        template = self._template_to_use(template_id)
        request = self._new_on_deal(lead, template, document, **known)
        request._add_signers(request._signers_of_template(signers))
        request._add_layout(fields)
        return request

    @api.model
    def _new_on_deal(self, lead, template, document, *, title="", layout_source=False):
        """Return a new draft on ``lead`` with its document and, as yet, without signers."""
        upload = self._inspected_document(document) if document or not template else None
        request = self.create(
            {
                "title": title or (title_of(upload[0]) if upload else template.name),
                "lead_id": lead.id,
                "company_id": (lead.company_id or self.env.company).id,
                "user_id": self.env.uid,
                "team_id": lead.team_id.id,
            }
        )
        if layout_source:
            request._set_system_sudo(layout_source=layout_source)
        if upload:
            document_sudo = self.env["esign.document"]._store_sudo(request, "uploaded", *upload)
            request._set_system_sudo(uploaded_document_id=document_sudo.id)
            request._note_changes()
        if template:
            request._set_template_sudo(template, take_document=not upload)
        return request

    @api.model
    def _inspected_document(self, document):
        """Return (file name, bytes, facts as values) of the ``document`` argument, read in the jail."""
        name, content = self._decoded_document(document)
        facts = self.env["esign.document"]._inspect(content, name)
        return name, facts.content, self.env["esign.document"]._facts_values(facts)

    # --- input -----------------------------------------------------------------------------------------------------

    @api.model
    def _deal_to_sign_for(self, lead_id):
        if not self.env["crm.lead"].has_access("write"):
            raise AccessError(
                self.env._(
                    "Documents are sent from deals, and you have no rights in CRM: ask a colleague who has them, "
                    "or your administrator for “Sales: User”."
                )
            )
        is_id = isinstance(lead_id, int) and not isinstance(lead_id, bool)
        lead = self.env["crm.lead"].browse(lead_id if is_id else 0).exists()
        if not lead:
            raise UserError(self.env._("lead_id: there is no deal %(id)s.", id=lead_id))
        lead.check_access("write")
        return lead

    @api.model
    def _decoded_document(self, document):
        """Return (file name, bytes) of the ``document`` argument."""
        if not isinstance(document, dict) or not isinstance(document.get("content"), (str, bytes)):
            raise UserError(
                self.env._("document: pass {“name”, “content”} with the PDF in base64.")
            )
        name = document.get("name") or self.env._("document.pdf")
        name = self._checked_text("document", "name", name[:200] if isinstance(name, str) else name)
        name = re.sub(r"[/\\]", "_", name) or self.env._("document.pdf")
        try:
            content = base64.b64decode(document["content"], validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(self.env._("document.content: this is not base64.")) from error
        return name, content

    def _refuse_unknown(self, what, given, known):
        """Refuse an entry that is no dict, or has keys that we do not know (a typo must not vanish)."""
        if not isinstance(given, dict):
            raise UserError(self.env._("%(what)s: an object is expected.", what=what))
        unknown = set(given) - known
        if unknown:
            raise UserError(
                self.env._(
                    "%(what)s: unknown: %(keys)s.", what=what, keys=", ".join(sorted(unknown))
                )
            )

    # --- fields ----------------------------------------------------------------------------------------------------

    def _add_fields(self, given):
        """Create the boxes of the ``fields`` argument, and a signature box for whoever has none."""
        if not isinstance(given, (list, tuple)):
            raise UserError(self.env._("fields: a list is expected."))
        if len(given) > MAX_FIELDS:
            raise UserError(self.env._("At most %(count)s fields can be placed.", count=MAX_FIELDS))
        vals_list = [self._field_values(number, field) for number, field in enumerate(given, 1)]
        placed = self.field_ids.filtered(lambda field: field.type == "signature").signer_id
        with_box = {vals["signer_id"] for vals in vals_list if vals["type"] == "signature"}
        with_box |= set(placed.ids)
        for signer in self.signer_ids.filtered(lambda each: each.kind == "signer").sorted(
            "sequence"
        ):
            if signer.id not in with_box:
                vals_list.append(self._default_box(signer, vals_list))
        self.env["esign.field"].create(vals_list)
        self._check_nothing_covers(vals_list)

    def _field_values(self, number, field):
        where = self.env._("fields, no. %(number)s", number=number)
        self._refuse_unknown(where, field, FIELD_KEYS)
        role = self._checked_text(where, "role", field.get("role"))
        signer = self._signer_in(role)
        if not signer:
            raise UserError(
                self.env._(
                    "%(where)s: no signer has the role “%(role)s”.",
                    where=where,
                    role=field.get("role"),
                )
            )
        kind = self._one_of(
            where, "type", field.get("type") or "signature", [code for code, _label in TYPES]
        )
        page_count = self.uploaded_document_id.page_count
        page = self._whole_number(where, "page", field.get("page", page_count))
        if not 1 <= page <= page_count:
            raise UserError(self.env._(
                "%(where)s: there is no page %(page)s; the document has %(count)s.",
                where=where, page=page, count=page_count,
            ))  # fmt: skip
        return {
            "request_id": self.id,
            "signer_id": signer.id,
            "type": kind,
            "name": self._checked_text(where, "name", field.get("name"))
            or dict(self.env["esign.field"]._fields["type"]._description_selection(self.env))[kind],
            "page": page,
            "required": bool(field.get("required", True)) and may_require(kind),
            **self._filling_values(where, field, kind),
            **self._checked_box(where, field),
        }

    def _checked_box(self, where, field):
        """Return x, y, width, height, each a ratio, the whole box on its page."""
        box = {key: field.get(key) for key in ("x", "y", "width", "height")}
        for key, value in box.items():
            if (
                isinstance(value, bool)
                or not isinstance(value, (int, float))
                or not 0 <= value <= 1
            ):
                raise UserError(
                    self.env._(
                        "%(where)s: %(key)s must be a ratio of the page between 0 and 1.",
                        where=where,
                        key=key,
                    )
                )
        tolerance = 1e-6
        is_inside = (
            box["x"] + box["width"] <= 1 + tolerance and box["y"] + box["height"] <= 1 + tolerance
        )
        if not is_inside or not box["width"] or not box["height"]:
            raise UserError(self.env._("%(where)s: the box does not lie on the page.", where=where))
        return box

    def _default_box(self, signer, taken):
        """Return a free signature box on the last page: our side left, the client right, from the bottom up."""
        page = self.uploaded_document_id.page_count
        covers = self._covers(page)
        taken = [*taken, *self.field_ids.read(["page", "x", "y", "width", "height"])]
        box = free_place(signer.side, covers + _boxes_on(taken, page))
        if box:
            return self._box_values(signer, page, box)
        raise UserError(
            self.env._(
                "There is no free place for the signature of “%(role)s” on the last page: place the box by hand.",
                role=signer.role,
            )
        )

    def _box_values(self, signer, page, box):
        x, y, width, height = box
        return {
            "request_id": self.id, "signer_id": signer.id, "type": "signature", "name": self.env._("Signature"),
            "page": page, "x": x, "y": y, "width": width, "height": height, "required": True,
        }  # fmt: skip

    def _covers(self, page):
        """Return the rectangles on ``page`` that would hide a mark, as ratios."""
        return [
            tuple(rect) for rect in (self.uploaded_document_id.page_facts or [])[page - 1]["covers"]
        ]

    def _check_nothing_covers(self, vals_list):
        for vals in vals_list:
            box = (vals["x"], vals["y"], vals["width"], vals["height"])
            if any(overlap(box, cover) for cover in self._covers(vals["page"])):
                raise UserError(self.env._(
                    "Page %(page)s has a form field or a note where “%(field)s” is placed, which would hide it: move "
                    "the box, or print the file to a new PDF.",
                    page=vals["page"], field=vals["name"],
                ))  # fmt: skip


def _boxes_on(vals_list, page):
    return [
        (vals["x"], vals["y"], vals["width"], vals["height"])
        for vals in vals_list
        if vals["page"] == page
    ]


def title_of(file_name):
    """Return the title that a document gets from its file's name."""
    return re.sub(r"\.pdf$", "", file_name, flags=re.I)
