"""What an approved change of address does to links, codes, messages and evidence."""

import io

import pypdf

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools.gateways.sms_text import segments
from .contact_common import NEW, ContactCommon


@tagged("post_install", "-at_install")
class TestEsignSignerContact(ContactCommon):
    """The rep proposes, the leader approves."""

    def test_old_links_are_as_if_never_issued_and_the_new_one_signs(self):
        token = self.director_signs()
        self.approve(self.propose())
        self.deliver()
        unknown = self.get(self.browser(), "/esign/s/" + "A" * 43)
        old = self.get(self.browser(), f"/esign/s/{token}")
        self.assertEqual((old.status_code, old.text), (404, unknown.text))
        answer, _token, _browser = self.walk(NEW, "Claude Client")
        self.assertTrue(answer["sealed"])
        self.env["esign.event"]._verify(self.request)

    def test_confirmed_browser_of_the_old_address_signs_nothing(self):
        token, visitor = self.director_signs(), self.browser()
        self.confirm(visitor, token, self.CLIENT)
        self.assertEqual(self.client.state, "confirmed")
        self.step(visitor, token, "draft", values={}, signature={"method": "typed", "name": "X"})
        self.approve(self.propose())
        self.assertEqual((self.client.state, self.client.opened_at), ("invited", False))
        self.assertFalse(self.client.sudo().draft or self.client.address_confirmed_at)
        self.assertEqual(self.sign(visitor, token)["error"], "not_found")
        self.deliver()
        renewed = self.wires.last_token(NEW)
        self.assertEqual(self.sign(visitor, renewed)["error"], "not_confirmed")
        self.assertFalse(self.page(visitor, renewed)["confirmed"])

    def test_code_sent_to_the_old_address_is_void(self):
        token, visitor = self.director_signs(), self.browser()
        self.step(visitor, token, "code")
        code = self.wires.last_code(self.CLIENT)
        self.approve(self.propose())
        self.deliver()
        renewed = self.wires.last_token(NEW)
        self.assertEqual(self.step(visitor, renewed, "confirm", code=code)["error"], "code_void")

    def test_confirmation_that_was_voided_meanwhile_confirms_no_new_address(self):
        """A change that is approved between the comparison of a code and its record."""
        token, visitor = self.director_signs(), self.browser()
        self.confirm(visitor, token, self.CLIENT)
        self.approve(self.propose())
        self.client._record_try("code_confirmed", "192.0.2.1")
        self.assertEqual((self.client.state, self.client.address_confirmed_at), ("invited", False))

    def test_former_address_is_told_without_link_and_new_address(self):
        self.director_signs()
        self.approve(self.propose())
        before = len(self.wires.texts_to(self.CLIENT))
        self.deliver()
        texts = self.wires.texts_to(self.CLIENT)[before:]
        self.assertEqual(len(texts), 1)
        self.assertIn("another address", texts[0])
        self.assertLessEqual(segments(texts[0]), 2)
        for secret in ("/esign/s/", NEW):
            self.assertNotIn(secret, texts[0])
        self.assertIn("/esign/s/", self.wires.texts_to(NEW)[-1])

    def test_former_mailbox_gets_a_letter(self):
        self.deliver()
        self.approve(self.propose(self.director, channel="sms", address="+33611112222"))
        self.deliver()
        text = self.wires.texts_to(self.DIRECTOR)[-1]
        self.assertIn("If you are Dora Director and did not ask for this", text)
        self.assertNotIn("+336", text)
        self.assertNotIn("/esign/s/", text)
        self.assertIn("/esign/s/", self.wires.texts_to("+33611112222")[-1])

    def test_client_hears_nothing_before_our_side_has_signed(self):
        self.approve(self.propose())
        self.deliver()
        self.assertFalse(self.wires.texts_to(self.CLIENT) or self.wires.texts_to(NEW))
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        self.assertEqual(len(self.wires.texts_to(self.CLIENT)), 1)
        self.assertIn("another address", self.wires.texts_to(self.CLIENT)[0])
        self.assertIn("/esign/s/", self.wires.texts_to(NEW)[-1])
        self.request.action_remind()
        self.deliver()
        self.assertEqual(len(self.wires.texts_to(self.CLIENT)), 1)

    def test_invitation_that_still_waits_goes_to_nobody_at_the_old_address(self):
        self.approve(self.propose(self.director, address="dora@vendor.example.org"))
        self.deliver()
        self.assertNotIn("/esign/s/", "".join(self.wires.texts_to(self.DIRECTOR)))
        self.assertIn("/esign/s/", self.wires.texts_to("dora@vendor.example.org")[-1])

    def test_returned_message_is_not_repeated_to_the_new_address(self):
        self.deliver()
        message = self.request.message_out_ids.filtered(
            lambda each: each.signer_id == self.director
        )
        message._take_bounce("mailbox unknown")
        self.approve(self.propose(self.director, address="dora@vendor.example.org"))
        with self.assertRaisesRegex(UserError, "pointless"):
            message.with_user(self.rep).action_send_again()

    def test_notice_to_a_former_address_is_sent_there_once(self):
        self.deliver()
        self.approve(self.propose(self.director, address="dora@vendor.example.org"))
        notice = self.request.message_out_ids.filtered(
            lambda each: each.purpose == "contact_changed_notice"
        )
        notice._set_state("failed")
        with self.assertRaisesRegex(UserError, "former address"):
            notice.with_user(self.rep).action_send_again()

    def test_trail_and_signer_name_both_people(self):
        self.approve(self.propose())
        event = self.request.event_ids.filtered(lambda each: each.kind == "contact_changed")
        told = event._details()
        self.assertEqual((told["by"], told["approved_by"]), ("Rita Rep", "Lea Leader"))
        self.assertEqual((told["old"], told["new"]), ("+33***78", "c***@client.example.com"))
        self.assertNotIn(NEW, event.details)
        self.assertIn("approved by Lea Leader", event.summary)
        client = self.client
        self.assertEqual(
            (client.address_by, client.address_approved_by), ("Rita Rep", "Lea Leader")
        )
        self.assertEqual(client.address_source, "typed")
        self.env["esign.event"]._verify(self.request)

    def test_certificate_page_shows_the_change(self):
        self.rep.name = "Rita 李 Rep"  # a letter that no font has must not stop the sealing
        self.director_signs()
        self.approve(self.propose())
        self.walk(NEW, "Claude Client")
        self.assertEqual(self.request.state, "done")
        pages = pypdf.PdfReader(io.BytesIO(self.request._sealed_bytes())).pages
        text = " ".join("".join(page.extract_text() for page in pages).split())
        for words in (
            "Address changed",
            "from +33***78 to c***@client.example.com",
            "approved by Lea Leader",
        ):
            self.assertIn(words, text)

    def test_copy_is_corrected_and_its_former_address_told_at_the_end(self):
        copy = {"side": "client", "role": "Accountant", "kind": "copy", "name": "Ann Archive",
                "email": "ann@client.example.com", "channel": "email", "sequence": 3}  # fmt: skip
        request = self.make_request(signers=[*self.signers(), copy])
        request.team_id = self.team
        self.approve(self.propose(request.signer_ids.filtered(lambda each: each.kind == "copy")))
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        self.deliver()
        self.assertEqual(request.state, "done")
        self.assertIn("another address", self.wires.texts_to("ann@client.example.com")[-1])
        self.assertIn("/esign/s/", self.wires.texts_to(NEW)[-1])

    def test_full_addresses_are_readable_with_the_rights_of_the_request_only(self):
        change = self.propose()
        self.assertEqual(change.with_user(self.leader).new_address, NEW)
        with self.assertRaises(AccessError):
            change.with_user(self.other_leader).read(["new_address"])

    # --- resend --------------------------------------------------------------------------------------------------------------

    def test_link_is_sent_again_to_whose_turn_it_is(self):
        self.deliver()
        before = len(self.wires.texts_to(self.DIRECTOR))
        self.director.with_user(self.rep).action_resend()
        self.deliver()
        self.assertEqual(len(self.wires.texts_to(self.DIRECTOR)), before + 1)
        with self.assertRaisesRegex(UserError, "not the turn"):
            self.client.with_user(self.rep).action_resend()
        with self.assertRaises(AccessError):
            self.director.with_user(self.other_leader).action_resend()
