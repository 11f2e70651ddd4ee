"""The words by which clients of a company agree to sign electronically, where they agree by accession."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_company import TRUSTED

MAX_CLAUSE = 4000


class ResCompany(models.Model):
    """A text of the company's own in each language, else ours."""

    _inherit = "res.company"

    esign_accession_clause = fields.Text(
        string="Clause of accession",
        translate=True,
        help="Shown on the signing page to clients who agree by accession, and accepted with the signature. Empty: "
        "our own words, in the client's language.",
    )

    @api.constrains("esign_accession_clause")
    def _check_esign_accession_clause(self):
        if any(len(company.esign_accession_clause or "") > MAX_CLAUSE for company in self.sudo()):
            raise ValidationError(
                self.env._(
                    "The clause of accession is read on a phone: at most %(limit)s characters.",
                    limit=MAX_CLAUSE,
                )
            )

    def _esign_clause(self, lang):
        """Return the clause in ``lang``; what is shown to signers is no secret, hence the sudo."""
        self.ensure_one()
        company_sudo = self.sudo().with_context(lang=lang)
        field = self._fields["esign_accession_clause"]
        stored = field._get_stored_translations(company_sudo) or {}
        return _own_words(stored, lang) or self._esign_default_clause(company_sudo.env)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Let translations of our settings be changed by whom the settings are, within the same limits, and record it.

        Odoo writes them past ``write``.
        """
        before = {}
        if field_name.startswith("esign_"):
            self._check_is_esign_admin()
        if field_name in TRUSTED:
            before = {
                lang: self._in(lang)._esign_trusted_values_sudo([field_name])
                for lang in translations
            }
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        if field_name.startswith("esign_"):
            self.invalidate_recordset([field_name])
            for lang in translations:
                self._in(lang)._validate_fields([field_name])
        for lang, values in before.items():
            self._in(lang)._record_esign_change_sudo(values, {})
        return result

    def _in(self, lang):
        return self.with_context(lang=lang)

    @api.model
    def _esign_default_clause(self, env):
        """Return our own words in the language of ``env``."""
        return env._(
            "By signing I agree, for the party that I sign for, that documents between it and the sender may be signed "
            "electronically in this way: a personal link and a one-time code are sent to the phone number or mailbox that "
            "is named for the signer, and whoever enters the code counts as the signer. A document signed so has the same "
            "effect as one on paper signed by hand, as far as the law allows. Each party keeps link, code, phone and mailbox "
            "to itself and tells the other at once when somebody else may have had them. The sender records how each "
            "document was signed and shows the record to whoever disputes a signature."
        )


def _own_words(stored, lang):
    """Return the company's words in ``lang``, ``""`` where it has none; ``stored`` is {language: text}.

    Odoo keeps what is typed first, in whatever language, as English too.
    """
    words = (stored.get(lang) or "").strip()
    others = {(text or "").strip() for code, text in stored.items() if code != "en_US"}
    return "" if lang == "en_US" and words in others else words
