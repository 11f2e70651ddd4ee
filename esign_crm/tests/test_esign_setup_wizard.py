"""The first steps on an empty database."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignSetupWizard(EsignCommon):
    """Who signs for us, where signers reach us, the first document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "setup_manager",
            groups="esign_crm.group_manager,sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
        )
        cls.signer = cls.env["res.partner"].create({"name": "Dora Director", "email": cls.DIRECTOR})

    def start(self, user=None, **values):
        wizards = self.env["esign.setup.wizard"].with_user(user or self.manager)
        return wizards.create(values)

    def test_manager_names_who_signs_and_the_send_form_proposes_him(self):
        self.start(signer_id=self.signer.id).action_save()
        self.assertEqual(self.company.esign_own_partner_id, self.signer)
        # nobody has signed for this company yet
        company = self.env["res.company"].create({"name": "New company"})
        company.sudo().esign_own_partner_id = self.signer
        defaults = self.env["crm.lead"]._esign_own_person(company)
        self.assertEqual(defaults["partner_id"], self.signer.id)

    def test_request_without_signers_takes_the_companys_own(self):
        self.company.esign_own_partner_id = self.signer
        self.partner.email = "claude@client.example.org"
        request = self.make_request(send=False, signers=None)
        own = request.signer_ids.filtered(lambda each: each.side == "own")
        self.assertEqual((own.name, own.email), ("Dora Director", self.DIRECTOR))

    def test_signer_whom_nobody_can_reach_is_refused_and_nothing_is_kept(self):
        nobody = self.env["res.partner"].create({"name": "Norman Nowhere"})
        self.company.esign_own_partner_id = False
        with self.assertRaisesRegex(UserError, "cannot be reached"):
            self.start(signer_id=nobody.id).action_save()
        self.assertFalse(self.company.esign_own_partner_id)

    def test_wrong_addresses_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "not one e-mail address"):
            self.start(
                signer_id=self.signer.id, signer_email="a@b.example, c@d.example"
            ).action_save()
        with self.assertRaisesRegex(UserError, "not a phone number"):
            self.start(signer_id=self.signer.id, signer_phone="12").action_save()

    def test_typed_address_goes_to_the_contact(self):
        self.start(signer_id=self.signer.id, signer_phone="+33612345699").action_save()
        self.assertEqual(self.signer.phone, "+33612345699")

    def test_public_address_is_the_administrators_alone(self):
        before = self.company.esign_public_url
        self.start(signer_id=self.signer.id, public_url="https://evil.example.com").action_save()
        self.assertEqual(self.company.esign_public_url, before)
        admin = self.env.ref("base.user_admin")
        self.start(
            admin, signer_id=self.signer.id, public_url="https://new.example.com"
        ).action_save()
        self.assertEqual(self.company.esign_public_url, "https://new.example.com")

    def test_rep_sets_nothing_up(self):
        with self.assertRaises(AccessError):
            self.start(self.rep, signer_id=self.signer.id)

    def test_first_document_is_chosen_on_the_deal(self):
        with self.assertRaisesRegex(UserError, "Choose the deal"):
            self.start(signer_id=self.signer.id).action_send_first()
        action = self.start(signer_id=self.signer.id, lead_id=self.lead.id).action_send_first()
        self.assertEqual(action["res_model"], "esign.send.wizard")
        self.assertEqual(action["context"]["default_lead_id"], self.lead.id)

    def test_form_fills_in_what_the_contact_has(self):
        with Form(self.env["esign.setup.wizard"].with_user(self.manager)) as form:
            form.signer_id = self.signer
            self.assertEqual(form.signer_email, self.DIRECTOR)

    def test_administrator_of_e_signatures_alone_sets_the_public_address(self):
        admin = new_test_user(
            self.env, "setup_admin", groups="esign_crm.group_admin,base.group_partner_manager"
        )
        self.start(
            admin, signer_id=self.signer.id, public_url="https://sign.example.org"
        ).action_save()
        self.assertEqual(self.company.sudo().esign_public_url, "https://sign.example.org")

    def test_manager_sets_up_no_other_company(self):
        other = self.env["res.company"].create({"name": "Other company"})
        wizard = self.start(signer_id=self.signer.id, company_id=other.id)
        with self.assertRaises(AccessError):
            wizard.action_save()
        self.assertFalse(other.esign_own_partner_id)
