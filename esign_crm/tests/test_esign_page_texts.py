"""The sentences of the signing page: all there, and refusals with their figures."""

import re
from pathlib import Path

from odoo.tests import TransactionCase

from ..models import esign_verification_texts
from ..models.esign_page_texts import page_texts, refusal_words

SIGNING = Path(__file__).resolve().parent.parent / "static" / "signing"
NAMED = re.compile(r'\b(?:t|tNodes|fact|button)\(\s*"([a-z_0-9]+)"')
PLACEHOLDER = re.compile(r"\{(\w+)\}")
REFUSALS = [
    "not_found",
    "code_wrong",
    "code_expired",
    "code_void",
    "code_wait",
    "code_limit",
    "code_undeliverable",
    "locked",
    "not_confirmed",
    "not_your_turn",
    "internal_session",
    "field_required",
    "field_invalid",
    "image_refused",
    "consent_missing",
    "already_signed",
    "closed",
    "busy",
    "failed",
]
SITUATIONS = [
    "waiting",
    "signed",
    "done",
    "declined",
    "cancelled",
    "expired",
    "lapsed",
    "superseded",
    "sealing",
    "locked",
    "gone",
]


class TestEsignPageTexts(TransactionCase):
    """What the page may say."""

    def test_every_sentence_that_a_module_names_exists(self):
        texts = page_texts(self.env)
        modules = set(SIGNING.glob("*.js")) - {SIGNING / "verify.js"}
        named = {key for path in modules for key in NAMED.findall(path.read_text())}
        self.assertGreater(len(named), 60, "the pattern no longer finds the names")
        self.assertEqual(named - set(texts), set())

    def test_every_sentence_that_the_verification_page_names_exists(self):
        texts = esign_verification_texts.page_texts(self.env)
        named = set(NAMED.findall((SIGNING / "verify.js").read_text()))
        self.assertGreater(len(named), 10, "the pattern no longer finds the names")
        self.assertEqual(named - set(texts), set())

    def test_every_refusal_of_the_contract_has_its_sentence(self):
        texts = page_texts(self.env)
        self.assertEqual([code for code in REFUSALS if not texts.get(f"error_{code}")], [])

    def test_every_situation_has_heading_and_text(self):
        texts = page_texts(self.env)
        for situation in SITUATIONS:
            self.assertTrue(texts[f"{situation}_title"])
            self.assertTrue(texts[f"{situation}_text"])

    def test_refusals_leave_the_server_with_their_figures(self):
        for code in REFUSALS:
            words = refusal_words(self.env, {"error": code, "tries_left": 3, "retry_after": 61})
            self.assertFalse(PLACEHOLDER.search(words), words)
        self.assertIn("3", refusal_words(self.env, {"error": "code_wrong", "tries_left": 3}))
        self.assertIn("2 min", refusal_words(self.env, {"error": "code_limit", "retry_after": 61}))

    def test_unknown_refusal_reads_as_a_failure(self):
        self.assertEqual(
            refusal_words(self.env, {"error": "never_heard_of"}),
            page_texts(self.env)["error_failed"],
        )
