"""The clause by which a client accedes to the agreement on e-signature as he signs."""

import hashlib

from odoo import fields, models

from ..tools import languages
from .esign_page_texts import CONSENT_VERSION, page_texts


class EsignSigner(models.Model):
    """Frozen at sending in the signer's language, shown on the page, accepted with the consent, named by its digest."""

    _inherit = "esign.signer"

    accession_clause = fields.Text(
        readonly=True,
        copy=False,
        help="Shown on the signing page and accepted with the signature, as it was at sending.",
    )

    def _freeze_clause_sudo(self, party_sudo):
        """Keep the clause of a client whose party agrees by accession; senders may not read all of it, hence the sudo."""
        if self.side == "client" and party_sudo.agreement == "accession":
            clause = self.request_id.company_id._esign_clause(self._lang_code())
            self._set_system_sudo(accession_clause=clause)

    def _clause_sha256(self):
        """Return the digest of the clause as its audit entry names it, ``""`` for none."""
        self.ensure_one()
        clause = (self.accession_clause or "").encode()
        return hashlib.sha256(clause).hexdigest() if clause else ""

    def _consent_version(self):
        """Return the version of what this signer consents to: of the consent's text, and of the clause where one is shown."""
        digest = self._clause_sha256()
        return f"{CONSENT_VERSION}+{digest[:16]}" if digest else CONSENT_VERSION

    def _consent_values(self):
        """Return what the page shows of it."""
        values = {
            "version": self._consent_version(),
            "text": page_texts(self.env)["consent_text"],
        }
        if not self.accession_clause:
            return values
        values["text"] += " " + self.env._(
            "I also accept the clause on electronic signatures that stands below."
        )
        clause = {
            "title": self.env._("Agreement on electronic signatures"),
            "text": self.accession_clause,
            "lang": languages.html_tag(self._lang_code()),
        }
        return values | {"clause": clause}

    def _consent_details(self):
        """Return what the audit trail says of it."""
        details = {"consent": self._consent_version(), "lang": self._page_lang()}
        digest = self._clause_sha256()
        return details | {"clause_sha256": digest} if digest else details
