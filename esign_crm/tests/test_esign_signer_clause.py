"""A client who agrees to sign electronically by accession: the clause, from the company's setting to the sealed PDF."""

import hashlib
import io
from datetime import timedelta
from unittest.mock import patch

import pypdf

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..models.esign_signer_authority import EsignSigner
from .common import EsignHttpCommon

OWN = "Whoever enters the code, signs."


@tagged("post_install", "-at_install")
class TestSignerClause(EsignHttpCommon):
    """The directory says of the client: by accession."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.party = cls.env["esign.party"].create(
            {"name": "Claude Client", "phone": cls.CLIENT, "agreement": "accession"}
        )
        cls.admin = new_test_user(cls.env, "clause_admin", groups="esign_crm.group_admin")

    def at_the_client(self, **client):
        """Return a request that our side has signed, the client's browser and token."""
        request = self.make_request(signers=self.signers(**client))
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        return request, self.browser(), self.wires.last_token(self.CLIENT)

    def consent_of(self, request, role="Client"):
        """Return the details of a consent."""
        events = request.event_ids.filtered(lambda event: event.kind == "consent")
        return next(each._details() for each in events if each._details()["role"] == role)

    def text_of(self, request):
        """Return the text of the sealed PDF, without the breaks of its lines."""
        pages = pypdf.PdfReader(io.BytesIO(request._sealed_bytes())).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    def test_clause_is_shown_accepted_recorded_and_printed(self):
        self.company.esign_accession_clause = OWN
        request, browser, token = self.at_the_client()
        digest = hashlib.sha256(OWN.encode()).hexdigest()
        consent = self.page(browser, token)["consent"]
        self.assertEqual(consent["version"], f"2026-1+{digest[:16]}")
        self.assertEqual((consent["clause"]["text"], consent["clause"]["lang"]), (OWN, "en-US"))
        self.assertIn("I also accept the clause", consent["text"])
        self.confirm(browser, token, self.CLIENT)
        refused = self.sign(browser, token, "Claude Client", consent="2026-1")
        self.assertEqual(refused["error"], "consent_missing", "that was without the clause")
        self.sign(browser, token, "Claude Client", consent=consent["version"])
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        details = self.consent_of(request)
        self.assertEqual(details["consent"], consent["version"])
        self.assertEqual(details["clause_sha256"], digest)
        self.assertIn(digest, self.text_of(request))
        self.env["esign.event"]._verify(request)

    def test_who_agreed_otherwise_and_our_side_see_none(self):
        self.party.write({"agreement": "paper", "agreement_on": fields.Date.today()})
        request = self.make_request()
        self.deliver()
        page = self.page(self.browser(), self.wires.last_token(self.DIRECTOR))
        self.assertEqual(set(page["consent"]), {"version", "text"})
        self.assertEqual(page["consent"]["version"], "2026-1")
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.env.invalidate_all()
        self.assertFalse(any(request.signer_ids.mapped("accession_clause")))
        self.assertNotIn("clause_sha256", self.consent_of(request))
        self.assertNotIn("byaccession", self.text_of(request))

    def test_clause_is_that_of_the_day_of_sending_in_the_signer_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.esign_accession_clause = OWN
        self.company.with_context(
            lang="fr_FR"
        ).esign_accession_clause = "Qui saisit le code, signe."
        request, browser, token = self.at_the_client(lang="fr_FR")
        self.company.with_context(lang="fr_FR").esign_accession_clause = "Autre chose."
        self.party.agreement = "none"
        clause = self.page(browser, token)["consent"]["clause"]
        self.assertEqual((clause["text"], clause["lang"]), ("Qui saisit le code, signe.", "fr-FR"))
        switched = self.get(browser, f"/esign/s/{token}?lang=en").text
        self.assertIn("Qui saisit le code, signe.", switched)
        self.assertEqual(request.signer_ids[1].accession_clause, "Qui saisit le code, signe.")
        self.assertFalse(request.signer_ids[0].accession_clause)

    def test_language_without_own_words_has_ours(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["res.lang"]._activate_lang("de_DE")
        french = self.company.with_context(lang="fr_FR")
        french.esign_accession_clause = "Qui saisit le code, signe."
        self.assertEqual(self.company._esign_clause("fr_FR"), "Qui saisit le code, signe.")
        for lang in ("de_DE", "en_US"):
            ours = self.company._esign_default_clause(self.company.with_context(lang=lang).env)
            self.assertEqual(self.company._esign_clause(lang), ours)

    def test_code_is_bound_to_the_clause(self):
        request, browser, token = self.at_the_client()
        self.confirm(browser, token, self.CLIENT)
        request.signer_ids[1]._set_system_sudo(accession_clause="Something else.")
        self.assertEqual(self.sign(browser, token, "Claude Client")["error"], "code_void")

    def test_without_words_of_the_company_ours_are_used(self):
        request = self.make_request()
        self.assertIn(
            "whoever enters the code counts as the signer", request.signer_ids[1].accession_clause
        )
        self.company.esign_accession_clause = "   "
        self.assertEqual(
            self.make_request().signer_ids[1].accession_clause,
            request.signer_ids[1].accession_clause,
        )

    def test_draft_has_none_and_nobody_writes_it_by_hand(self):
        draft = self.make_request(send=False)
        self.assertFalse(any(draft.signer_ids.mapped("accession_clause")))
        for user in (self.rep, self.admin):
            with self.assertRaises(AccessError):
                draft.signer_ids[1].with_user(user).accession_clause = OWN

    def test_only_administrators_of_e_signature_set_the_company_s_words(self):
        page = (
            self.env["esign.settings"].with_user(self.admin).create({"esign_accession_clause": OWN})
        )
        self.assertEqual(self.company.esign_accession_clause, OWN)
        self.assertIn("By signing I agree", page.esign_accession_default)
        self.env["res.lang"]._activate_lang("fr_FR")
        page.update_field_translations("esign_accession_clause", {"fr_FR": "Signe."})
        self.assertEqual(self.company._esign_clause("fr_FR"), "Signe.")
        self.assertEqual(self.company._esign_clause("en_US"), OWN)
        for groups in ("base.group_system", "esign_crm.group_manager"):
            user = new_test_user(self.env, f"clause_{groups[-5:]}", groups=groups)
            company = self.company.with_user(user)
            with self.assertRaises(AccessError):
                company.esign_accession_clause = "Mine"
            with self.assertRaises(AccessError):
                company.update_field_translations("esign_accession_clause", {"fr_FR": "Mine"})
            with self.assertRaises(AccessError):
                page.with_user(user).update_field_translations(
                    "esign_accession_clause", {"fr_FR": "Mine"}
                )
        with self.assertRaisesRegex(ValidationError, "at most 4000"):
            self.company.esign_accession_clause = "x" * 4001

    def test_each_change_of_the_company_s_words_stands_in_its_trail(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        groups = "base.group_erp_manager,esign_crm.group_admin"
        admin = new_test_user(self.env, "clause_keeper", groups=groups, name="Ada Admin")
        company = self.company.with_user(admin)
        company.esign_accession_clause = OWN
        company.update_field_translations("esign_accession_clause", {"fr_FR": "Signe."})
        company.update_field_translations("esign_accession_clause", {"fr_FR": "Signe."})
        company.with_context(lang="fr_FR").esign_accession_clause = "Signe !"
        domain = [("request_id", "=", False), ("kind", "=", "settings_changed")]
        events = self.env["esign.event"].search(domain, order="id desc", limit=3)
        details = [event._details() for event in events.sorted("id")]
        self.assertEqual({each["setting"] for each in details}, {"esign_accession_clause"})
        self.assertEqual({each["by"] for each in details}, {"Ada Admin"})
        self.assertEqual(
            [(each["lang"], each["old"], each["new"]) for each in details],
            [("en_US", "", OWN), ("fr_FR", OWN, "Signe."), ("fr_FR", "Signe.", "Signe !")],
        )

    def test_markup_in_the_clause_stays_text(self):
        self.company.esign_accession_clause = "</script><b>{{7*7}}</b>"
        _request, browser, token = self.at_the_client()
        self.assertEqual(
            self.page(browser, token)["consent"]["clause"]["text"], "</script><b>{{7*7}}</b>"
        )

    def test_party_of_each_signer_is_looked_up_once_when_it_is_frozen(self):
        draft = self.make_request(send=False)
        looked_up = []
        look_up = EsignSigner._known_party_sudo

        def counted(signer):
            looked_up.append(signer)
            return look_up(signer)

        with patch.object(EsignSigner, "_known_party_sudo", counted):
            draft.with_user(self.rep).action_send()
        self.assertEqual(len(looked_up), 2)

    def test_ended_authority_counts_for_who_accedes_too(self):
        self.party.write(
            {
                "authority_kind": "charter",
                "authority_until": fields.Date.today() + timedelta(days=9),
            }
        )
        request = self.make_request()
        self.assertTrue(
            request.signer_ids[1].accession_clause and request.signer_ids[1].authority_until
        )
