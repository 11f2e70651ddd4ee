"""Requests: what is refused, what is fixed, what moves them."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EsignCommon
from .pdf_samples import plain_pdf


@tagged("post_install", "-at_install")
class TestEsignRequest(EsignCommon):
    """A rep makes, sends and ends requests."""

    def _refused(self, **arguments):
        """Return the words with which a request is refused."""
        with self.assertRaises(UserError) as caught:
            self.make_request(**arguments)
        return str(caught.exception)

    # --- bad input says what and where -----------------------------------------------------------------------------

    def test_bad_document_is_refused_in_words(self):
        make = self.env["esign.request"].create_from_deal
        good = base64.b64encode(plain_pdf()).decode()
        for document, words in (
            (None, "document"), ({"name": "x"}, "document"), ({"name": "x", "content": "%%%"}, "base64"),
            ({"name": "x.pdf", "content": base64.b64encode(b"hello").decode()}, "x.pdf"),
        ):  # fmt: skip
            with self.subTest(document=document), self.assertRaisesRegex(UserError, words):
                make(self.lead.id, document=document)
        with self.assertRaisesRegex(UserError, "lead_id"):
            make(10**9, document={"name": "x.pdf", "content": good})
        with self.assertRaisesRegex(UserError, "template_id"):
            make(self.lead.id, document={"name": "x.pdf", "content": good}, template_id=10**9)

    def test_bad_signers_are_refused_with_their_number(self):
        own, client = self.signers()
        for signers, words in (
            ([], "signers"),
            ([own, client | {"email": "nonsense"}], "no. 2.*nonsense"),
            ([own, client | {"phone": "12"}], "no. 2.*12"),
            ([own, client | {"channel": "pigeon"}], "no. 2.*pigeon"),
            ([own, client | {"channel": "email"}], "no. 2.*Claude Client has no e-mail"),
            ([own, client | {"role": "Our director"}], "Our director.*twice"),
            ([own, client | {"nmae": "typo"}], "no. 2.*nmae"),
            ([own, client | {"name": " "}], "no. 2.*name"),
            ([own, client | {"lang": "klingon!"}], "no. 2.*klingon"),
            ([own, client | {"sequence": "2"}], "no. 2.*sequence"),
            ([own, client | {"sequence": 10**12}], "no. 2.*sequence"),
            ([own, client | {"partner_id": "abc"}], "no. 2.*abc"),
            ([own, client | {"partner_id": {"a": 1}}], "no. 2.*contact"),
            ([own, client | {"role": {"a": 1}}], "no. 2.*role"),
            ([own, client | {"position": ["x"]}], "no. 2.*position"),
            ([own, client | {"name": "A" * 501}], "no. 2.*name is too long"),
        ):
            with self.subTest(words=words):
                self.assertRegex(self._refused(signers=signers), words)

    def test_number_without_a_prefix_is_one_of_the_persons_country(self):
        pole = self.env["res.partner"].create(
            {"name": "Piotr", "country_id": self.env.ref("base.pl").id}
        )
        own, client = self.signers(phone="601 234 503", partner_id=pole.id)
        request = self.make_request(send=False, signers=[own, client])
        signer = request.signer_ids.filtered(lambda each: each.side == "client")
        self.assertEqual(signer.phone, "+48601234503", "no stranger in France, where we are")
        signer.with_user(self.rep).phone = "601234504"
        self.assertEqual(signer.phone, "+48601234504")
        self.lead.partner_id = pole
        pole.phone = "601 234 505"
        made = self.make_request(send=False, signers=None)
        signer = made.signer_ids.filtered(lambda each: each.side == "client")
        self.assertEqual(signer.phone, "+48601234505")

    def test_characters_that_nobody_sees_are_left_out(self):
        own, client = self.signers(name="Claude\u202e \x00Client\ud800", position="Head\n of mill")
        request = self.make_request(send=False, signers=[own, client])
        signer = request.signer_ids.filtered(lambda each: each.side == "client")
        self.assertEqual((signer.name, signer.position), ("Claude Client", "Head of mill"))
        document = {
            "name": "a\nb\x00/\u202ec.pdf",
            "content": base64.b64encode(plain_pdf()).decode(),
        }
        made = request.create_from_deal(self.lead.id, document=document, signers=self.signers())
        self.assertEqual(request.browse(made).title, "a b_c")

    def test_bad_fields_are_refused_with_their_number(self):
        box = {
            "role": "Client",
            "type": "text",
            "name": "T",
            "page": 1,
            "x": 0.1,
            "y": 0.1,
            "width": 0.2,
            "height": 0.1,
        }
        for field, words in (
            (box | {"role": "Nobody"}, "no. 1.*Nobody"), (box | {"page": 2}, "no. 1.*page 2"),
            (box | {"x": 0.9}, "no. 1.*page"), (box | {"x": "0"}, "no. 1.*x"), (box | {"width": 0}, "no. 1"),
            (box | {"type": "hologram"}, "no. 1.*hologram"), (box | {"colour": "red"}, "no. 1.*colour"),
        ):  # fmt: skip
            with self.subTest(words=words):
                self.assertRegex(self._refused(fields=[field]), words)

    # --- director first, and no client who is one of us -----------------------------------------------------------

    def test_client_who_would_sign_first_or_beside_us_is_refused(self):
        own, client = self.signers()
        for sequence in (0, 1):
            with self.subTest(sequence=sequence):
                self.assertIn(
                    "our side", self._refused(signers=[own, client | {"sequence": sequence or 1}])
                )

    def test_request_without_our_side_is_refused(self):
        self.assertIn("our side", self._refused(signers=self.signers()[1:]))

    def test_client_reached_at_an_address_of_ours_is_refused(self):
        own, _client = self.signers()
        self.rep.partner_id.phone = "+33 6 99 99 99 99"
        for mine in (
            {"phone": "0699999999"},
            {"channel": "email", "email": self.rep.email.upper()},
            {"channel": "email", "email": self.DIRECTOR},
        ):
            with self.subTest(mine=mine):
                self.assertIn("our own side", self._refused(signers=[own, self.signers(**mine)[1]]))

    def test_company_without_public_address_cannot_send(self):
        self.company.esign_public_url = False
        with self.assertRaises(UserError):
            self.make_request()

    # --- doors -------------------------------------------------------------------------------------------------------

    def test_state_is_written_by_its_door_only(self):
        request = self.make_request(send=False)
        for records in (request, request.sudo(), request.with_user(self.rep)):
            with self.assertRaises(AccessError):
                records.write({"state": "done"})
            with self.assertRaises(AccessError):
                records.signer_ids.write({"state": "signed"})
        with self.assertRaises(UserError):
            request._move("done")

    def test_sent_request_is_fixed(self):
        request = self.make_request()
        for values in (
            {"title": "other"},
            {"deadline_at": "2030-01-01"},
            {"sealed_sha256": "0"},
            {"company_id": 1},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                request.write(values)
        with self.assertRaises(UserError):
            request.signer_ids[0].email = "other@example.com"
        with self.assertRaises(UserError):
            request.field_ids[0].x = 0.3
        with self.assertRaises(UserError):
            request.unlink()
        with self.assertRaises(UserError):
            request.action_send()
        with self.assertRaises(UserError):
            request.frozen_document_id.write({"sha256": "0"})

    def test_later_edits_of_the_contact_change_nothing_that_was_sent(self):
        request = self.make_request(signers=self.signers(partner_id=self.partner.id))
        self.partner.write({"name": "Somebody Else", "phone": "+33688888888"})
        client = request.signer_ids.filtered(lambda signer: signer.side == "client")
        self.assertEqual((client.name, client.phone), ("Claude Client", self.CLIENT))
        self.assertEqual(client.address_source, "contact")

    def test_draft_is_deleted_with_its_file(self):
        request = self.make_request(send=False)
        attachment = request.uploaded_document_id.attachment_id
        request.with_user(self.rep).unlink()
        self.assertFalse(attachment.exists())

    def test_altered_stored_file_is_not_sent(self):
        request = self.make_request(send=False)
        request.uploaded_document_id.attachment_id.raw = plain_pdf(text="another text")
        with self.assertRaisesRegex(UserError, "altered"):
            request.action_send()

    # --- boxes -------------------------------------------------------------------------------------------------------

    def test_each_signer_gets_a_box_of_his_own_on_the_last_page(self):
        request = self.make_request(content=plain_pdf(pages=3), send=False)
        boxes = request.field_ids
        self.assertEqual(boxes.mapped("page"), [3, 3])
        self.assertEqual(boxes.signer_id, request.signer_ids)
        self.assertNotEqual(boxes[0].x, boxes[1].x)
        self.assertLess(boxes.filtered(lambda box: box.signer_id.side == "own").x, 0.5)

    def test_cancel_tells_only_whom_it_concerns(self):
        request = self.make_request()
        request.action_cancel("by mistake")
        self.assertEqual(request.state, "cancelled")
        told = self.env["esign.message"].search(
            [("request_id", "=", request.id), ("purpose", "=", "cancelled_notice")]
        )
        self.assertEqual(told.signer_id.mapped("side"), ["own"])
        self.assertEqual(set(request.signer_ids.mapped("state")), {"cancelled"})
