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
        cls.env["esign.party"].search([("side", "=", "own")]).email = False  # the demo's director
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

    def refused(self, draft, words):
        """Assert that the draft is refused with these words and nothing goes out."""
        with self.assertRaisesRegex(UserError, words):
            draft.with_user(self.rep).action_send()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.message_out_ids)

    def test_unknown_client_of_a_country_that_demands_it_has_no_agreement(self):
        self.partner.country_id = self.env.ref("base.ru")
        other = self.signers(name="Olga", phone="+33612345671", partner_id=self.partner.id)
        draft = self.make_request(send=False, signers=other)
        self.assertFalse(draft.signer_ids.party_id)
        self.refused(draft, "Olga has not agreed to sign electronically")

    def test_unknown_client_without_contact_is_judged_by_deal_and_company(self):
        draft = self.make_request(send=False, signers=self.signers(phone="+33612345671"))
        self.lead.write({"partner_id": False, "country_id": self.env.ref("base.by").id})
        self.refused(draft, "has not agreed")
        self.lead.country_id = False
        self.company.country_id = self.env.ref("base.ru")
        self.refused(draft, "has not agreed")
        self.company.esign_agreement_demand_codes = False
        draft.with_user(self.rep).action_send()
        self.assertEqual(draft.state, "sent")

    def test_same_person_at_another_typed_address_is_known_by_name(self):
        firm = self.env["res.partner"].create({"name": "Mill Ltd", "is_company": True})
        self.party.write({"partner_id": firm.id, "authority_until": self.yesterday})
        typed = self.signers(name="CLIENT Claude", phone="+33612345671", partner_id=firm.id)
        draft = self.make_request(send=False, signers=typed)
        self.assertEqual(draft.signer_ids.party_id, self.party)
        self.refused(draft, "may not sign any more")
        somebody = self.signers(name="Clara", phone="+33612345671", partner_id=firm.id)
        self.assertFalse(self.make_request(signers=somebody).signer_ids.party_id)

    def test_party_that_was_taken_off_the_draft_is_found_again(self):
        draft = self.draft()
        self.party.authority_until = self.yesterday
        draft.signer_ids.with_user(self.rep).party_id = False
        self.refused(draft, "may not sign any more")

    def test_power_of_attorney_of_tomorrow_signs_nothing_today(self):
        draft = self.draft()
        self.party.write(
            {
                "authority_kind": "attorney",
                "authority_number": "17",
                "authority_issued_on": fields.Date.today() + timedelta(days=2),
            }
        )
        self.refused(draft, "may not sign yet")

    def director(self, **values):
        """Return an entry of our director."""
        ours = {"side": "own", "name": "Dora Director", "email": self.DIRECTOR}
        return self.party.create(ours | {"company_id": self.company.id} | values)

    def test_director_who_left_signs_nothing(self):
        party = self.director()
        draft = self.draft()
        party.active = False
        self.refused(draft, "does not sign for us any more")
        self.refused(self.draft(), "does not sign for us any more")
        self.director()
        self.assertEqual(self.make_request().state, "sent")

    def test_director_signs_for_the_own_teams_only(self):
        bridges, roads = self.env["crm.team"].create([{"name": "Bridges"}, {"name": "Roads"}])
        self.director(team_ids=bridges.ids)
        self.lead.team_id = roads
        self.refused(self.draft(), "for other sales teams only: Bridges")
        self.lead.team_id = bridges
        self.assertEqual(self.make_request().state, "sent")

    def private(self, **client):
        """Return whether the client of a new draft is taken for a private person."""
        draft = self.make_request(send=False, signers=self.signers(**client))
        self.assertFalse(draft.signer_ids[0].is_private_person)
        return draft.signer_ids[1].is_private_person

    def test_contact_without_firm_is_a_private_person(self):
        self.party.unlink()
        partner = {"partner_id": self.partner.id}
        self.assertTrue(self.private(**partner))
        self.assertFalse(self.private(**partner, company_name="Mill Ltd"))
        self.assertFalse(self.private(**partner, is_private_person=False))
        self.partner.company_name = "Mill Ltd"
        self.assertFalse(self.private(**partner))
        self.partner.write({"company_name": False, "is_company": True})
        self.assertFalse(self.private(**partner))
        self.assertFalse(self.private())

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
