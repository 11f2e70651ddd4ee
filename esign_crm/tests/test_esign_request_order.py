"""A client who need not wait for our side: only where the company allows it and the template asks for it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EsignHttpCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestEsignRequestOrder(TemplateCommon, EsignHttpCommon):
    """The order of the template's roles, turned round."""

    def turned(self, *, company=True, template=True, client=1, own=2):
        """Return a draft from a template whose roles have these places."""
        self.company.esign_client_first = company
        self.template.is_client_first = template
        for role in self.template.role_ids:
            role.sequence = own if role.side == "own" else client
        return self.use(signers=self.signers(role="Customer"))

    def invited(self, request):
        return request.signer_ids.filtered("invited_at").mapped("side")

    def test_both_must_agree(self):
        for company, template in ((True, False), (False, True)):
            request = self.turned(company=company, template=template)
            with self.assertRaisesRegex(UserError, "our side always signs first"):
                request.action_send()

    def test_client_is_asked_first_and_our_side_after_him(self):
        request = self.turned()
        request.action_send()
        self.assertEqual(self.invited(request), ["client"])
        client_stage = self.env["esign.stage"]._for_state("sent", "client")
        self.assertEqual(request.stage_id, client_stage)
        self.walk(self.CLIENT)
        self.env.invalidate_all()
        self.assertEqual(request.stage_id, self.env["esign.stage"]._for_state("sent", "own"))
        self.walk(self.DIRECTOR)
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")

    def test_equal_places_are_asked_at_once(self):
        request = self.turned(client=1, own=1)
        request.action_send()
        self.assertEqual(sorted(self.invited(request)), ["client", "own"])

    def test_later_change_of_the_setting_changes_nothing_that_was_sent(self):
        request = self.turned(client=2, own=1)
        request.action_send()
        self.assertTrue(request.is_client_first)
        self.company.esign_client_first = False
        self.assertTrue(request._lets_client_first())
