"""A rep edits drafts by hand; no edit may make the rep the client, or reach into what was sent."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EsignCommon


@tagged("post_install", "-at_install")
class TestAccessDrafts(EsignCommon):
    """Writes to drafts over RPC, past the wizard and ``create_from_deal``."""

    def setUp(self):
        super().setUp()
        self.rep.partner_id.phone = "+33611111111"
        self.draft = self.make_request(send=False).with_user(self.rep)
        self.client = self.draft.signer_ids.filtered(lambda signer: signer.side == "client")

    def assert_refused(self, records, vals, words=""):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            records.write(vals)

    def test_second_address_in_the_same_field_is_refused(self):
        for separator in (", ", ";", " "):
            both = separator.join(("claude@client.example.org", self.rep.email))
            self.assert_refused(self.client, {"email": both}, "not one e-mail address")

    def test_words_are_no_address(self):
        self.assert_refused(self.client, {"email": "claude at home"}, "not one e-mail address")
        self.assert_refused(self.client, {"phone": "12"}, "not a phone number")

    def test_national_form_of_the_reps_own_number_cannot_be_sent_to(self):
        for phone in ("06 11 11 11 11", "0033611111111", "(+33) 6-11-11-11-11"):
            self.client.write({"channel": "sms", "phone": phone})
            self.assertEqual(self.client.phone, "+33611111111")
            with self.assertRaisesRegex(UserError, "our own side"), self.env.cr.savepoint():
                self.draft.action_send()

    def test_name_before_the_reps_own_address_cannot_be_sent_to(self):
        self.client.write({"channel": "email", "email": f"Claude <{self.rep.email.upper()}>"})
        self.assertEqual(self.client.email, self.rep.email)
        with self.assertRaisesRegex(UserError, "our own side"):
            self.draft.action_send()

    def test_other_ways_into_our_own_mailboxes_cannot_be_sent_to(self):
        domain = self.env["mail.alias.domain"].create(
            {"name": "vendor.example.com", "company_ids": [(4, self.company.id)]}
        )
        alias = self.env["crm.team"].create({"name": "Leads", "alias_name": "leads"}).alias_id
        self.rep.partner_id.email = "rita.private@example.org, rita2@example.org"
        local, _at, host = self.rep.login.partition("@")
        addresses = (
            f"{local}+claude@{host}",
            "rita2@example.org",
            alias.alias_full_name,
            domain.catchall_email,
        )
        for address in addresses:
            self.client.write({"channel": "email", "email": address})
            with self.assertRaisesRegex(UserError, "our own side"), self.env.cr.savepoint():
                self.draft.action_send()

    def test_signer_added_by_hand_is_normalised_too(self):
        self.draft.write(
            {
                "signer_ids": [
                    (
                        0,
                        0,
                        {"role": "Copy", "kind": "copy", "name": "C", "email": "C <C@x.example>"},
                    )
                ]
            }
        )
        self.assertEqual(self.draft.signer_ids[-1].email, "c@x.example")

    def test_signer_does_not_move_into_a_sent_request(self):
        sent = self.make_request()
        self.client.role = "Another client"
        self.assert_refused(self.client, {"request_id": sent.id}, "stays with its request")
        self.assert_refused(sent.with_user(self.rep), {"signer_ids": [(4, self.client.id)]})
        self.assert_refused(self.draft, {"signer_ids": [(4, sent.signer_ids[0].id)]})

    def test_field_does_not_move_into_a_sent_request(self):
        sent = self.make_request()
        field = self.draft.field_ids[0]
        self.assert_refused(
            field,
            {"request_id": sent.id, "signer_id": sent.signer_ids[0].id},
            "stays with its request",
        )
        self.assert_refused(sent.with_user(self.rep), {"field_ids": [(4, field.id)]})

    def test_field_is_for_a_signer_of_its_own_request(self):
        other = self.make_request(send=False)
        self.assert_refused(
            self.draft.field_ids[0], {"signer_id": other.signer_ids[0].id}, "another request"
        )

    def test_field_lies_on_a_page_of_the_document(self):
        self.assert_refused(self.draft.field_ids[0], {"page": 2}, "no page 2")
