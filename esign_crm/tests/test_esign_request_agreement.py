"""The agreement on e-signature, signed here."""

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

    def signed(self, **arguments):
        """Return a request from the template that all have signed."""
        signers = [signer | {"role": None} for signer in self.signers()]
        requests = self.env["esign.request"].with_user(self.rep)
        request = requests.browse(
            requests.create_from_deal(
                self.lead.id, template_id=self.template.id, signers=signers, send=True, **arguments
            )
        )
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
