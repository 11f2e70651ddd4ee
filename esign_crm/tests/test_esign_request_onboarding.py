"""What an empty board says, and to whom."""

from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignRequestOnboarding(EsignCommon):
    """The way to the first signed document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fresh = cls.env["res.company"].create({"name": "Fresh company"})

    def words(self, group, company=None):
        company = company or self.fresh
        user = new_test_user(
            self.env,
            f"empty_{group}",
            groups=f"esign_crm.{group}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        requests = self.env["esign.request"].with_user(user).with_company(company)
        return requests.get_empty_list_help("<p>Nothing to sign yet</p>")

    def test_manager_of_a_company_without_requests_is_led_to_the_first_steps(self):
        words = self.words("group_manager")
        self.assertIn("/odoo/e-signature-start", words)
        self.assertIn("fa-circle-o", words)

    def test_step_that_is_done_has_its_tick(self):
        self.fresh.sudo().esign_own_partner_id = self.env.user.partner_id
        self.assertEqual(self.words("group_manager").count("fa-check-circle"), 1)

    def test_rep_reads_what_to_do_on_a_deal(self):
        self.assertIn("Nothing to sign yet", self.words("group_user"))

    def test_empty_search_of_a_company_with_requests_is_no_beginning(self):
        self.make_request(send=False)
        self.assertIn("Nothing to sign yet", self.words("group_manager", self.company))
