"""What the public may learn of a sealed request."""

import re

from odoo import api, models

from ..tools import masking

ISO_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z")


class EsignRequest(models.Model):
    """The registry side of the integrity check: facts to compare, masked; no document, no contact."""

    _inherit = "esign.request"

    @api.model
    def _find_by_code_sudo(self, code):
        """Return the sealed request of a verification code however it was typed; strangers ask, hence the sudo."""
        plain = "".join(each for each in str(code).upper() if each.isalnum())
        domain = [("verification_code", "=", plain), ("state", "=", "done")]
        return self.sudo().search(domain, limit=1) if len(plain) == 26 else self.sudo().browse()

    def _verification_record(self):
        """Return what a file that claims to be this request's is checked against."""
        return self._seal_record(self.sealed_sha256, self._sealed_key_fingerprint_sudo())

    def _record_verdict(self):
        """Return the verdict on the record alone: facts to compare, never a green mark."""
        self.ensure_one()
        verdict = "revoked" if self.withdrawn_at else "valid"
        reasons = ["withdrawn"] if self.withdrawn_at else ["compare_facts"]
        return {
            "verdict": verdict,
            "checked": "record",
            "reasons": reasons,
            "facts": self._public_facts(),
        }

    def _public_facts(self):
        """Return the facts that a paper can be compared with."""
        signing = self.signer_ids.filtered(lambda signer: signer.kind == "signer").sorted(
            "signed_at"
        )
        return {
            "number": self.name,
            "title": self.title,
            "company": self.company_id.name,
            "completed_at": f"{self.completed_at:%Y-%m-%dT%H:%M:%SZ}",
            "pages": self.frozen_document_id.page_count,
            "parties": [
                {
                    "role": signer.role,
                    "name": masking.mask_name(signer.name),
                    "signed_at": f"{signer.signed_at:%Y-%m-%dT%H:%M:%SZ}",
                }
                for signer in signing
            ],
            "sha256": self.sealed_sha256,
            "key_fingerprint": self._sealed_key_fingerprint_sudo(),
            # the reason is for those who signed: it may name people
            "withdrawn_at": f"{self.withdrawn_at:%Y-%m-%dT%H:%M:%SZ}"
            if self.withdrawn_at
            else None,
        }

    @api.model
    def _verification_page_values(self, verdict, code):
        """Return what the page template shows: the verdict, its reasons and facts in words."""
        return {
            "code": code or "",
            "verdict": verdict and verdict["verdict"],
            "checked": verdict and verdict["checked"],
            "reasons": [
                self._reason_words(reason) for reason in (verdict or {}).get("reasons", [])
            ],
            "rows": self._fact_rows((verdict or {}).get("facts") or {}),
            "error": False,
            "lang": (self.env.lang or "en_US").partition("_")[0],
        }

    @api.model
    def _fact_rows(self, facts):
        """Return the ``facts`` as rows of label and value (a text or a list of texts) in reading order."""
        labels = {
            "number": self.env._("Number"),
            "title": self.env._("Document"),
            "company": self.env._("Sent by"),
            "completed_at": self.env._("Completed"),
            "pages": self.env._("Pages"),
            "parties": self.env._("Signed by"),
            "sha256": "SHA-256",
            "key_fingerprint": self.env._("Fingerprint of the sealing key"),
            "withdrawn_at": self.env._("Withdrawn"),
        }
        parties = [
            self.env._(
                "%(name)s (%(role)s), %(when)s",
                name=party["name"],
                role=party["role"],
                when=_readable(party["signed_at"]),
            )
            for party in facts.get("parties", [])
        ]
        values = {key: _readable(facts[key]) for key in labels if facts.get(key)} | (
            {"parties": parties} if parties else {}
        )
        return [
            {"label": label, "value": values[key]} for key, label in labels.items() if key in values
        ]

    @api.model
    def _reason_words(self, reason):
        words = {
            "compare_facts": self.env._(
                "A document with this number was signed. Compare these facts with your copy."
            ),
            "withdrawn": self.env._("The company has withdrawn this document."),
            "not_in_registry": self.env._(
                "This is not known here: it was not issued by this system, or the code is mistyped."
            ),
            "hash_differs": self.env._("The file is not byte for byte the one that was sealed."),
            "seal_broken": self.env._("The seal itself is damaged or was altered."),
            "padding_changed": self.env._("The unused room after the seal was altered."),
            "content_changed": self.env._("The content was changed after it was sealed."),
            "prefix_differs": self.env._(
                "The file does not begin with the document that was signed."
            ),
            "appended": self.env._("Something was added to the document after it was sealed."),
            "trailing_bytes": self.env._("There are foreign bytes behind the end of the document."),
            "not_whole_file": self.env._(
                "The seal does not cover exactly this file: part of it is missing or outside."
            ),
            "not_certified": self.env._(
                "The seal does not forbid later changes, as a seal of ours does."
            ),
            "extra_signature": self.env._("The file carries other signatures than the one seal."),
            "wrong_key": self.env._(
                "The file was sealed with another key, whatever name that key states."
            ),
            "key_not_in_force": self.env._(
                "The seal was made at a time when its key was not in force."
            ),
            "timestamp_broken": self.env._("The timestamp on the seal is damaged or was altered."),
            "no_seal": self.env._("The file carries no seal."),
            "unreadable": self.env._("The file is damaged and cannot be examined."),
            "not_pdf": self.env._("The file is not a PDF."),
            "too_large": self.env._("The file is larger than 25 MB."),
            "empty": self.env._("No file was chosen, or it is empty."),
            "busy": self.env._("Too many files are being checked just now. Try again in a minute."),
        }
        return words.get(reason) or self.env._(
            "The file did not pass the check (%(reason)s).", reason=reason
        )


def _readable(value):
    """Return a fact as people read it: an ISO 8601 moment as the certificate page writes it."""
    found = ISO_MOMENT.fullmatch(str(value))
    return "{2}.{1}.{0} {3} UTC".format(*found.groups()) if found else str(value)
