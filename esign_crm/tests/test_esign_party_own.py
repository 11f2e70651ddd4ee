"""Our own side: who is proposed, and who is told of ends of authorities."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.esign_party_own import ACTIVITY
from .party_common import PartyCommon


@tagged("post_install", "-at_install")
class TestEsignPartyOwn(PartyCommon):
    """Defaults of company and team; one warning before the end and one after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["esign.party"].search([("side", "=", "own")]).is_default = False
        cls.team = cls.env["crm.team"].create({"name": "Bridges"})

    def ours(self, **values):
        """Return a director of ours who is proposed first."""
        defaults = {"side": "own", "by": self.manager, "is_default": True}
        return self.party(**(defaults | {"email": "boss@vendor.example.com"} | values))

    def day(self, days):
        """Return the day that is ``days`` from today."""
        return fields.Date.context_today(self.env["esign.party"]) + timedelta(days=days)

    def tell(self, party):
        """Let the cron run; return what activities the party has."""
        self.env["esign.party"]._cron_tell_authorities()
        return party.activity_ids.filtered(
            lambda each: each.activity_type_id == self.env.ref(ACTIVITY)
        )

    # --- who signs for us ------------------------------------------------------------------------------------------

    def test_teams_own_signer_goes_before_the_companys(self):
        general, special = self.ours(), self.ours(team_ids=self.team.ids)
        propose = self.env["esign.party"]._default_own
        self.assertEqual(propose(self.company), general)
        self.assertEqual(propose(self.company, self.team), special)
        self.assertTrue(special._may_sign_for(self.company, self.team))
        self.assertFalse(special._may_sign_for(self.company))
        self.assertTrue(general._may_sign_for(self.company, self.team))

    def test_ended_authority_is_not_proposed(self):
        party = self.ours(authority_until=self.day(-1))
        self.assertFalse(party._default_own(self.company))

    def test_two_cannot_be_proposed_first(self):
        self.ours()
        with self.assertRaisesRegex(ValidationError, "already proposed first"):
            self.ours()

    def test_usual_signers_of_a_deal_come_from_the_directory(self):
        own = self.ours(position="Director", authority_kind="charter")
        client = self.party(phone=self.CLIENT, channel="sms", partner_id=self.partner.id)
        request = self.make_request(send=False, signers=None)
        self.assertEqual(request.signer_ids.sorted("sequence").party_id, own | client)
        self.assertEqual(request.signer_ids.mapped("sequence"), [1, 2])
        self.assertEqual(request.signer_ids[0].authority, "the charter")

    # --- ends ------------------------------------------------------------------------------------------------------

    def test_end_is_told_once_before_and_once_after(self):
        party = self.ours(authority_until=self.day(10), user_id=self.manager.id)
        first = self.tell(party)
        self.assertEqual(len(first), 1)
        self.assertEqual(first.user_id, self.manager)
        self.assertIn("ends on", first.summary)
        self.assertEqual(self.tell(party), first)
        self.env.cr.execute(
            "UPDATE esign_party SET authority_until = %s WHERE id = %s", (self.day(-1), party.id)
        )
        self.env.invalidate_all()
        self.assertEqual(len(self.tell(party)), 2)
        self.assertEqual(len(self.tell(party)), 2)

    def test_far_end_is_not_told(self):
        self.assertFalse(self.tell(self.ours(authority_until=self.day(31))))
        self.assertFalse(self.tell(self.ours(is_default=False)))

    def test_new_authority_ends_the_warning_and_is_told_anew(self):
        party = self.ours(authority_until=self.day(-5))
        self.assertTrue(self.tell(party))
        party.authority_until = self.day(400)
        self.assertFalse(self.tell(party))
        party.authority_until = self.day(3)
        self.assertEqual(len(self.tell(party)), 1)

    def test_nobody_but_people_is_told(self):
        company = self.env["res.company"].create({"name": "Without managers"})
        party = self.ours(
            by=self.env.user, company_id=company.id, user_id=False, authority_until=self.day(-5)
        )
        self.env["res.users"].search([]).filtered(
            lambda each: company in each.company_ids and not each._is_superuser()
        ).company_ids -= company
        with self.assertLogs("odoo.addons.esign_crm.models.esign_party_own", "WARNING"):
            self.assertFalse(self.tell(party))
        self.manager.company_ids |= company
        self.assertEqual(self.tell(party).user_id, self.manager)

    def test_keeper_who_left_is_replaced_by_a_manager(self):
        party = self.ours(authority_until=self.day(-5), user_id=self.rep.id)
        self.rep.active = False
        activity = self.tell(party)
        self.assertTrue(activity.user_id.has_group("esign_crm.group_manager"))
