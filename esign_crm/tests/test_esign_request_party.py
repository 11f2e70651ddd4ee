"""What the party directory keeps from being sent."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.samples import KINDS, of_kind
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

    def test_address_tells_that_it_came_from_the_directory(self):
        draft = self.draft()
        client = draft.signer_ids.filtered(lambda signer: signer.side == "client")
        self.assertEqual(
            (client.address_source, client.address_since), ("party", self.party.write_date)
        )
        client.with_user(self.rep).write({"phone": "+33612345679"})
        self.assertEqual((client.party_id, client.address_source), (self.party.browse(), "typed"))
        client.with_user(self.rep).write({"phone": self.CLIENT})
        self.assertEqual((client.party_id, client.address_source), (self.party, "party"))
        self.assertEqual(client._evidence()["address_source"], "party")

    def test_private_person_of_the_directory_is_asked_no_stamp_of_a_template(self):
        contract = next(kind for kind in KINDS if kind.key == "contract")
        template = self.env["esign.template"]._make_sample(of_kind(contract)["fr"])
        self.party.write({"is_private_person": True, "company_name": False})
        requests = self.env["esign.request"].with_user(self.rep)
        request = requests.browse(
            requests.create_from_deal(
                self.lead.id,
                template_id=template.id,
                signers=[signer | {"role": None} for signer in self.signers()],
                send=True,
            )
        )
        stamps = request.field_ids.filtered(lambda field: field.type == "stamp")
        asked = {field.signer_id.side: field._is_asked() for field in stamps}
        self.assertEqual(asked, {"own": True, "client": False})
