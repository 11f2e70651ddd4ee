"""Who reads what waits for approval, and who decides."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestEsignApprovalRights(ApprovalCommon):
    """Each group, a named person, strangers."""

    def test_only_approvers_decide(self):
        request = self.asked()
        request.team_id = self.team
        approval = request.approval_id
        for user, words in ((self.rep, "Only Max Manager"), (self.leader, "Only Max Manager")):
            self.assertFalse(approval.with_user(user).may_decide)
            with self.assertRaisesRegex(AccessError, words):
                self.approve(approval, user)
            with self.assertRaisesRegex(AccessError, words):
                self.refuse(approval, user=user)
        self.assertTrue(approval.with_user(self.manager).may_decide)
        self.assertEqual(approval.state, "asked")

    def test_strangers_reach_nothing(self):
        other = self.env["res.company"].create({"name": "Other company"})
        strangers = [
            self.named,
            new_test_user(self.env, "approval_employee", groups="base.group_user"),
            new_test_user(self.env, "approval_portal", groups="base.group_portal"),
            self.env.ref("base.public_user"),
            new_test_user(
                self.env, "approval_elsewhere", groups="esign_crm.group_manager",
                company_id=other.id, company_ids=[(6, 0, other.ids)],
            ),
        ]  # fmt: skip
        approval = self.asked().approval_id
        for user in strangers:
            with self.assertRaises(AccessError, msg=user.login):
                self.approve(approval, user)
            with self.assertRaises(AccessError, msg=user.login):
                self.refuse(approval, user=user)
            with self.assertRaises(AccessError, msg=user.login):
                approval.with_user(user).action_take_back()
        self.assertEqual(approval.state, "asked")

    def test_manager_of_another_company_is_not_asked(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        second = self._user("second", "group_manager", "Second Manager")
        approval = self.asked().approval_id
        self.assertEqual(approval.approver_ids, second)
        with self.assertRaises(AccessError):
            self.approve(approval)

    # --- a named person without other rights ---------------------------------------------------------------------------

    def test_named_approver_reads_what_he_approves_and_changes_nothing(self):
        before = self.make_request(send=False)
        self.name_approvers(self.named)
        request = self.asked()
        mine = request.with_user(self.named)
        parts = (mine, mine.signer_ids, mine.field_ids, mine.uploaded_document_id, mine.approval_id)
        for records in parts:
            self.assertTrue(records.read(["display_name"]), records._name)
            self.assertFalse(records.has_access("write"), records._name)
        attachment = request.uploaded_document_id.attachment_id
        self.assertTrue(attachment.with_user(self.named).has_access("read"))
        views = mine.get_view(view_type="form")
        self.assertIn("open_approval_ids", views["arch"])
        self.assertFalse(before.with_user(self.named).has_access("read"))
        for attempt in (
            mine.action_send,
            lambda: mine.write({"title": "Mine"}),
            mine.unlink,
            lambda: mine.signer_ids.write({"email": "me@example.org"}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_named_approver_approves_and_still_reads_it_after_that(self):
        self.name_approvers(self.named)
        request = self.asked()
        self.approve(request.approval_id, self.named)
        self.assertEqual(request.state, "sent")
        self.assertTrue(request.with_user(self.named).read(["name", "waiting_for", "signer_steps"]))
        found = self.env["esign.request"].with_user(self.named).search([])
        self.assertEqual(found, request)

    def test_whoever_is_named_no_longer_reads_nothing_more(self):
        self.name_approvers(self.named, self.leader)
        request = self.asked()
        self.company.esign_approver_ids = self.leader
        self.env.invalidate_all()
        self.assertFalse(request.with_user(self.named).has_access("read"))
        with self.assertRaises(AccessError):
            self.approve(request.approval_id, self.named)

    def test_manager_who_is_not_named_decides_nothing(self):
        self.name_approvers(self.named)
        request = self.asked()
        with self.assertRaisesRegex(AccessError, "Nora Named"):
            self.approve(request.approval_id)
        with self.assertRaisesRegex(Exception, "Nora Named"):
            request.with_user(self.manager).action_send()

    # --- finding it ------------------------------------------------------------------------------------------------------

    def test_filter_finds_what_waits_for_me(self):
        self.name_approvers(self.named)
        request = self.asked()
        self.make_request(send=False)
        domain = [
            ("approval_id.state", "=", "asked"),
            ("approval_id.approver_ids", "in", [self.named.id]),
        ]
        self.assertEqual(self.env["esign.request"].with_user(self.named).search(domain), request)
        self.assertEqual(
            request.approval_id.with_user(self.named).action_open_request()["res_id"], request.id
        )
        arch = self.env["esign.request"].get_view(view_type="search")["arch"]
        self.assertIn('name="to_approve"', arch)
