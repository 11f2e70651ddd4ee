"""Signers as they come in from the screen or over RPC, checked one by one."""

import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tools.errors import TextError
from ..tools.gateways.phone import e164
from ..tools.text import clean_name
from .person_country import phone_country

SIGNER_KEYS = {
    "side", "role", "kind", "name", "email", "phone", "channel", "sequence", "lang", "partner_id", "position",
    "company_name", "authority", "party_id", "is_private_person",
}  # fmt: skip
SIDES = ("own", "client")
MAX_NUMBER = 10**6
MAX_TEXT = 500
LANG = re.compile(r"^[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?(@[a-z]+)?$")


class EsignRequest(models.Model):
    """The ``signers`` argument of ``create_from_deal``: bad input is refused with its number."""

    _inherit = "esign.request"

    # --- signers ---------------------------------------------------------------------------------------------------

    def _default_signers(self):
        """Return the people of the deal, as the sending form proposes them; a client without a name is called by the deal's."""
        own, client = self.lead_id._esign_people(self.company_id)
        name = client["name"] or self.lead_id.partner_name or self.lead_id.name
        return [own, client | {"name": name}]

    def _add_signers(self, signers):
        """Create the signers of the ``signers`` argument, checked one by one."""
        if not isinstance(signers, (list, tuple)) or not signers:
            raise UserError(
                self.env._("signers: pass at least one for our side and one for the client.")
            )
        vals_list = [
            self._signer_values(number, signer) for number, signer in enumerate(signers, 1)
        ]
        lang = self._lang_of_document(vals_list)
        for vals in vals_list:
            vals["role"] = vals["role"] or self._usual_role(vals["side"], lang)
        roles = [vals["role"] for vals in vals_list]
        doubled = next((role for role in roles if roles.count(role) > 1), None)
        if doubled:
            raise UserError(
                self.env._("signers: the role “%(role)s” is given twice.", role=doubled)
            )
        self.env["esign.signer"].create(vals_list)

    # --- roles -----------------------------------------------------------------------------------------------------

    @api.model
    def _usual_role(self, side, lang):
        """Return what somebody who was given no role is called in a document written in ``lang``."""
        env = self.with_context(lang=lang).env
        return env._("Our side") if side == "own" else env._("Client")

    def _lang_of_document(self, vals_list):
        """Return what :meth:`_paper_lang` will be with these signers, who are not made yet."""
        first = min(vals_list, key=lambda vals: (vals["side"] != "client", vals["sequence"]))
        return self._lang_for(first["lang"])

    def _signer_in(self, role):
        """Return who signs in ``role``; a usual one may be named in the caller's own language, too."""
        lang, mine = self._paper_lang(), self.env.lang
        usual = {self._usual_role(side, mine): self._usual_role(side, lang) for side in SIDES}
        signing = self.signer_ids.filtered(lambda each: each.kind == "signer")
        found = signing.filtered(lambda each: each.role == role)
        return found or signing.filtered(lambda each: each.role == usual.get(role))

    # --- one by one --------------------------------------------------------------------------------------------------

    def _signer_values(self, number, signer):
        """Return the values of one signer; ``number`` (from 1) tells the caller where an error is.

        An empty role is the usual one of the side.
        """
        where = self.env._("signers, no. %(number)s", number=number)
        self._refuse_unknown(where, signer, SIGNER_KEYS)
        side = signer.get("side") or "client"
        vals = {key: value for key, value in signer.items() if value not in (None, "", False)}
        if signer.get("is_private_person") is False:
            vals["is_private_person"] = False  # said, not left out
        vals |= {
            "request_id": self.id,
            "side": self._one_of(where, "side", side, SIDES),
            "kind": self._one_of(where, "kind", signer.get("kind") or "signer", ("signer", "copy")),
            "channel": self._one_of(
                where, "channel", signer.get("channel") or "email", ("email", "sms", "whatsapp")
            ),
            "sequence": self._whole_number(
                where, "sequence", signer.get("sequence") or (1 if side == "own" else 2)
            ),
            "role": self._checked_text(where, "role", signer.get("role")),
            "name": self._required_text(where, "name", signer.get("name")),
        }
        for key in ("position", "company_name", "authority"):
            vals[key] = self._checked_text(where, key, signer.get(key))
        vals["email"] = self._checked_email(where, signer.get("email"))
        vals["partner_id"] = self._checked_partner(where, vals)
        vals["phone"] = self._checked_phone(where, signer.get("phone"), vals)
        vals["lang"] = self._checked_lang(where, signer.get("lang"))
        self._check_channel_has_address(where, vals)
        return vals

    def _one_of(self, where, key, value, allowed):
        if value not in allowed:
            raise UserError(self.env._(
                "%(where)s: %(key)s “%(value)s” is none of %(allowed)s.",
                where=where, key=key, value=value, allowed=", ".join(allowed),
            ))  # fmt: skip
        return value

    def _whole_number(self, where, key, value):
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_NUMBER:
            raise UserError(
                self.env._("%(where)s: %(key)s must be a whole number.", where=where, key=key)
            )
        return value

    def _required_text(self, where, key, value):
        text = self._checked_text(where, key, value)
        if not text:
            raise UserError(self.env._("%(where)s: %(key)s is missing.", where=where, key=key))
        return text

    def _checked_text(self, where, key, value):
        """Return a text without characters that nobody sees, empty for none."""
        if value in (None, False):
            return ""
        if not isinstance(value, str):
            raise UserError(self.env._("%(where)s: %(key)s must be a text.", where=where, key=key))
        try:
            return clean_name(value, MAX_TEXT)
        except TextError as error:
            raise UserError(
                self.env._("%(where)s: %(key)s is too long.", where=where, key=key)
            ) from error

    def _given_reason(self, reason):
        """Return the reason for what others are told of, cleaned.

        :raises UserError: none was given, or it is too long
        """
        words = self._checked_text(self.env._("Reason"), self.env._("the text"), reason)
        if not words:
            raise UserError(self.env._("Please say why: the reason is missing."))
        return words

    def _checked_email(self, where, email):
        if not email:
            return False
        normal = email_normalize(email) if isinstance(email, str) else False
        if not normal:
            raise UserError(
                self.env._(
                    "%(where)s: “%(email)s” is not an e-mail address.", where=where, email=email
                )
            )
        return normal

    def _checked_phone(self, where, phone, vals):
        """Return the number in E.164, read as one of the person's country where it has no prefix."""
        if not phone:
            return False
        partner = self.env["res.partner"].browse(vals["partner_id"] or [])
        code = phone_country(partner, self.lead_id, self.company_id, vals["side"])
        number = isinstance(phone, str) and e164(phone, code)
        if not number:
            raise UserError(self.env._(
                "%(where)s: “%(phone)s” is not a phone number. Write it in international form, e.g. +33 6 12 34 56 78.",
                where=where, phone=phone,
            ))  # fmt: skip
        return number

    def _checked_lang(self, where, lang):
        """Return the language code; a signer without one reads the language of his contact or of the company."""
        if lang and not (isinstance(lang, str) and LANG.match(lang)):
            raise UserError(
                self.env._(
                    "%(where)s: “%(lang)s” is not a language code such as fr_FR.",
                    where=where,
                    lang=lang,
                )
            )
        if not lang:
            return False
        known = (
            self.env["res.lang"]
            .with_context(active_test=False)
            .search([("code", "=like", f"{lang}%")])
        )
        return lang if lang in known.mapped("code") or not known else known[0].code

    def _check_channel_has_address(self, where, vals):
        needed = "email" if vals["channel"] == "email" else "phone"
        if not vals[needed]:
            raise UserError(
                self.env._(
                    "%(where)s: %(name)s has no e-mail address to be reached at.",
                    where=where,
                    name=vals["name"],
                )
                if needed == "email"
                else self.env._(
                    "%(where)s: %(name)s has no phone number to be reached at.",
                    where=where,
                    name=vals["name"],
                )
            )

    def _checked_partner(self, where, vals):
        """Return the contact of this signer: the one named, else the deal's if the address is his."""
        partner_id = vals.get("partner_id") or 0
        is_id = isinstance(partner_id, int) and not isinstance(partner_id, bool)
        partner = self.env["res.partner"].browse(partner_id if is_id else 0).exists()
        if partner_id:
            if not partner.has_access("read") or not partner:
                raise UserError(
                    self.env._(
                        "%(where)s: there is no contact %(id)s.", where=where, id=vals["partner_id"]
                    )
                )
            return partner.id
        mine = self.lead_id.partner_id
        is_his = (
            vals["side"] == "client"
            and vals["email"]
            and email_normalize(mine.email or "") == vals["email"]
        )
        return mine.id if is_his else False
