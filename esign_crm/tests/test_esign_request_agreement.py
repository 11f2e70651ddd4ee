"""The agreement on e-signature, signed here."""

from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..tools.samples import KINDS, of_kind
from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestRequestAgreement(EsignHttpCommon):
    """Claude signs the agreement; the directory knows it from then on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agreement = next(kind for kind in KINDS if kind.is_agreement)
        cls.template = cls.env["esign.template"]._make_sample(of_kind(agreement)["en"])
        cls.template.field_ids.filtered(lambda field: field.type == "text").unlink()
        cls.party = cls.env["esign.party"].create(
            {"name": "Claude Client", "phone": cls.CLIENT, "company_name": "Mill"}
        )
        cls.party.lang = "ru_RU"
        cls.cr.precommit.run()  # what was changed so far is no news
        cls.manager = new_test_user(cls.env, "agreement_manager", groups="esign_crm.group_manager")

    def signed(self, meanwhile=None, **arguments):
        """Return a request from the template that all have signed; ``meanwhile`` happens after it was sent."""
        signers = [signer | {"role": None} for signer in self.signers()]
        requests = self.env["esign.request"].with_user(self.rep)
        request = requests.browse(
            requests.create_from_deal(
                self.lead.id, template_id=self.template.id, signers=signers, send=True, **arguments
            )
        )
        if meanwhile:
            meanwhile()
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        return request

    def test_signed_agreement_is_known_until_it_is_withdrawn(self):
        request = self.signed()
        party = self.party
        self.assertEqual((party.agreement, party.agreement_request_id), ("here", request))
        self.assertTrue(party.agreement_on)
        self.cr.precommit.run()
        change = party.message_ids.tracking_value_ids.filtered("old_value_char")
        self.assertEqual(change.old_value_char, "None", "in the company's language")
        self.assertEqual(change.mail_message_id.author_id, self.env.ref("base.partner_root"))
        request.with_user(self.manager).action_withdraw("Signed by mistake")
        self.assertEqual((party.agreement, party.agreement_on), ("none", False))
        self.assertFalse(party.agreement_request_id)

    def test_agreement_at_another_address_is_none_of_the_party_s(self):
        other = self.env["esign.party"].create({"name": "Other", "phone": "+33644444444"})
        own, client = self.signers()
        self.signers = lambda: [own, client | {"party_id": other.id}]
        self.signed()
        self.assertEqual(other.agreement, "none")

    # --- who is not in the directory -------------------------------------------------------------------------------

    def unknown(self, **client):
        """Let the directory know nobody of this deal."""
        self.party.write({"name": "Other", "phone": "+33644444444"})
        signers = self.signers(**client)
        self.signers = lambda: signers

    def entered(self):
        """Return the parties with the client's phone."""
        return self.env["esign.party"].search([("phone", "=", self.CLIENT)])

    def test_unknown_client_who_signs_it_is_entered(self):
        self.unknown(company_name="Mill Ltd", position="Miller", lang="fr_FR")
        request = self.signed()
        party, signer = self.entered(), request.signer_ids[1]
        self.assertEqual((party.name, party.company_name), ("Claude Client", "Mill Ltd"))
        self.assertEqual((party.position, party.channel, party.side), ("Miller", "sms", "client"))
        self.assertEqual((party.company_id, party.user_id), (request.company_id, self.rep))
        self.assertEqual((party.agreement, party.agreement_request_id), ("here", request))
        self.assertEqual(signer.party_id, party)
        self.assertEqual(signer.address_source, "typed", "as it was at sending")
        self.assertEqual(signer.address_by, self.rep.name)
        bodies = " ".join(str(body) for body in party.message_ids.mapped("body"))
        self.assertIn(f"signed by {request.name}", bodies)
        self.assertFalse(party.message_ids.notification_ids, "nobody is mailed")
        request.with_user(self.manager).action_withdraw("Signed by mistake")
        self.assertEqual(party.agreement, "none")

    def test_typed_address_of_who_was_entered_stays_the_sender_s_word_until_it_is_confirmed(self):
        self.unknown()
        self.signed()
        party, typist = self.entered(), self.rep.name
        self.assertIn(f"{self.CLIENT}: typed by {typist}", party.typed_words)
        colleague = new_test_user(
            self.env,
            "agreement_rep",
            groups="sales_team.group_sale_salesman_all_leads,esign_crm.group_user",
        )

        def next_signer():
            """Return the client of a colleague's request."""
            with patch.object(self, "rep", colleague):
                return self.make_request().signer_ids[1]

        signer = next_signer()
        self.assertEqual((signer.party_id, signer.address_source), (party, "typed"))
        self.assertEqual(signer.address_by, typist, "not who sent this one")
        self.assertEqual(signer.address_since, party.address_typed_at)
        self.assertFalse(signer._proven_party_sudo())
        words = signer.request_id._provenance_words(signer)
        self.assertIn("Typed by the sender", words)
        self.assertIn(f"entered by {typist}", words)
        with self.assertRaises(AccessError):
            party.with_user(colleague).action_confirm_address()
        party.with_user(self.manager).action_confirm_address()
        self.assertFalse(party.typed_words)
        self.assertIn("agreement_manager", " ".join(map(str, party.message_ids.mapped("body"))))
        self.assertEqual(next_signer().address_source, "party")

    def test_typed_address_that_is_written_by_hand_is_confirmed(self):
        self.unknown()
        self.signed()
        party = self.entered()
        party.with_user(self.manager).position = "Miller"
        self.assertTrue(party.phone_typed_by)
        party.with_user(self.manager).phone = self.CLIENT
        self.assertFalse(party.phone_typed_by or party.typed_words)
        self.assertIn("agreement_manager", " ".join(map(str, party.message_ids.mapped("body"))))

    def test_nobody_says_by_hand_who_typed_an_address(self):
        for name in ("phone_typed_by", "email_typed_by", "address_typed_at"):
            with self.assertRaises(AccessError):
                self.party.with_user(self.manager)[name] = False
        parties = self.party.with_user(self.manager)
        with self.assertRaises(AccessError):
            parties.create({"name": "X", "phone": "+33655555555", "phone_typed_by": "Me"})
        made = parties.with_context(default_phone_typed_by="Me").create({"name": "X"})
        self.assertFalse(made.phone_typed_by)

    def test_merging_takes_over_whose_word_an_address_is(self):
        self.unknown()
        self.signed()
        party = self.entered()
        other = party.create({"name": "Claude", "email": "claude@client.example.org"})
        other._take_from(party)
        self.assertEqual((other.phone, other.phone_typed_by), (self.CLIENT, self.rep.name))
        self.assertFalse(other.email_typed_by)

    def test_signing_it_again_notes_the_later_agreement_at_the_same_entry(self):
        self.unknown()
        self.signed()
        again = self.signed()
        self.assertEqual(self.entered().agreement_request_id, again)
        self.assertNotIn("could not be noted", self.notes(again))

    def test_signing_it_again_enters_nobody_twice(self):
        self.unknown()
        self.signed()
        party = self.entered()
        self.signed()
        self.assertEqual(self.entered(), party)

    def test_who_was_entered_meanwhile_has_agreed(self):
        self.unknown()
        party = self.env["esign.party"].browse()

        def enter():
            nonlocal party
            party = self.party.create({"name": "Claude", "phone": self.CLIENT, "active": False})

        request = self.signed(enter)
        self.assertEqual((party.agreement, party.agreement_request_id), ("here", request))
        self.assertFalse(self.entered(), "it is archived, and stays so")

    def test_contact_known_at_another_address_meanwhile_is_left_alone_and_told(self):
        self.unknown(partner_id=self.partner.id)
        enter = {"name": "Claude", "phone": "+33655555555", "person_id": self.partner.id}
        request = self.signed(lambda: self.party.create(enter))
        known = self.env["esign.party"].search([("person_id", "=", self.partner.id)])
        self.assertEqual((len(known), known.agreement), (1, "none"))
        self.assertIn("could not be noted in the party directory", self.notes(request))

    def notes(self, request):
        """Return all that the chatter says."""
        return " ".join(str(body) for body in request.message_ids.mapped("body"))

    def test_private_person_and_long_names_are_entered(self):
        name = "Claude " + "Client " * 40
        self.unknown(name=name.strip(), partner_id=self.partner.id)
        self.signed()
        party = self.entered()
        self.assertEqual(party.name, name[:200].strip())
        self.assertTrue(party.is_private_person)
        self.assertEqual((party.person_id, party.authority_kind), (self.partner, "self"))

    def test_entry_that_fails_stops_no_completion(self):
        self.unknown()
        entry = "odoo.addons.esign_crm.models.esign_party_entry.EsignParty._entry_values"
        logger = "odoo.addons.esign_crm.models.esign_request_agreement"
        with patch(entry, side_effect=ValueError("no")), self.assertLogs(logger, "ERROR"):
            request = self.signed()
        self.assertFalse(self.entered())
        self.assertIn("could not be noted in the party directory", self.notes(request))

    def test_agreement_on_paper_stays_what_counts(self):
        self.party.write({"agreement": "paper", "agreement_on": "2026-01-02"})
        self.signed()
        self.assertEqual(self.party.agreement, "paper")

    def test_request_with_another_document_is_no_agreement(self):
        self.template.is_agreement = False
        self.signed()
        self.assertEqual(self.party.agreement, "none")

    def test_nobody_says_by_hand_that_it_was_signed_here(self):
        party = self.party.with_user(self.manager)
        with self.assertRaises(ValidationError):
            party.agreement = "here"
        with self.assertRaises(AccessError):
            party.agreement_request_id = self.env["esign.request"].search([], limit=1)

    def test_only_managers_make_a_template_an_agreement(self):
        templates = self.env["esign.template"].with_user(self.rep)
        with self.assertRaises(AccessError):
            templates.create({"name": "Mine", "is_agreement": True})
        mine = templates.with_context(default_is_agreement=True).create({"name": "Mine"})
        self.assertFalse(mine.is_agreement)
        with self.assertRaises(AccessError):
            mine.is_agreement = True
        mine.with_user(self.manager).is_agreement = True
        self.assertFalse(mine.copy().is_agreement)
