"""Another address after sending: who proposes, who decides."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from .contact_common import NEW, REASON, ContactCommon


@tagged("post_install", "-at_install")
class TestEsignContactChange(ContactCommon):
    """Proposing and deciding."""

    # --- who ---------------------------------------------------------------------------------------------------------

    def test_nothing_changes_until_a_second_person_approves(self):
        token = self.director_signs()
        change = self.propose()
        self.assertEqual((change.state, change.proposer_id), ("proposed", self.rep))
        self.assertEqual((self.client.channel, self.client._address()), ("sms", self.CLIENT))
        self.assertEqual(self.page(self.browser(), token)["situation"], "sign")

    def test_proposer_cannot_approve_his_own(self):
        for user in (self.leader, self.manager, self.env.ref("base.user_admin")):
            change = self.propose(user=user)
            for attempt in ("action_approve", "action_refuse"):
                with self.assertRaisesRegex(AccessError, "second person"):
                    call_kw(change.with_user(user).browse(), attempt, [change.ids], {})
            self.assertFalse(change.with_user(user).may_decide)
            change.with_user(user).action_withdraw()

    def test_leader_of_another_team_cannot_approve(self):
        change = self.propose()
        with self.assertRaises(AccessError):
            self.approve(change, self.other_leader)
        self.request.user_id = self.other_leader  # sees it now, and still is nobody's leader here
        with self.assertRaisesRegex(AccessError, "leader of the request's sales team"):
            self.approve(change, self.other_leader)
        self.assertEqual(change.state, "proposed")

    def test_colleague_without_rank_cannot_approve(self):
        change = self.propose()
        colleague = self._user("colleague", "group_user", "Cora Colleague")
        self.request.user_id = colleague
        with self.assertRaises(AccessError):
            self.approve(change, colleague)

    def test_leader_and_manager_approve(self):
        for user in (self.leader, self.manager):
            change = self.propose(address=f"new-{user.login}@client.example.com")
            self.assertTrue(change.with_user(user).may_decide)
            self.approve(change, user)
            self.assertEqual((change.state, change.decided_by_id), ("approved", user))
            self.assertTrue(change.decided_at)
            self.assertEqual(self.client._address(), f"new-{user.login}@client.example.com")

    def test_only_who_may_change_the_request_proposes(self):
        with self.assertRaises(AccessError):
            self.propose(user=self.other_leader)

    def test_without_a_second_person_it_is_said_in_words(self):
        self.env.cr.execute(
            "UPDATE res_users SET active = false WHERE id NOT IN %s", [(self.rep.id, self.env.uid)]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "administrator"), self.env.cr.savepoint():
            self.propose()
        self.assertFalse(self.request.contact_change_ids)

    def test_typed_code_approves_nothing(self):
        change = self.propose()
        with self.assertRaisesRegex(AccessError, "server actions"):
            self.run_typed(change, f"record.with_user({self.leader.id}).action_approve()")
        self.assertEqual(change.state, "proposed")

    def test_hook_of_a_commit_approves_nothing(self):
        change = self.propose()
        code = f"env.cr.precommit.add(record.with_user({self.leader.id}).action_approve)"
        self.run_typed(change, code)
        with self.assertRaisesRegex(AccessError, "server actions"):
            self.env.cr.precommit.run()
        self.assertEqual(change.state, "proposed")

    def test_nobody_writes_a_proposal_by_hand(self):
        change = self.propose()
        for user in (self.rep, self.leader, self.env.ref("base.user_admin")):
            mine = change.with_user(user)
            for attempt in (
                lambda mine=mine: mine.write({"state": "approved"}),
                lambda mine=mine: mine.write({"new_address": "other@client.example.com"}),
                lambda mine=mine: mine.sudo().write({"proposer_id": False}),
                lambda mine=mine: mine.create({"signer_id": self.client.id}),
                mine.copy, mine.unlink, mine.sudo().unlink,
            ):  # fmt: skip
                with self.assertRaises(AccessError):
                    attempt()

    def test_second_person_is_asked(self):
        change = self.propose()
        self.assertEqual(change.activity_ids.user_id, self.leader)
        note = change.activity_ids.note
        self.assertIn("Rita Rep", note)
        self.assertNotIn(NEW, note)
        self.assertNotIn(self.CLIENT, note)
        self.approve(change)
        self.assertFalse(change.activity_ids)

    def test_managers_are_asked_where_the_team_has_no_other_leader(self):
        change = self.propose(user=self.leader)
        self.assertIn(self.manager, change.activity_ids.user_id)
        self.assertNotIn(self.leader, change.activity_ids.user_id)

    # --- twice, too late -------------------------------------------------------------------------------------------------

    def test_decided_once(self):
        change = self.propose()
        self.approve(change)
        for attempt in (
            lambda: self.approve(change, self.manager),
            change.with_user(self.manager).action_refuse,
            change.with_user(self.rep).action_withdraw,
        ):
            with self.assertRaisesRegex(UserError, "before"):
                attempt()
        self.assertEqual(self.event_kinds(self.request).count("contact_changed"), 1)

    def test_one_open_proposal_a_signer(self):
        self.propose()
        with self.assertRaisesRegex(UserError, "decided first"):
            self.propose(address="second@client.example.com")
        self.propose(self.director, address="dora@vendor.example.org")
        self.assertEqual(len(self.request.open_change_ids), 2)

    def test_whoever_has_signed_is_not_changed(self):
        pending = self.propose(self.director, address="dora@vendor.example.org")
        self.director_signs()
        self.assertEqual(pending.state, "withdrawn")
        self.assertFalse(pending.activity_ids)
        with self.assertRaisesRegex(UserError, "done with this request"):
            self.propose(self.director, address="dora@vendor.example.org")
        with self.assertRaisesRegex(UserError, "before"):
            self.approve(pending)

    def test_only_sent_requests_are_corrected(self):
        draft = self.make_request(send=False)
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.propose(draft.signer_ids[1])
        pending = self.propose()
        self.request.action_cancel("by mistake")
        self.assertEqual(pending.state, "withdrawn")
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.propose()

    def test_refused_address_changes_nothing_and_the_proposer_hears(self):
        token = self.director_signs()
        change = self.propose()
        change.with_user(self.leader).action_refuse()
        self.assertEqual(change.state, "refused")
        self.assertEqual(self.client._address(), self.CLIENT)
        self.assertEqual(self.page(self.browser(), token)["situation"], "sign")
        self.assert_proposer_hears("refused")
        self.propose()

    def test_proposer_hears_of_the_approval(self):
        self.approve(self.propose())
        self.assert_proposer_hears("approved")

    def assert_proposer_hears(self, word):
        """Fail unless the leader told the rep, without the address."""
        told = self.env["mail.message"].search(
            [
                ("model", "=", "esign.request"),
                ("res_id", "=", self.request.id),
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", self.rep.partner_id.ids),
            ],
            limit=1,
        )
        self.assertEqual(told.author_id, self.leader.partner_id)
        self.assertIn(word, told.body)
        self.assertNotIn(NEW, told.body)

    # --- whose address -----------------------------------------------------------------------------------------------------

    def test_client_is_not_moved_to_one_of_us(self):
        self.leader.partner_id.phone = "+33698765432"
        self.company.partner_id.email = "office@vendor.example.com"
        for channel, address in (
            ("email", self.rep.email), ("email", "RITA+x@vendor.example.com"),
            ("email", self.DIRECTOR), ("email", "office@vendor.example.com"), ("sms", "06 98 76 54 32"),
        ):  # fmt: skip
            with self.subTest(address=address), self.assertRaisesRegex(UserError, "our own side"):
                self.propose(channel=channel, address=address)

    def test_own_signer_is_not_moved_to_the_clients_address(self):
        with self.assertRaisesRegex(UserError, "our own side"):
            self.propose(self.director, channel="sms", address=self.CLIENT)

    def test_bad_addresses_are_refused_in_words(self):
        for channel, address, words in (
            ("email", "nonsense", "not one e-mail"), ("email", "a@b.example.com, c@d.example.com", "not one e-mail"),
            ("sms", "12", "phone number"), ("whatsapp", "+33611111111", "Choose"), ("pigeon", NEW, "Choose"),
            ([], NEW, "Choose"), ("email", "", "missing"), ("email", None, "missing"), ("email", {"a": 1}, "text"),
            ("sms", self.CLIENT, "already"), ("sms", "06 12 34 56 78", "already"),
        ):  # fmt: skip
            with self.subTest(address=address), self.assertRaisesRegex(UserError, words):
                self.propose(channel=channel, address=address)
        self.company.esign_sms_country_ids = self.env.ref("base.fr")
        with self.assertRaisesRegex(UserError, "country"):
            self.propose(channel="sms", address="+48601234567")
        with self.assertRaisesRegex(UserError, "reason"):
            self.propose(reason="  ")

    def test_address_that_became_ours_is_refused_at_approval(self):
        change = self.propose()
        self.leader.partner_id.email = NEW
        with self.assertRaisesRegex(UserError, "our own side"):
            self.approve(change)
        self.assertEqual(change.state, "proposed")

    # --- the form ----------------------------------------------------------------------------------------------------------

    def test_form_offers_known_addresses_and_says_what_is_wrong(self):
        firm = self.env["res.partner"].create(
            {"name": "Mill Ltd", "email": "mill@client.example.com"}
        )
        self.partner.write({"parent_id": firm.id, "email": NEW})
        self.lead.partner_id = self.partner
        wizard = self.env["esign.contact.wizard"].with_user(self.rep)
        with Form(wizard.with_context(default_signer_id=self.client.id)) as form:
            self.assertEqual((form.channel, form.phone), ("sms", self.CLIENT))
            self.assertFalse(form.problem)
            self.assertEqual(set(form.known_contact_ids.ids), {firm.id, self.partner.id})
            form.contact_id = self.partner
            form.channel = "email"
            self.assertEqual(form.email, NEW)
            form.email = self.rep.email
            self.assertIn("our own side", form.problem)
            form.contact_id = firm
            self.assertFalse(form.problem)
            form.reason = REASON
        answer = form.save().action_propose()
        self.assertIn("Lea Leader", answer["params"]["message"])
        change = self.request.open_change_ids
        self.assertEqual((change.new_channel, change.new_address), ("email", firm.email))
