"""What the public may learn of a sealed request: by its code, by a file, by a file's SHA-256."""

import hashlib
import logging
import re

from odoo import api, models
from odoo.exceptions import UserError

from ..tools import masking, verification_code
from ..tools.errors import VerificationError
from ..tools.pdf.claim import claimed_codes_in_jail
from ..tools.sealing.verify import verify_in_jail
from . import esign_verification_texts as texts
from .esign_moments import moment_words

_logger = logging.getLogger(__name__)

# As pyHanko writes it into the seal's /Reason: a literal string, its slashes in octal (ISO 32000-1, 7.3.4.2).
CODE_IN_FILE = re.compile(rb"esign(?:/|\\057)verify(?:/|\\057)([A-Z2-7]{26})")
SHA256 = re.compile(r"[0-9a-f]{64}")
# Nothing was examined, so there is nothing to say of the document.
NOT_CHECKED = ("too_large", "empty", "busy", "too_many")


class EsignRequest(models.Model):
    """The registry side of the integrity check: facts to compare, masked; no document, no contact.

    Strangers ask, who have no rights: what is shown is public by design, hence the sudo. A verdict is a pair: what JSON
    answers (design section 15), and the sealed request that it is about, or none.
    """

    _inherit = "esign.request"

    # --- verdicts --------------------------------------------------------------------------------------------------

    @api.model
    def _verify_code(self, code):
        """Return the verdict on the record alone: facts to compare, never a green mark."""
        request_sudo = self._find_by_code_sudo(code)
        if not request_sudo:
            return _verdict("unknown", "record", "not_in_registry"), request_sudo
        reason = "withdrawn" if request_sudo.withdrawn_at else "compare_facts"
        return request_sudo._record_verdict(reason), request_sudo

    @api.model
    def _verify_file(self, content):
        """Return the verdict on a file's bytes, checked against the registry and in the jail."""
        digest = hashlib.sha256(content).hexdigest()
        request_sudo = self._find_by_sha256_sudo(digest) or self._claimed_request_sudo(content)
        record = request_sudo._verification_record() if request_sudo else None
        known_keys = self.env["esign.sealing.key"]._known_fingerprints_sudo()
        try:
            report = verify_in_jail(content, record, known_keys=known_keys)
        except VerificationError as error:
            return _verdict("unknown", "file", error.code), request_sudo
        facts = {"sha256": digest}
        if request_sudo and report.verdict in ("valid", "revoked"):
            # who holds the file reads its title in it
            facts = request_sudo._public_facts() | {"title": request_sudo.title}
        elif request_sudo:
            facts["number"] = request_sudo.name
        return _verdict(report.verdict, "file", *report.reasons, **facts), request_sudo

    @api.model
    def _verify_sha256(self, digest):
        """Return the verdict on a SHA-256 alone: our own sealed copy, which has the same bytes, is examined.

        It is one on the record: whether the asker's file has this SHA-256, only who computed it knows.
        """
        request_sudo = self._find_by_sha256_sudo(digest)
        if not request_sudo:
            return _verdict("unknown", "record", "not_in_registry"), request_sudo
        try:
            content = request_sudo._sealed_bytes()
        except UserError:
            _logger.warning("the sealed copy of %s is gone or altered", request_sudo.name)
            reasons = ["copy_erased", *(["withdrawn"] if request_sudo.withdrawn_at else [])]
            return request_sudo._record_verdict(*reasons), request_sudo
        verdict, _request_sudo = self._verify_file(content)
        if verdict["verdict"] in ("valid", "revoked"):
            verdict["reasons"] = ["same_sha256", *verdict["reasons"]]
        return verdict | {"checked": "record"}, request_sudo

    def _record_verdict(self, *reasons):
        verdict = "revoked" if self.withdrawn_at else "valid"
        return _verdict(verdict, "record", *reasons, **self._public_facts())

    # --- finding ---------------------------------------------------------------------------------------------------

    @api.model
    def _find_by_code_sudo(self, code):
        """Return the sealed request of a verification code however it was typed, or none."""
        plain = verification_code.normalise(str(code))
        domain = [("verification_code", "=", plain), ("state", "=", "done")]
        return self.sudo().search(domain, limit=1) if plain else self.sudo().browse()

    @api.model
    def _find_by_sha256_sudo(self, digest):
        """Return the request whose sealed file has this SHA-256 (hexadecimal), or none."""
        plain = str(digest).strip().lower()
        domain = [("sealed_sha256", "=", plain), ("state", "=", "done")]
        is_one = SHA256.fullmatch(plain)
        return self.sudo().search(domain, limit=1) if is_one else self.sudo().browse()

    @api.model
    def _claimed_request_sudo(self, content):
        """Return the request that a file claims to be: by its seal's reason, else by its certificate page."""
        found = CODE_IN_FILE.search(content)
        codes = [found.group(1).decode()] if found else claimed_codes_in_jail(content)
        found_sudo = (self._find_by_code_sudo(code) for code in codes)
        return next(filter(None, found_sudo), self.sudo().browse())

    def _verification_record(self):
        """Return what a file that claims to be this request's is checked against."""
        return self._seal_record(self.sealed_sha256, self._sealed_key_fingerprint_sudo())

    # --- facts -----------------------------------------------------------------------------------------------------

    def _public_facts(self):
        """Return the facts that a paper can be compared with; of people no more than masked names.

        Neither title nor reason of a withdrawal: they may name people.
        """
        self.ensure_one()
        signing = self.signer_ids._acting()
        return {
            "number": self.name,
            "company": self.company_id.name,
            "completed_at": _iso(self.completed_at),
            "withdrawn_at": _iso(self.withdrawn_at),
            "pages": self.frozen_document_id.page_count,
            "parties": [
                {
                    "role": signer.role,
                    "name": masking.mask_name(signer.name or ""),
                    "signed_at": _iso(signer.signed_at),
                }
                for signer in signing.sorted("signed_at")
            ],
            "sha256": self.sealed_sha256,
            "key_fingerprint": self._sealed_key_fingerprint_sudo(),
        }

    # --- in words --------------------------------------------------------------------------------------------------

    def _verification_page_values(self, verdict, by, code):
        """Return what the page template shows, in the language of the environment.

        :param dict verdict: as the methods above return it, or None for the bare form
        :param str by: what was checked, see ``esign_verification_texts.headline``
        """
        values = {
            "texts": texts.page_texts(self.env),
            "code": code or "",
            "by": False,
            "error": False,
        }
        if not verdict:
            return values
        reasons = verdict["reasons"]
        if set(reasons) & set(NOT_CHECKED):
            return values | {"error": texts.reason_words(self.env, reasons[0])}
        heading, sentence = texts.headline(self.env, by, verdict["verdict"], reasons)
        return values | {
            "by": by,
            "mark": self._verdict_mark(verdict, by),
            "heading": heading,
            "sentence": sentence,
            "reasons": self._told_reasons(verdict, by),
            "rows": self._fact_rows(verdict["facts"]),
        }

    @api.model
    def _verdict_mark(self, verdict, by):
        """Return ``good`` for a file that was examined and is right, ``stop`` for what is wrong, else nothing.

        Neither a code nor digits from elsewhere say anything about the file in somebody's hands.
        """
        if verdict["verdict"] == "valid":
            is_sure = by in ("file", "hash") and "copy_erased" not in verdict["reasons"]
            return "good" if is_sure else ""
        return "" if by == "hash" and verdict["verdict"] == "unknown" else "stop"

    @api.model
    def _told_reasons(self, verdict, by):
        """Return the reasons that the heading does not tell already, as sentences."""
        told = {"compare_facts", "same_sha256", "copy_erased", "withdrawn"}
        told |= {"not_in_registry"} if by != "file" else set()
        return [
            texts.reason_words(self.env, reason)
            for reason in verdict["reasons"]
            if reason not in told or (reason == "withdrawn" and verdict["verdict"] == "invalid")
        ]

    def _fact_rows(self, facts):
        """Return the ``facts`` as rows of label and value (a text or a list of texts) in reading order."""
        zone = self._timezone() if self else "UTC"
        values = {key: str(value) for key, value in facts.items() if value}
        for key in ("completed_at", "withdrawn_at"):
            if facts.get(key):
                values[key] = moment_words(self.env, self[key], zone)
        if facts.get("parties"):
            values["parties"] = self._party_rows(facts["parties"], zone)
        labels = texts.fact_labels(self.env)
        return [
            {"label": label, "value": values[key]} for key, label in labels.items() if key in values
        ]

    def _party_rows(self, parties, zone):
        signing = self.signer_ids._acting()
        return [
            self.env._(
                "%(name)s (%(role)s), %(when)s",
                name=party["name"],
                role=party["role"],
                when=moment_words(self.env, signer.signed_at, zone),
            )
            for party, signer in zip(parties, signing.sorted("signed_at"), strict=True)
        ]


def _verdict(verdict, checked, *reasons, **facts):
    """Return a verdict as JSON answers it."""
    return {"verdict": verdict, "checked": checked, "reasons": list(reasons), "facts": facts}


def _iso(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None
