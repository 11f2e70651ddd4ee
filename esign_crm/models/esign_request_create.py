"""How a request comes to be: from a deal, a PDF, signers and boxes, over the screen or over RPC."""

import base64
import binascii
import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164
from .esign_field import SYSTEM_TYPES, TYPES

SIGNER_KEYS = {
    "side", "role", "kind", "name", "email", "phone", "channel", "sequence", "lang", "partner_id", "position",
    "company_name", "authority",
}  # fmt: skip
FIELD_KEYS = {"role", "type", "name", "page", "x", "y", "width", "height", "required"}
BOX_WIDTH, BOX_HEIGHT = 0.36, 0.09
COLUMNS = {"own": (0.08, 0.56), "client": (0.56, 0.08)}
ROWS = (0.80, 0.69, 0.58, 0.47, 0.36, 0.25, 0.14, 0.03)
LANG = re.compile(r"^[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?(@[a-z]+)?$")


class EsignRequest(models.Model):
    """Making drafts."""

    _inherit = "esign.request"

    @api.model
    def create_from_deal(self, lead_id, document=None, template_id=None, signers=None, fields=None, send=False):
        """Return the id of a new request on a deal; with ``send``, sent at once. Also over JSON-2.

        :param int lead_id: a deal that the caller may change
        :param dict document: ``{"name": str, "content": base64 of a PDF, at most 25 MB}``
        :param template_id: templates do not exist yet: refused
        :param list[dict] signers: see :data:`SIGNER_KEYS`; none: the caller for our side, the deal's contact
        :param list[dict] fields: see :data:`FIELD_KEYS`; ratios of the displayed page, origin top left, pages from 1;
            a signer without a signature box gets one on the last page
        :param bool send: send it in the same step
        :raises UserError: bad input; says what and where
        """
        if template_id:
            raise UserError(self.env._("template_id: there are no templates yet; pass a document."))
        lead = self._deal_to_sign_for(lead_id)
        name, content = self._decoded_document(document)
        facts = self.env["esign.document"]._inspect(content, name)
        request = self.create({
            "title": name.removesuffix(".pdf").removesuffix(".PDF"),
            "lead_id": lead.id,
            "company_id": (lead.company_id or self.env.company).id,
            "user_id": self.env.uid,
            "team_id": lead.team_id.id,
        })
        document_sudo = self.env["esign.document"]._store_sudo(
            request, "uploaded", name, facts.content, self.env["esign.document"]._facts_values(facts)
        )
        request._set_system_sudo(uploaded_document_id=document_sudo.id)
        request._add_signers(signers if signers is not None else request._default_signers())
        request._add_fields(fields or [])
        if send:
            request.action_send()
        return request.id

    # --- input -----------------------------------------------------------------------------------------------------

    @api.model
    def _deal_to_sign_for(self, lead_id):
        lead = self.env["crm.lead"].browse(lead_id if isinstance(lead_id, int) else 0).exists()
        if not lead:
            raise UserError(self.env._("lead_id: there is no deal %(id)s.", id=lead_id))
        lead.check_access("write")
        return lead

    @api.model
    def _decoded_document(self, document):
        """Return (file name, bytes) of the ``document`` argument."""
        if not isinstance(document, dict) or not isinstance(document.get("content"), (str, bytes)):
            raise UserError(self.env._("document: pass {“name”, “content”} with the PDF in base64."))
        name = str(document.get("name") or self.env._("document.pdf")).replace("/", "_").replace("\\", "_")[:200]
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
            raise UserError(self.env._("%(what)s: unknown: %(keys)s.", what=what, keys=", ".join(sorted(unknown))))

    # --- signers ---------------------------------------------------------------------------------------------------

    def _default_signers(self):
        """Return the sender for our side and the deal's contact for the client's."""
        user, lead = self.env.user, self.lead_id
        partner = lead.partner_id
        email = partner.email or lead.email_from
        return [
            {
                "side": "own", "role": self.env._("Our side"), "name": user.name, "email": user.email,
                "phone": user.partner_id.phone, "channel": "email", "partner_id": user.partner_id.id, "sequence": 1,
            },
            {
                "side": "client", "role": self.env._("Client"), "sequence": 2, "partner_id": partner.id,
                "name": partner.name or lead.contact_name or lead.partner_name or lead.name,
                "email": email, "phone": partner.phone or lead.phone, "channel": "email" if email else "sms",
            },
        ]  # fmt: skip

    def _add_signers(self, signers):
        """Create the signers of the ``signers`` argument, checked one by one."""
        if not isinstance(signers, (list, tuple)) or not signers:
            raise UserError(self.env._("signers: pass at least one for our side and one for the client."))
        vals_list = [self._signer_values(number, signer) for number, signer in enumerate(signers, 1)]
        roles = [vals["role"] for vals in vals_list]
        doubled = next((role for role in roles if roles.count(role) > 1), None)
        if doubled:
            raise UserError(self.env._("signers: the role “%(role)s” is given twice.", role=doubled))
        self.env["esign.signer"].create(vals_list)

    def _signer_values(self, number, signer):
        """Return the values of one signer; ``number`` (from 1) tells the caller where an error is."""
        where = self.env._("signers, no. %(number)s", number=number)
        self._refuse_unknown(where, signer, SIGNER_KEYS)
        side = signer.get("side") or "client"
        vals = {key: value for key, value in signer.items() if value not in (None, "", False)}
        vals |= {
            "request_id": self.id,
            "side": self._one_of(where, "side", side, ("own", "client")),
            "kind": self._one_of(where, "kind", signer.get("kind") or "signer", ("signer", "copy")),
            "channel": self._one_of(where, "channel", signer.get("channel") or "email", ("email", "sms", "whatsapp")),
            "sequence": self._whole_number(where, "sequence", signer.get("sequence") or (1 if side == "own" else 2)),
            "role": str(signer.get("role") or (self.env._("Our side") if side == "own" else self.env._("Client"))),
            "name": self._required_text(where, "name", signer.get("name")),
        }
        vals["email"] = self._checked_email(where, signer.get("email"))
        vals["phone"] = self._checked_phone(where, signer.get("phone"))
        vals["lang"] = self._checked_lang(where, signer.get("lang"))
        self._check_channel_has_address(where, vals)
        vals["partner_id"] = self._checked_partner(where, vals)
        return vals

    def _one_of(self, where, key, value, allowed):
        if value not in allowed:
            raise UserError(self.env._(
                "%(where)s: %(key)s “%(value)s” is none of %(allowed)s.",
                where=where, key=key, value=value, allowed=", ".join(allowed),
            ))  # fmt: skip
        return value

    def _whole_number(self, where, key, value):
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(self.env._("%(where)s: %(key)s must be a whole number.", where=where, key=key))
        return value

    def _required_text(self, where, key, value):
        text = value.strip() if isinstance(value, str) else ""
        if not text:
            raise UserError(self.env._("%(where)s: %(key)s is missing.", where=where, key=key))
        return text

    def _checked_email(self, where, email):
        if not email:
            return False
        normal = email_normalize(email) if isinstance(email, str) else False
        if not normal:
            raise UserError(self.env._("%(where)s: “%(email)s” is not an e-mail address.", where=where, email=email))
        return normal

    def _checked_phone(self, where, phone):
        """Return the number in E.164, read as one of the company's country where it has no prefix."""
        if not phone:
            return False
        number = isinstance(phone, str) and e164(phone, self.company_id.country_id.code or "")
        if not number:
            raise UserError(self.env._(
                "%(where)s: “%(phone)s” is not a phone number. Write it in international form, e.g. +33 6 12 34 56 78.",
                where=where, phone=phone,
            ))  # fmt: skip
        return number

    def _checked_lang(self, where, lang):
        """Return the language code; a signer without one reads the language of his contact or of the company."""
        if lang and not (isinstance(lang, str) and LANG.match(lang)):
            raise UserError(self.env._(
                "%(where)s: “%(lang)s” is not a language code such as fr_FR.", where=where, lang=lang
            ))
        if not lang:
            return False
        known = self.env["res.lang"].with_context(active_test=False).search([("code", "=like", f"{lang}%")])
        return lang if lang in known.mapped("code") or not known else known[0].code

    def _check_channel_has_address(self, where, vals):
        needed = "email" if vals["channel"] == "email" else "phone"
        if not vals[needed]:
            raise UserError(
                self.env._("%(where)s: %(name)s has no e-mail address to be reached at.", where=where, name=vals["name"])
                if needed == "email"
                else self.env._("%(where)s: %(name)s has no phone number to be reached at.", where=where, name=vals["name"])
            )

    def _checked_partner(self, where, vals):
        """Return the contact of this signer: the one named, else the deal's if the address is his."""
        partner = self.env["res.partner"].browse(vals.get("partner_id") or 0).exists()
        if vals.get("partner_id"):
            if not partner:
                raise UserError(self.env._("%(where)s: there is no contact %(id)s.", where=where, id=vals["partner_id"]))
            return partner.id
        mine = self.lead_id.partner_id
        is_his = vals["side"] == "client" and vals["email"] and email_normalize(mine.email or "") == vals["email"]
        return mine.id if is_his else False

    # --- fields ----------------------------------------------------------------------------------------------------

    def _add_fields(self, given):
        """Create the boxes of the ``fields`` argument, and a signature box for whoever has none."""
        if not isinstance(given, (list, tuple)):
            raise UserError(self.env._("fields: a list is expected."))
        vals_list = [self._field_values(number, field) for number, field in enumerate(given, 1)]
        with_box = {vals["signer_id"] for vals in vals_list if vals["type"] == "signature"}
        for signer in self.signer_ids.filtered(lambda each: each.kind == "signer").sorted("sequence"):
            if signer.id not in with_box:
                vals_list.append(self._default_box(signer, vals_list))
        self.env["esign.field"].create(vals_list)
        self._check_nothing_covers(vals_list)

    def _field_values(self, number, field):
        where = self.env._("fields, no. %(number)s", number=number)
        self._refuse_unknown(where, field, FIELD_KEYS)
        signer = self.signer_ids.filtered(lambda each: each.role == field.get("role") and each.kind == "signer")
        if not signer:
            raise UserError(self.env._("%(where)s: no signer has the role “%(role)s”.", where=where, role=field.get("role")))
        kind = self._one_of(where, "type", field.get("type") or "signature", [code for code, _label in TYPES])
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
            "name": str(field.get("name") or dict(self.env["esign.field"]._fields["type"]._description_selection(self.env))[kind]),
            "page": page,
            "required": bool(field.get("required", True)) and kind not in SYSTEM_TYPES,
            **self._checked_box(where, field),
        }

    def _checked_box(self, where, field):
        """Return x, y, width, height, each a ratio, the whole box on its page."""
        box = {key: field.get(key) for key in ("x", "y", "width", "height")}
        for key, value in box.items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise UserError(self.env._(
                    "%(where)s: %(key)s must be a ratio of the page between 0 and 1.", where=where, key=key
                ))
        tolerance = 1e-6
        is_inside = box["x"] + box["width"] <= 1 + tolerance and box["y"] + box["height"] <= 1 + tolerance
        if not is_inside or not box["width"] or not box["height"]:
            raise UserError(self.env._("%(where)s: the box does not lie on the page.", where=where))
        return box

    def _default_box(self, signer, taken):
        """Return a free signature box on the last page: our side left, the client right, from the bottom up."""
        page = self.uploaded_document_id.page_count
        covers = self._covers(page)
        for y in ROWS:
            for x in COLUMNS[signer.side]:
                box = (x, y, BOX_WIDTH, BOX_HEIGHT)
                if not any(_overlap(box, other) for other in covers + _boxes_on(taken, page)):
                    return self._box_values(signer, page, box)
        raise UserError(self.env._(
            "There is no free place for the signature of “%(role)s” on the last page: place the box by hand.",
            role=signer.role,
        ))

    def _box_values(self, signer, page, box):
        x, y, width, height = box
        return {
            "request_id": self.id, "signer_id": signer.id, "type": "signature", "name": self.env._("Signature"),
            "page": page, "x": x, "y": y, "width": width, "height": height, "required": True,
        }  # fmt: skip

    def _covers(self, page):
        """Return the rectangles on ``page`` that would hide a mark, as ratios."""
        return [tuple(rect) for rect in (self.uploaded_document_id.page_facts or [])[page - 1]["covers"]]

    def _check_nothing_covers(self, vals_list):
        for vals in vals_list:
            box = (vals["x"], vals["y"], vals["width"], vals["height"])
            if any(_overlap(box, cover) for cover in self._covers(vals["page"])):
                raise UserError(self.env._(
                    "Page %(page)s has a form field or a note where “%(field)s” is placed, which would hide it: move "
                    "the box, or print the file to a new PDF.",
                    page=vals["page"], field=vals["name"],
                ))  # fmt: skip


def _boxes_on(vals_list, page):
    return [
        (vals["x"], vals["y"], vals["width"], vals["height"]) for vals in vals_list if vals["page"] == page
    ]


def _overlap(left, right):
    """Tell whether two rectangles (x, y, width, height) share any area."""
    return (
        left[0] < right[0] + right[2]
        and right[0] < left[0] + left[2]
        and left[1] < right[1] + right[3]
        and right[1] < left[1] + left[3]
    )
