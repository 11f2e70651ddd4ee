"""Who counts as a person at work: whoever's request is served, and nobody else in his name."""

from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import guards
from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestGuards(ApprovalCommon):
    """A manager's own sending is his approval; requests of his are real ones here."""

    is_anybody_served = False

    def setUp(self):
        super().setUp()
        self.draft = self.make_request(send=False)

    def assert_approved(self):
        self.env.invalidate_all()
        self.assertEqual(
            (self.draft.state, self.draft.approval_id.state, self.draft.approval_id.decided_by_id),
            ("sent", "approved", self.manager),
        )

    def assert_asked(self):
        self.env.invalidate_all()
        self.assertEqual((self.draft.state, self.draft.approval_id.state), ("draft", "asked"))

    def typed(self, model, code):
        """Return a server action with this code."""
        model_id = self.env["ir.model"]._get_id(model)
        values = {"name": "Typed", "model_id": model_id, "state": "code", "code": code}
        return self.env["ir.actions.server"].create(values)

    def post(self, path, params, **headers):
        answer = self.url_open(path, json=params, headers=headers)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def run_typed(self, user, code, record):
        """Let a user run typed code on a record from the screen."""
        context = {"active_id": record.id, "active_model": record._name}
        self.call(user, "ir.actions.server", "run", self.typed(record._name, code).ids, context)

    def call(self, user, model, method, ids, context=None):
        """Call a method as the web client does."""
        self.authenticate(user.login, user.login)
        kwargs = {"context": context or {}}
        params = {"model": model, "method": method, "args": [ids], "kwargs": kwargs}
        answer = self.post(
            "/web/dataset/call_kw", {"jsonrpc": "2.0", "method": "call", "params": params}
        )
        self.assertNotIn("error", answer)

    # --- people ----------------------------------------------------------------------------------------------------

    def test_sending_on_the_screen_is_by_hand(self):
        self.call(self.manager, "esign.request", "action_send", self.draft.ids)
        self.assert_approved()

    def test_sending_over_xml_rpc_is_by_hand(self):
        call = (self.env.cr.dbname, self.manager.id, self.manager.login)
        self.xmlrpc_object.execute_kw(*call, "esign.request", "action_send", [self.draft.ids])
        self.assert_approved()

    def test_sending_over_json_2_is_by_hand(self):
        keys = self.env["res.users.apikeys"].with_user(self.manager)
        key = keys._generate("rpc", "Test", fields.Datetime.now() + timedelta(hours=1))
        self.post(
            "/json/2/esign.request/action_send",
            {"ids": self.draft.ids},
            Authorization=f"bearer {key}",
        )
        self.assert_approved()

    # --- nobody ----------------------------------------------------------------------------------------------------

    def test_outside_of_a_request_nobody_approves(self):
        self.draft.with_user(self.manager).action_send()
        self.assert_asked()

    def test_request_of_somebody_else_is_none_of_the_approvers(self):
        for user, assert_outcome in (
            (self.rep, self.assert_asked),
            (self.manager, self.assert_approved),
        ):
            served = SimpleNamespace(env=self.env(user=user))
            with patch.object(guards, "request", served):
                self.draft.with_user(self.manager).action_send()
            assert_outcome()
            self.draft = self.make_request(send=False)

    def test_hook_that_typed_code_left_in_the_approvers_own_request_approves_nothing(self):
        code = "env.cr.precommit.add(record.sudo(False).action_send)"
        self.run_typed(self.manager, code, self.draft)
        self.assert_asked()

    def test_hook_that_typed_code_left_decides_about_no_approval(self):
        code = (
            f"env.cr.precommit.add(record.with_user({self.manager.id}).sudo(False).action_approve)"
        )
        self.draft.with_user(self.manager).action_send()
        approval = self.draft.approval_id
        self.assertEqual(approval.state, "asked")
        with self.assertRaises(AccessError), self.env.cr.savepoint(flush=False):
            self.typed(approval._name, code).with_context(
                active_id=approval.id, active_model=approval._name
            ).run()
            self.env.cr.precommit.run()
        self.assertEqual(approval.state, "asked")
