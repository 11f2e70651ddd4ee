"""What the public page of a link shows."""

from odoo import api, fields, models

from ..tools import field_types, languages, signing_draft
from .esign_moments import moment_words
from .esign_page_texts import page_texts, refusal_words

ALIVE = ("sign", "waiting", "signed")


class EsignSigner(models.Model):
    """The page's data as plain values (JSON contract in docs/architecture.md)."""

    _inherit = "esign.signer"

    @api.model
    def _find_by_token_sudo(self, token, visit="", asked_lang=None):
        """Return (signer, link) of a link's secret, or two empty records. The secret is the visitor's only right.

        :param str visit: the cookie that belongs to a link from the portal
        :param str asked_lang: the language that the visitor switched the page to; the signer speaks it from here on
        """
        link_sudo = self.env["esign.link"]._find_sudo(token, visit)
        signer_sudo = link_sudo.signer_id
        if not signer_sudo:
            return signer_sudo, link_sudo
        lang = signer_sudo._switched_lang(asked_lang)
        return signer_sudo.with_context(lang=lang, esign_page_lang=lang), link_sudo

    def _switched_lang(self, asked_lang):
        """Return the language that ``asked_lang`` names, if the page can be switched to it, else the one on file."""
        on_file = self._lang_code()
        if not asked_lang or asked_lang in (on_file, languages.html_tag(on_file)):
            return on_file
        return languages.match(str(asked_lang), self.env["res.lang"]._esign_codes()) or on_file

    def _page_lang(self):
        """Return the language of the page that this signer has in front of him.

        A code is good for it alone, and it is the language that the consent is recorded in. Elsewhere than on the page
        (messages, certificate) ``_lang_code`` counts.
        """
        return self.env.context.get("esign_page_lang") or self._lang_code()

    def _situation(self, link_sudo):
        """Return the word for what this link's page shows now."""
        self.ensure_one()
        request = self.request_id
        is_delegated = self.state == "delegated"
        if link_sudo.superseded_at or is_delegated:
            return "delegated" if is_delegated else "superseded"
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
            "lang": self._page_lang(),
            "company": {
                "name": request.company_id.name,
                "logo": request.company_id._esign_logo_sudo(),
            },
            "request": {"number": request.name},
            "texts": page_texts(self.env),
        }
        if situation in ("sign", "signed", "waiting", "locked", "sealing", "done"):
            values |= self._known_visitor_values(request)
        if situation in ("sign", "signed"):
            values |= self._document_values(request, token)
        if situation == "sign":
            values |= self._signing_values(cookie)
        if situation in ("signed", "sealing", "done"):
            values["mail_copy"] = self._mail_copy_values(cookie)
        if situation in ("waiting", "signed", "sealing", "done"):
            values["next"] = self._next_values(cookie)
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
                "lang": languages.html_tag(request._paper_lang()),
                "note": request._note_text(),
                "page_count": request.frozen_document_id.page_count,
            },
            "signer": {
                "name": self.name, "role": self.role, "channel": self.channel, "masked": self._masked_address(),
                "in_place_of": self.delegated_from_id.name or None,
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
        """Tell whether the page shows this box: one's own, and texts that are fixed (escrow: no pictures of others)."""
        if field.signer_id == self and field._is_asked():
            return True
        return field.type not in field_types.PICTURES and bool(field.value)

    def _is_signed_box(self, field):
        """Tell whether a grey box stands for a picture that nobody sees before completion."""
        is_drawn = field.type in field_types.FROM_SIGNATURE or bool(field.value)
        is_picture = field.type in field_types.PICTURES
        return is_picture and is_drawn and field.signer_id.state == "signed"

    def _field_value(self, field):
        is_mine = field.signer_id == self and field._is_asked()
        is_open = is_mine and self.state != "signed"
        value = field._default_value() if is_open else field.value
        values = {
            "id": field.id,
            "type": field.type,
            "label": field.name,
            "required": field.required,
            "value": (value or None) if field.type not in field_types.PICTURES else None,
            "mine": is_mine,
        }
        return _place(field) | values | (field._entry_hints() if is_open else {})

    def _mark_value(self, field):
        return _place(field) | {
            "name": field.signer_id.name,
            "when": self._words(field.signer_id.signed_at),
        }

    def _signing_values(self, cookie):
        otp_sudo = self._confirmation_sudo(cookie)
        content = self._content_hash()
        is_confirmed = self.state == "confirmed" and otp_sudo.content_hash == content
        stopped = self._why_not_entitled()
        return {
            "stopped": refusal_words(self.env, stopped) if stopped else None,
            "confirmed": is_confirmed,
            "draft": self._entered_so_far_sudo() if is_confirmed else {},
            "delegation": self._delegation_values(),
            "can_delegate": not self._why_nobody_decides(),
            "code": self.env["esign.otp"]._clocks_sudo(self.id, content),
            "consent": self._consent_values(),
        }

    def _entered_so_far_sudo(self):
        """Return ``values`` and ``signature`` that are kept, empty for nothing; for whoever confirmed a code: sudo."""
        draft = signing_draft.unpack(self.sudo().draft, self._asked_ids())
        return self._draft_with_pictures_sudo(draft)

    def _words(self, moment):
        """Return a moment as the signer reads it: in the company's time zone, named."""
        return moment_words(self.env, moment, self.request_id._timezone())

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
