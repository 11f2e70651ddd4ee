"""A company that wants approval above an amount: a rep who asks, a manager and a named director who approve."""

from unittest.mock import patch

from odoo.service.model import call_kw
from odoo.tests import new_test_user

from ..models import guards
from .common import EsignHttpCommon


class ApprovalCommon(EsignHttpCommon):
    """Managers approve above 10 000; the deal is worth 12 000."""

    # Methods are called here as whoever is meant, without a request of his; `test_guards` makes real ones.
    is_anybody_served = True

    def setUp(self):
        super().setUp()
        if self.is_anybody_served:
            self.startPatcher(patch.object(guards, "is_served", lambda _env: True))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plain = cls.env.ref("base.group_user") + cls.env.ref("base.group_system")
        for former in cls.env.ref("esign_crm.group_manager").all_user_ids.filtered("active"):
            former.group_ids = former.group_ids & plain  # Max is the only one
        cls.manager = cls._user("manager", "group_manager", "Max Manager")
        cls.manager.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.leader = cls._user("leader", "group_team_leader", "Lea Leader")
        cls.named = cls._user("named", "group_user", "Nora Named")
        cls.team = cls.env["crm.team"].create({"name": "Mills", "user_id": cls.leader.id})
        cls.company.write({"esign_approval_by": "managers", "esign_approval_amount": 10_000})
        cls.lead.expected_revenue = 12_000

    @classmethod
    def _user(cls, name, group, full_name):
        return new_test_user(
            cls.env,
            f"approval_{name}",
            groups=f"esign_crm.{group}",
            email=f"{name}@vendor.example.com",
            name=full_name,
        )

    def name_approvers(self, *users):
        """Let these people approve, and nobody else."""
        ids = [user.id for user in users]
        self.company.write(
            {"esign_approval_by": "named", "esign_approver_ids": [(6, 0, ids)]}
        )  # fmt: skip

    def asked(self, **arguments):
        """Return a request of the rep's that waits for approval."""
        request = self.make_request(**arguments)
        self.assertEqual((request.state, request.approval_id.state), ("draft", "asked"))
        return request

    def approve(self, approval, user=None):
        """Approve as the web client does."""
        records = self.env["esign.approval"].with_user(user or self.manager)
        answer = call_kw(records, "action_approve", [approval.ids], {})
        self.env.invalidate_all()
        return answer

    def refuse(self, approval, reason="Too cheap", user=None):
        """Refuse by the form that asks why."""
        wizards = self.env["esign.refuse.wizard"].with_user(user or self.manager)
        wizards.create({"approval_id": approval.id, "reason": reason}).action_confirm()
        self.env.invalidate_all()
