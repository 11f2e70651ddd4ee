"""Stamps that a signer chooses or has on file: kept, judged, used by their owner only."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.errors import ImageError
from .corpus import corpus
from .portal_fields_common import PortalFieldsCommon


@tagged("post_install", "-at_install")
class TestPortalStamps(PortalFieldsCommon):
    """What becomes of a picture."""

    def test_chosen_stamp_survives_a_reload_until_it_is_signed_with(self):
        request, browser, token = self._send()
        stamp = request.field_ids.filtered(lambda field: field.type == "stamp")
        key = str(stamp.id)
        kept = {"saved": True, "refused": []}
        chosen = {key: f"data:image/png;base64,{self.good['stamp']}"}
        answer = self.step(browser, token, "draft", pictures=chosen)
        self.assertRegex(answer.pop("pictures")[key], "^data:image/png;base64,")
        self.assertEqual(answer, kept)
        self.assertEqual(self.step(browser, token, "draft", values={}), kept)
        shown = self.page(browser, token)["draft"]["values"][key]
        self.assertRegex(shown, "^data:image/png;base64,")
        self.assertEqual(self.page(self.browser(), token)["draft"], {}, "not for other browsers")
        self.env.cr.execute("SELECT draft_image FROM esign_field WHERE id = %s", (stamp.id,))
        self.assertNotIn(b"PNG", base64.b64decode(self.env.cr.fetchone()[0].tobytes()))
        with self.assertRaises(AccessError):
            stamp.with_user(self.rep).read(["draft_image"])
        answer = self.sign(browser, token, values=self._values(request, stamp=shown))
        self.assertEqual(answer["state"], "signed")
        self.assertFalse(stamp._picture_sudo())
        self.assertTrue(stamp._image_sudo())

    def test_chosen_stamp_is_judged_at_once_and_can_be_taken_back(self):
        request, browser, token = self._send()
        key = str(self._id(request, "stamp"))
        self.step(browser, token, "draft", pictures={key: self.good["stamp"]})
        for worse in (base64.b64encode(b"GIF89a").decode(), "", ["x"]):
            answer = self.step(browser, token, "draft", pictures={key: worse})
            refused = [refusal["field"] for refusal in answer["refused"]]
            self.assertEqual(refused, [int(key)] if worse else [])
            self.assertNotIn(key, self.page(browser, token)["draft"]["values"])
        text = str(self._id(request, "text"))
        for foreign in ({text: self.good["stamp"]}, {"0": ""}, [key]):
            answer = self.step(browser, token, "draft", pictures=foreign)
            self.assertEqual([each["error"] for each in answer["refused"]], ["field_invalid"])
        stranger = self.step(self.browser(), token, "draft", pictures={key: self.good["stamp"]})
        self.assertEqual(stranger["error"], "not_confirmed")

    def test_bomb_as_a_stamp_is_refused(self):
        bombs = corpus("img")
        request, browser, token = self._send()
        for name in ("bomb_13000x13000.png", "fully_transparent.png", "sig.gif", "svg_named.png"):
            if name in bombs:
                with self.subTest(name=name):
                    stamp = base64.b64encode(bombs[name]).decode()
                    answer = self.sign(browser, token, values=self._values(request, stamp=stamp))
                    self.assertEqual(answer["error"], "image_refused")
                    self.assertIn(answer["reason"], ImageError.sentences)

    def test_private_person_is_never_asked_for_a_stamp(self):
        request, browser, token = self._send(signers=self.signers(is_private_person=True))
        self.assertNotIn("stamp", [field["type"] for field in self.page(browser, token)["fields"]])
        values = self._values(request)
        stamp = values.pop(str(self._id(request, "stamp")))
        answer = self.sign(browser, token, values=values | {str(self._id(request, "stamp")): stamp})
        self.assertEqual(answer["error"], "field_invalid")
        self.assertEqual(self.sign(browser, token, values=values)["state"], "signed")
        self.assertEqual(request.state, "done")

    def test_our_side_s_stamp_on_file_is_used_unless_another_is_chosen(self):
        party = self.env["esign.party"].create(
            {
                "name": "Dora Director",
                "side": "own",
                "email": self.DIRECTOR,
                "company_name": "Vendor",
            }
        )
        party.stamp_image = self.good["stamp"]
        own = [box | {"role": "Our director"} for box in self.boxes if box["type"] == "stamp"]
        self.boxes = own + [
            box | {"name": "Theirs"} for box in self.boxes if box["type"] == "stamp"
        ]
        request = self.make_request(fields=self.boxes)
        self.assertEqual(
            request.signer_ids.filtered(lambda each: each.side == "own").party_id, party
        )
        self.deliver()
        page = self.page(self.browser(), self.wires.last_token(self.DIRECTOR))
        self.assertEqual(
            [field["on_file"] for field in page["fields"] if field["type"] == "stamp"], [True]
        )
        answer, _token, _browser = self.walk(self.DIRECTOR, "Dora Director")
        self.assertEqual(answer["state"], "signed")
        stamps = request.field_ids.filtered(lambda field: field.type == "stamp").grouped("name")
        self.assertEqual(stamps["Stamp"]._image_sudo(), party._stamp_sudo())
        answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(
            (answer["error"], answer["field"]), ("field_required", stamps["Theirs"].id)
        )

    def test_stamp_on_file_is_only_for_whoever_is_reached_at_the_party_s_own_address(self):
        """The rep names the director's party, and his own number for the code."""
        party = self.env["esign.party"].create(
            {"name": "Dora Director", "side": "own", "email": self.DIRECTOR, "company_name": "V"}
        )
        party.stamp_image = self.good["stamp"]
        self.boxes = [
            box | {"role": "Our director"} for box in self.boxes if box["type"] == "stamp"
        ]
        own, client = self.signers()
        own |= {"channel": "sms", "phone": "+33611111111", "party_id": party.id}
        request = self.make_request(fields=self.boxes, signers=[own, client])
        party.phone = "+33611111111"  # later does not count: what counts is fixed at sending
        signer = request.signer_ids.filtered(lambda each: each.side == "own")
        self.assertEqual((signer.party_id, signer.address_source), (party, "typed"))
        self.deliver()
        page = self.page(self.browser(), self.wires.last_token("+33611111111"))
        shown = [field["on_file"] for field in page["fields"] if field["type"] == "stamp"]
        self.assertEqual(shown, [False])
        answer, _token, _browser = self.walk("+33611111111", "Rita Rep")
        self.assertEqual(answer["error"], "field_required")

    def test_stamp_is_a_grey_box_to_others_and_readable_by_nobody(self):
        self.boxes = [
            box | {"role": "Our director"} for box in self.boxes if box["type"] == "stamp"
        ]
        request = self.make_request(fields=self.boxes)
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.DIRECTOR)
        self.confirm(browser, token, self.DIRECTOR)
        stamp = request.field_ids.filtered(lambda field: field.type == "stamp")
        values = {str(stamp.id): self.good["stamp"]}
        self.assertEqual(
            self.sign(browser, token, "Dora Director", values=values)["state"], "signed"
        )
        self.deliver()
        page = self.page(self.browser(), self.wires.last_token(self.CLIENT))
        self.assertEqual([mark["name"] for mark in page["marks"]], ["Dora Director"] * 2)
        self.assertNotIn("stamp", [field["type"] for field in page["fields"]])
        self.env.flush_all()
        self.env.cr.execute("SELECT image FROM esign_field WHERE id = %s", (stamp.id,))
        stored = base64.b64decode(bytes(self.env.cr.fetchone()[0]))
        self.assertNotIn(b"PNG", stored)
