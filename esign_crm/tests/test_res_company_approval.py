"""Who approves, as a company sets it."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestResCompanyApproval(ApprovalCommon):
    """Settings."""

    def test_nobody_approves_from_the_start(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.assertEqual(other.esign_approval_by, "nobody")
        self.assertFalse(other._esign_approvers_sudo())

    def test_managers_of_this_company_approve(self):
        other = self.env["res.company"].create({"name": "Other company"})
        new_test_user(
            self.env, "approval_elsewhere", groups="esign_crm.group_manager",
            company_id=other.id, company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        self.assertEqual(self.company._esign_approvers_sudo(), self.manager)

    def test_named_people_approve_and_managers_do_not(self):
        self.name_approvers(self.named)
        self.assertEqual(self.company._esign_approvers_sudo(), self.named)

    def test_whoever_could_not_open_it_is_not_named(self):
        other = self.env["res.company"].create({"name": "Other company"})
        employee = new_test_user(self.env, "approval_employee", groups="base.group_user")
        stranger = new_test_user(
            self.env, "approval_stranger", groups="esign_crm.group_manager",
            company_id=other.id, company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        for user in (employee, stranger):
            with self.assertRaisesRegex(ValidationError, "no rights of e-signature"):
                self.name_approvers(user)

    def test_whoever_has_left_approves_no_longer(self):
        self.name_approvers(self.named, self.leader)
        self.named.active = False
        self.leader.group_ids = [(6, 0, self.env.ref("base.group_user").ids)]
        self.env.invalidate_all()
        self.assertFalse(self.company._esign_approvers_sudo())

    def test_changes_stand_in_the_companys_trail(self):
        domain = [("request_id", "=", False), ("kind", "=", "settings_changed")]
        events = self.env["esign.event"]
        before = events.search(domain)
        self.name_approvers(self.named)
        self.company.esign_approval_amount = 5
        told = [event._details() for event in events.search(domain) - before]
        self.assertEqual(
            {each["setting"] for each in told},
            {"esign_approval_by", "esign_approver_ids", "esign_approval_amount"},
        )
        named = next(each for each in told if each["setting"] == "esign_approver_ids")
        self.assertIn("Nora Named", named["new"])

    @mute_logger("odoo.sql_db")
    def test_negative_amount_is_refused(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.company.esign_approval_amount = -1
            self.env.flush_all()

    def test_settings_page_saves_them(self):
        admin = new_test_user(self.env, "approval_boss", groups="esign_crm.group_admin")
        self.env["esign.settings"].with_user(admin).create(
            {
                "esign_approval_by": "named",
                "esign_approver_ids": [(6, 0, self.named.ids)],
                "esign_approval_amount": 250,
            }
        )
        self.assertEqual(self.company._esign_approvers_sudo(), self.named)
        self.assertEqual(self.company.esign_approval_amount, 250)
