"""What the public page of a link shows."""

import json

from odoo import api, fields, models

from .esign_page_texts import CONSENT_VERSION, page_texts

ALIVE = ("sign", "waiting", "signed")


class EsignSigner(models.Model):
    """The page's data as plain values (JSON contract in docs/architecture.md)."""

    _inherit = "esign.signer"

    @api.model
    def _find_by_token_sudo(self, token, visit=""):
        """Return (signer, link) of a link's secret, or two empty records. The secret is the visitor's only right.

        :param str visit: the cookie that belongs to a link from the portal
        """
        link_sudo = self.env["esign.link"]._find_sudo(token, visit)
        signer_sudo = link_sudo.signer_id
        return signer_sudo.with_context(
            lang=signer_sudo._lang_code()
        ) if signer_sudo else signer_sudo, link_sudo

    def _situation(self, link_sudo):
        """Return the word for what this link's page shows now."""
        self.ensure_one()
        request = self.request_id
        if link_sudo.superseded_at:
            return "superseded"
        closed = self._closed_situation(request, link_sudo)
        if closed:
            return closed
        if link_sudo._is_lapsed():
            return "lapsed"
        if self.state in ("signed", "waiting", "declined"):
            return self.state
        return "locked" if self.is_locked else "sign"

    def _closed_situation(self, request, link_sudo):
        """Return the situation that the request's own state makes, or None while it is open."""
        now = fields.Datetime.now()
        if request.state == "done":
            if request.withdrawn_at:
                return "withdrawn"
            is_over = request.download_until <= now
            # what lapsed while unsigned does not come alive again by the others' signatures
            until = now if link_sudo.purpose == "portal" else request.completed_at
            return "gone" if is_over or link_sudo.expires_at <= until else "done"
        if request.state == "sent" and request.deadline_at and request.deadline_at <= now:
            return "expired"  # the cron that moves it there comes by every few minutes
        return (
            request.state
            if request.state in ("sealing", "declined", "cancelled", "expired")
            else None
        )

    def _page_values(self, link_sudo, token, cookie):
        """Return the JSON of the signing page; situations without a document tell no more than company and number."""
        situation = self._situation(link_sudo)
        request = self.request_id
        values = {
            "situation": situation,
            "base": f"/esign/s/{token}",
            "lang": self._lang_code(),
            "company": {"name": request.company_id.name},
            "request": {"number": request.name},
            "texts": page_texts(self.env),
        }
        if situation in ("sign", "signed", "waiting", "locked", "sealing", "done"):
            values |= self._known_visitor_values(request)
        if situation in ("sign", "signed"):
            values |= self._document_values(request, token)
        if situation == "sign":
            values |= self._signing_values(cookie)
        if situation == "done":
            values["download"] = {
                "url": f"/esign/s/{token}/download", "until": self._words(request.download_until),
            }  # fmt: skip
        return values

    def _known_visitor_values(self, request):
        user_sudo = request.user_id
        return {
            "sender": {"name": user_sudo.name or "", "phone": user_sudo.phone or "", "email": user_sudo.email or ""},
            "request": {
                "number": request.name,
                "title": request.title,
                "deadline": self._words(request.deadline_at) if request.deadline_at else None,
                "page_count": request.frozen_document_id.page_count,
            },
            "signer": {
                "name": self.name, "role": self.role, "channel": self.channel, "masked": self._masked_address(),
            },
            "signed_by": [
                {"name": each.name, "role": each.role, "when": self._words(each.signed_at)}
                for each in request.signer_ids.sorted("signed_at")
                if each.state == "signed"
            ],
        }  # fmt: skip

    def _document_values(self, request, token):
        facts = request.frozen_document_id.page_facts or []
        return {
            "pages": [
                {
                    "n": number,
                    "width": page["width"],
                    "height": page["height"],
                    "src": f"/esign/s/{token}/page/{number}",
                    "text": page["text"],
                }
                for number, page in enumerate(facts, 1)
            ],
            "fields": [
                self._field_value(field) for field in request.field_ids if self._may_see(field)
            ],
            "marks": [
                self._mark_value(field) for field in request.field_ids if self._is_signed_box(field)
            ],
        }

    def _may_see(self, field):
        """Tell whether the page shows this box: one's own, and the texts of whoever signed before (escrow)."""
        if field.signer_id == self:
            return field.filled_by == "signer"
        return field.type != "signature" and field.signer_id.state == "signed"

    def _is_signed_box(self, field):
        return field.type == "signature" and field.signer_id.state == "signed"

    def _field_value(self, field):
        is_mine = field.signer_id == self
        return _place(field) | {
            "id": field.id,
            "type": field.type,
            "label": field.name,
            "required": field.required,
            "value": None if is_mine and self.state != "signed" else field.value,
            "mine": is_mine,
        }

    def _mark_value(self, field):
        return _place(field) | {
            "name": field.signer_id.name,
            "when": self._words(field.signer_id.signed_at),
        }

    def _signing_values(self, cookie):
        is_confirmed = bool(self._confirmation_sudo(cookie)) and self.state == "confirmed"
        draft = json.loads(self.draft) if is_confirmed and self.draft else {}
        return {
            "confirmed": is_confirmed,
            "draft": draft,
            "code": self.env["esign.otp"]._clocks_sudo(self.id),
            "consent": {"version": CONSENT_VERSION, "text": page_texts(self.env)["consent_text"]},
        }

    def _words(self, moment):
        """Return a moment as the signer reads it: in the company's time zone, named."""
        if not moment:
            return ""
        request = self.request_id
        local = fields.Datetime.context_timestamp(self.with_context(tz=request._timezone()), moment)
        return f"{local:%d.%m.%Y %H:%M} {local:%Z}"

    def _may_read_document(self, link_sudo):
        """Tell whether the link still opens the frozen document."""
        return self._situation(link_sudo) in ("sign", "signed")


def _place(field):
    return {
        "page": field.page,
        "x": field.x,
        "y": field.y,
        "width": field.width,
        "height": field.height,
    }
