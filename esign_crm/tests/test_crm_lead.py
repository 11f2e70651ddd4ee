"""Deals: counting, merging and deleting with their requests."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestCrmLead(EsignCommon):
    """What becomes of requests when their deal changes."""

    def _other_deal(self):
        return self.env["crm.lead"].create({
            "name": "The mill, again", "type": "opportunity", "partner_id": self.partner.id, "user_id": self.rep.id,
        })  # fmt: skip

    def _colleague(self):
        return new_test_user(
            self.env, "carl@vendor.example.com", groups="sales_team.group_sale_salesman_all_leads"
        )

    # --- the smart button ------------------------------------------------------------------------------------------

    def test_counter_and_status_follow_the_newest_request(self):
        self.make_request()
        self.make_request(send=False)
        lead = self.lead.with_user(self.rep)
        self.assertEqual(lead.esign_request_count, 2)
        self.assertEqual(lead.esign_status, "Draft")

    def test_deal_without_requests_counts_none(self):
        lead = self._other_deal()
        self.assertEqual((lead.esign_request_count, lead.esign_status), (0, False))

    def test_counter_counts_only_what_the_reader_may_see(self):
        self.make_request()
        self.assertEqual(self.lead.with_user(self._colleague()).esign_request_count, 0)

    def test_button_opens_the_only_request(self):
        request = self.make_request(send=False)
        action = self.lead.with_user(self.rep).action_open_esign_requests()
        self.assertEqual(action["res_id"], request.id)

    def test_button_opens_the_list_of_several(self):
        requests = self.make_request(send=False) | self.make_request(send=False)
        action = self.lead.with_user(self.rep).action_open_esign_requests()
        self.assertEqual(action["views"][0][1], "list")
        self.assertEqual(
            self.env["esign.request"].search(action["domain"]), requests.sorted("id", reverse=True)
        )

    def test_state_follows_the_newest_request(self):
        self.make_request()
        self.assertEqual(self.lead.with_user(self.rep).esign_state, "sent")
        self.assertFalse(self.lead.with_user(self._colleague()).esign_state)

    def test_sealed_pdf_opens_from_the_deal(self):
        request = self.make_request()
        lead = self.lead.with_user(self.rep)
        self.assertEqual(lead.esign_sealed_count, 0)
        request._move("sealing")
        request._move("done", sealed_document_id=request.frozen_document_id.id)
        self.assertEqual(lead.esign_sealed_count, 1)
        self.assertIn(str(request.sealed_document_id.id), lead.action_open_esign_sealed()["url"])
        self.assertEqual(self.lead.with_user(self._colleague()).esign_sealed_count, 0)

    # --- merging ---------------------------------------------------------------------------------------------------

    def test_merged_deals_keep_their_requests(self):
        request = self.make_request()
        other = self._other_deal()
        draft = self.make_request(send=False)
        draft.lead_id = other
        merged = (self.lead | other).merge_opportunity()
        self.assertEqual(len((self.lead | other).exists()), 1)
        self.assertEqual((request | draft).lead_id, merged)
        self.assertEqual(request.state, "sent")

    def test_merging_takes_along_requests_that_the_merger_cannot_see(self):
        request = self.make_request()
        other = self._other_deal()
        deals = (self.lead | other).with_user(self._colleague())
        merged = deals.merge_opportunity()
        self.assertEqual(request.lead_id.id, merged.id)

    def test_sent_request_follows_its_deal_into_the_stronger_one(self):
        request = self.make_request()
        other = self._other_deal()
        self.lead.probability, other.probability = 1, 99
        self.assertEqual((self.lead | other).merge_opportunity(), other)
        self.assertEqual((request.lead_id, request.state), (other, "sent"))

    def test_sent_request_keeps_its_deal(self):
        request = self.make_request()
        other = self._other_deal()
        for user in (self.rep, self.env.ref("base.user_admin")):
            mine = request.with_user(user)
            for change in (
                lambda: mine.write({"lead_id": other.id}),  # noqa: B023
                lambda: mine.write({"lead_id": False}),  # noqa: B023
                lambda: mine.sudo().write({"lead_id": other.id}),  # noqa: B023
                lambda: other.with_env(mine.env).write({"esign_request_ids": [(4, request.id)]}),  # noqa: B023
                lambda: self.lead.with_env(mine.env).write({"esign_request_ids": [(5,)]}),  # noqa: B023
            ):
                with self.assertRaisesRegex(UserError, "Deal can no longer be changed"):
                    change()
        self.env.invalidate_all()
        self.assertEqual(request.lead_id, self.lead)

    # --- deleting --------------------------------------------------------------------------------------------------

    def test_deal_with_a_sent_request_is_not_deleted(self):
        request = self.make_request()
        with self.assertRaisesRegex(UserError, f"{request.name} was sent for signature"):
            self.lead.unlink()
        self.assertTrue(self.lead.exists())

    def test_deal_with_an_ended_request_is_not_deleted(self):
        self.make_request().action_cancel(reason="wrong amount")
        with self.assertRaises(UserError):
            self.lead.unlink()

    def test_drafts_go_with_their_deal(self):
        draft = self.make_request(send=False)
        document = draft.uploaded_document_id
        attachment = document.attachment_id
        self.lead.unlink()
        self.assertFalse(draft.exists() or document.exists() or attachment.exists())

    def test_deal_without_requests_is_deleted_as_ever(self):
        other = self._other_deal()
        other.unlink()
        self.assertFalse(other.exists())
