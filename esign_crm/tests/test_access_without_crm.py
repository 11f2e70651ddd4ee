"""People who have rights of e-signature and none in CRM: every page of theirs opens."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_access import AccessCommon
from .view_specification import specification


@tagged("post_install", "-at_install")
class TestAccessWithoutCrm(AccessCommon):
    """A rep, a team leader and a manager of e-signature who may not read a single deal."""

    def test_every_view_of_his_own_request_opens(self):
        request = self.make_request()
        request.write({"user_id": self.people["user"].id, "team_id": self.team.id})
        action = self.env.ref("esign_crm.esign_request_action")
        for who in ("user", "leader", "manager"):
            mine = self.env["esign.request"].with_user(self.people[who])
            self.assertFalse(mine.env["crm.lead"].has_access("read"))
            for view_type in action.view_mode.split(","):
                self.env.invalidate_all()
                arch = etree.fromstring(mine.get_view(view_type=view_type)["arch"])
                wanted = specification(mine.env, "esign.request", arch)
                found = mine.web_search_read([("id", "=", request.id)], wanted)["records"]
                self.assertEqual(len(found), 1, f"{who}: {view_type}")
                self.assertEqual(
                    found[0].get("lead_id", {}).get("display_name", self.lead.name), self.lead.name
                )
            mine.get_views([(False, "search")])
            mine.search([("lead_id", "!=", False)])

    def test_search_offers_no_deals(self):
        for who, expected in (("manager", False), ("admin", True)):
            mine = self.env["esign.request"].with_user(self.people[who])
            arch = etree.fromstring(mine.get_view(view_type="search")["arch"])
            self.assertEqual(bool(arch.xpath("//field[@name='lead_id']")), expected, who)

    def test_deal_is_shown_by_name_and_opens_for_nobody_without_rights(self):
        for who, may_open in (("manager", False), ("admin", True)):
            mine = self.env["esign.request"].with_user(self.people[who])
            (node,) = etree.fromstring(mine.get_view(view_type="form")["arch"]).xpath(
                "//group/field[@name='lead_id']"
            )
            self.assertEqual("no_open" not in (node.get("options") or ""), may_open, who)

    def test_draft_that_was_handed_over_is_sent_reminded_and_cancelled(self):
        draft = self.make_request(send=False)
        draft.user_id = self.people["user"]
        mine = draft.with_user(self.people["user"])
        mine.action_send()
        mine.action_remind()
        mine.action_cancel("A mistake in the amount")
        self.assertEqual(draft.state, "cancelled")

    def test_sending_from_a_deal_is_refused_in_plain_words(self):
        requests = self.env["esign.request"].with_user(self.people["manager"])
        with self.assertRaisesRegex(AccessError, "no rights in CRM"):
            requests.create_from_deal(self.lead.id, document={"name": "x", "content": ""})
