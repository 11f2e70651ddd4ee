"""One document for many deals: whose page it is, and what he may send from it."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .send_many_common import SendManyCommon


@tagged("post_install", "-at_install")
class TestEsignSendManyWizardRights(SendManyCommon):
    """Whose page it is, and what he may send from it."""

    def colleague(self, login, *groups, **values):
        return new_test_user(
            self.env, login, groups=",".join(groups), email=f"{login}@vendor.example.com", **values
        )

    def test_page_is_its_makers_alone(self):
        wizard = self.check(self.open())
        seller = self.colleague("many_seller", "sales_team.group_sale_salesman_all_leads")
        manager = self.colleague("many_manager", "sales_team.group_sale_manager")
        for other in (seller, manager):
            theirs = wizard.with_user(other)
            for call in (
                theirs.check_begin,
                theirs.check_some,
                theirs.send_some,
                theirs.action_open_requests,
            ):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(AccessError):
                wizard.line_ids.with_user(other).read(["lead_id"])
            self.assertFalse(theirs.search([("id", "=", wizard.id)]))

    def test_manager_sends_from_deals_of_others(self):
        manager = self.colleague("many_manager", "sales_team.group_sale_manager")
        wizard = self.send(self.check(self.open(user=manager)))
        self.assertEqual(wizard.line_ids.request_id.user_id, manager)
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"sent"})

    def test_rep_opens_no_page_with_a_deal_that_he_may_not_read(self):
        rep = self.colleague("many_rep", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.leads.with_user(rep).action_send_many_for_signature()

    def test_nobody_without_rights_opens_a_page(self):
        other = self.env["res.company"].create({"name": "Other company"})
        for person in (
            self.colleague("many_portal", "base.group_portal"),
            self.colleague("many_employee", "base.group_user"),
            self.colleague("many_esign_only", "esign_crm.group_manager"),
            self.colleague(
                "many_stranger", "sales_team.group_sale_salesman", company_id=other.id,
                company_ids=[(6, 0, other.ids)],
            ),
        ):  # fmt: skip
            with self.assertRaises(AccessError, msg=person.login):
                self.leads.with_user(person).action_send_many_for_signature()

    def test_deal_of_another_company_is_judged_there(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.rep.company_ids |= other
        self.lead.write({"company_id": other.id})
        lines = self.open(self.lead).with_context(allowed_company_ids=[self.company.id, other.id])
        self.assert_lacking(lines, self.lead, "Other company has no public address")

    def test_state_of_a_line_and_its_deal_are_not_written_by_hand(self):
        wizard = self.check(self.open())
        line = wizard.line_ids[0]
        for values in (
            {"state": "ready"}, {"lead_id": self.leads[1].id}, {"request_id": False}, {"newest_open": 10**6},
            {"wizard_id": self.open().id},
        ):  # fmt: skip
            with self.assertRaises(AccessError, msg=values):
                line.write(values)
        with self.assertRaises(AccessError):
            line.create({"wizard_id": wizard.id, "lead_id": self.lead.id})
        with self.assertRaises(AccessError):
            wizard.write({"checked_key": wizard.checked_key})
        with self.assertRaises(AccessError):
            wizard.create({"checked_key": "x"})

    def test_server_action_is_offered_to_senders_in_the_list_only(self):
        action = self.env.ref("esign_crm.crm_lead_action_send_many")
        self.assertEqual(action.binding_view_types, "list")
        context = {"active_model": "crm.lead", "active_ids": self.leads.ids}
        opened = action.with_user(self.rep).with_context(**context).run()
        self.assertEqual(opened["res_model"], "esign.send.many.wizard")
        employee = self.colleague("many_employee", "base.group_user")
        with self.assertRaises(AccessError):
            action.with_user(employee).with_context(**context).run()
