"""What the party directory keeps from being sent."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestEsignRequestParty(EsignCommon):
    """The client is in the directory, by his phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.party = cls.env["esign.party"].create(
            {
                "name": "Claude Client",
                "company_name": "Mill Ltd",
                "phone": cls.CLIENT,
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.yesterday = fields.Date.today() - timedelta(days=2)

    def draft(self):
        """Return a draft whose client is the party."""
        draft = self.make_request(send=False)
        client = draft.signer_ids.filtered(lambda signer: signer.side == "client")
        self.assertEqual(client.party_id, self.party)
        return draft

    def test_party_in_order_is_sent_to(self):
        draft = self.draft()
        draft.with_user(self.rep).action_send()
        self.assertEqual(draft.state, "sent")

    def test_ended_authority_is_refused_before_anything_is_sent(self):
        draft = self.draft()
        self.party.write(
            {
                "authority_kind": "attorney",
                "authority_number": "17",
                "authority_until": self.yesterday,
            }
        )
        with self.assertRaisesRegex(UserError, "may not sign any more"):
            draft.with_user(self.rep).action_send()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.message_out_ids)

    def test_missing_agreement_is_refused_where_it_is_demanded(self):
        self.party.country_id = self.env.ref("base.ru")
        draft = self.draft()
        with self.assertRaisesRegex(UserError, "has not agreed to sign electronically"):
            draft.with_user(self.rep).action_send()
        self.party.write({"agreement": "paper", "agreement_on": self.yesterday})
        draft.with_user(self.rep).action_send()
        self.assertEqual(draft.state, "sent")
