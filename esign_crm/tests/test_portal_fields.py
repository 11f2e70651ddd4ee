"""What a signer enters: offered, checked as it is entered, refused in words, drawn on the sealed PDF."""

import base64
import io
from datetime import timedelta

import pypdf
from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.errors import ImageError
from .common import EsignHttpCommon
from .corpus import corpus
from .pdf_look import in_pdfium, in_poppler, magenta_area, magenta_png

PLACE = {"role": "Client", "page": 1, "x": 0.1, "width": 0.35, "height": 0.03}
STAMP = {"x": 0.6, "y": 0.3, "width": 0.3, "height": 0.2}
TOLERANCE = 0.012  # of the page
# two codes for each, and an address gets ten an hour
LAID_OUT = ("rotate90.pdf", "rotate180.pdf", "cropbox_offset.pdf")


def stamp_png():
    """Return a magenta stamp with a dark middle: one colour alone is taken for a blank picture."""
    with Image.open(io.BytesIO(magenta_png(400, 100))) as image:
        image.paste((0, 0, 0, 255), (190, 40, 210, 60))
        out = io.BytesIO()
        image.save(out, "PNG")
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestPortalFields(EsignHttpCommon):
    """Claude fills in everything that can be filled in."""

    def setUp(self):
        super().setUp()
        self.boxes = [
            PLACE | {"type": "initials", "name": "Initials", "y": 0.05},
            PLACE | {"type": "stamp", "name": "Stamp"} | STAMP,
            PLACE | {"type": "text", "name": "Place", "y": 0.10},
            PLACE | {"type": "multiline", "name": "Remark", "y": 0.15, "height": 0.08},
            PLACE | {"type": "number", "name": "Hours", "y": 0.25},
            PLACE | {"type": "date", "name": "Start", "y": 0.30},
            PLACE | {"type": "checkbox", "name": "Tick", "y": 0.35, "width": 0.03},
            PLACE | {"type": "choice", "name": "Delivery", "y": 0.40, "options": ["By post", "By mail"],
                     "default": "By mail"},
            PLACE | {"type": "date_signed", "name": "Signed on", "y": 0.45},
            PLACE | {"type": "text", "name": "Site", "y": 0.50, "filled_by": "sender", "value": "Pump hall"},
        ]  # fmt: skip
        self.good = {
            "stamp": base64.b64encode(stamp_png()).decode(),
            "text": "Łódź",
            "multiline": "First line\nЩит, ёж",
            "number": "12,5",
            "date": "2026-12-01",
            "checkbox": True,
        }

    def _send(self, **arguments):
        """Return (request, the client's browser and token with a confirmed code)."""
        request = self.make_request(fields=self.boxes, **arguments)
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.CLIENT)
        self.confirm(browser, token, self.CLIENT)
        return request, browser, token

    def _values(self, request, **changed):
        """Return ``{field id: value}`` by type."""
        ids = {
            field.type: str(field.id)
            for field in request.field_ids
            if field.signer_id.side == "client" and field.filled_by == "signer"
        }
        return {ids[kind]: value for kind, value in (self.good | changed).items()}

    def _id(self, request, kind):
        return request.field_ids.filtered(
            lambda field: field.type == kind and field.filled_by == "signer"
        ).id

    # --- the page ----------------------------------------------------------------------------------------------------

    def test_page_offers_what_is_to_be_filled_in_and_shows_what_is_fixed(self):
        _request, browser, token = self._send()
        shown = {
            (field["type"], field["mine"]): field for field in self.page(browser, token)["fields"]
        }
        self.assertEqual(shown["choice", True]["options"], ["By post", "By mail"])
        self.assertEqual(shown["choice", True]["value"], "By mail")
        self.assertGreater(shown["text", True]["room"], 40)
        self.assertNotIn("room", shown["multiline", True], "there is plenty")
        self.assertEqual(shown["text", False]["value"], "Pump hall")
        self.assertNotIn(("date_signed", True), shown)

    def test_own_side_sees_the_fixed_values_but_no_boxes_of_the_client(self):
        self.make_request(fields=self.boxes)
        self.deliver()
        page = self.page(self.browser(), self.wires.last_token(self.DIRECTOR))
        others = [field["label"] for field in page["fields"] if not field["mine"]]
        self.assertEqual(others, ["Site"])

    def test_draft_that_is_none_is_refused_and_spoils_no_page(self):
        _request, browser, token = self._send()
        for values in (["a list"], "text", 7):
            answer = self.step(browser, token, "draft", values=values)
            self.assertEqual(answer["error"], "field_invalid")
        self.assertEqual(self.page(browser, token)["draft"], {})

    def test_entry_that_does_not_fit_is_told_as_it_is_entered(self):
        request, browser, token = self._send()
        field = str(self._id(request, "text"))
        answer = self.step(browser, token, "draft", values={field: "word " * 60})
        self.assertTrue(answer["saved"])
        (refusal,) = answer["refused"]
        self.assertEqual((refusal["error"], refusal["field"]), ("field_invalid", int(field)))
        self.assertRegex(refusal["message"], r"at most \d+ characters fit")
        fits = "word " * 60
        fits = fits[: refusal["limit"]].strip()
        answer = self.step(browser, token, "draft", values={field: fits})
        self.assertEqual(answer, {"saved": True, "refused": []})

    def test_chosen_stamp_survives_a_reload_until_it_is_signed_with(self):
        request, browser, token = self._send()
        stamp = request.field_ids.filtered(lambda field: field.type == "stamp")
        key = str(stamp.id)
        kept = {"saved": True, "refused": []}
        chosen = {key: f"data:image/png;base64,{self.good['stamp']}"}
        self.assertEqual(self.step(browser, token, "draft", pictures=chosen), kept)
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

    # --- refusals ----------------------------------------------------------------------------------------------------

    def test_bad_entries_are_refused_with_field_and_reason(self):
        request, browser, token = self._send()
        bad = (
            ("text", "", "field_required", "fill in"),
            ("text", "word " * 60, "field_invalid", "at most"),
            ("text", "王", "field_invalid", "王"),
            ("number", "twelve", "field_invalid", "number"),
            ("date", "soon", "field_invalid", "date"),
            ("choice", "By pigeon", "field_invalid", "answers"),
            ("checkbox", False, "field_required", "fill in"),
            ("stamp", "", "field_required", "fill in"),
            ("stamp", base64.b64encode(b"GIF89a").decode(), "image_refused", "PNG, JPEG or WebP"),
            ("stamp", base64.b64encode(b"<svg/>").decode(), "image_refused", "PNG, JPEG or WebP"),
        )
        for kind, value, error, words in bad:
            with self.subTest(kind=kind, value=value):
                answer = self.sign(browser, token, "Claude Client", values=self._values(request, **{kind: value}))  # fmt: skip
                self.assertEqual(
                    (answer["error"], answer["field"]), (error, self._id(request, kind))
                )
                self.assertIn(words, answer["message"])
        self.assertFalse(any(self._client_values(request)))

    def _client_values(self, request):
        boxes = request.field_ids.filtered(
            lambda field: field.signer_id.side == "client" and field.filled_by == "signer"
        )
        return boxes.sudo().mapped("value")

    def test_values_of_others_are_refused(self):
        request, browser, token = self._send()
        for field in request.field_ids.filtered(lambda field: not field._is_asked()):
            answer = self.sign(browser, token, values=self._values(request) | {str(field.id): "x"})
            self.assertEqual((answer["error"], answer["field"]), ("field_invalid", str(field.id)))

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

    # --- the private person ------------------------------------------------------------------------------------------

    def test_private_person_is_never_asked_for_a_stamp(self):
        request, browser, token = self._send(signers=self.signers(is_private_person=True))
        self.assertNotIn("stamp", [field["type"] for field in self.page(browser, token)["fields"]])
        values = self._values(request)
        stamp = values.pop(str(self._id(request, "stamp")))
        answer = self.sign(browser, token, values=values | {str(self._id(request, "stamp")): stamp})
        self.assertEqual(answer["error"], "field_invalid")
        self.assertEqual(self.sign(browser, token, values=values)["state"], "signed")
        self.assertEqual(request.state, "done")

    # --- the sealed PDF ----------------------------------------------------------------------------------------------

    def test_everything_stands_on_the_sealed_pdf_where_it_was_put(self):
        files = corpus("pdf")
        contents = {name: files[name] for name in LAID_OUT if name in files} | {"plain.pdf": None}
        for name, content in contents.items():
            with self.subTest(name=name):
                request, browser, token = self._send(content=content)
                answer = self.sign(browser, token, "Claude Client", values=self._values(request))
                self.assertEqual(answer, {"state": "signed", "sealed": True})
                self._check_sealed(request._sealed_bytes())

    def test_dates_are_written_as_the_language_of_the_document_writes_them(self):
        self.boxes = [each for each in self.boxes if each["type"] in ("date", "date_signed")]
        self.company.partner_id.tz = "Pacific/Kiritimati"  # where the next day begins first
        request, browser, token = self._send(signers=self.signers(lang="pl_PL"))
        self.assertEqual(self.page(browser, token)["request"]["lang"], "pl-PL")
        values = {str(self._id(request, "date")): "2026-12-01"}
        self.assertEqual(self.sign(browser, token, values=values)["state"], "signed")
        words = pypdf.PdfReader(io.BytesIO(request._sealed_bytes())).pages[0].extract_text()
        signer = request.signer_ids.filtered(lambda each: each.side == "client")
        there = signer.signed_at + timedelta(hours=14)
        for expected in ("01.12.2026", f"{there:%d.%m.%Y}"):
            self.assertIn(expected, words)
        self.assertNotIn("2026-12-01", words)

    def _check_sealed(self, sealed):
        words = pypdf.PdfReader(io.BytesIO(sealed)).pages[0].extract_text()
        for expected in ("Łódź", "First line", "Щит, ёж", "12,5", "12/01/2026", "By mail", "CC", "Pump hall"):  # fmt: skip
            self.assertIn(expected, words)
        for look in (in_pdfium, in_poppler):
            image = look(sealed)
            if image is not None:
                self._check_stamp(image, look.__name__)

    def _check_stamp(self, image, renderer):
        """Inside its box, in its middle, in its own proportions."""
        x, y, width, height = magenta_area(image)
        self.assertGreater(x, STAMP["x"] - TOLERANCE, renderer)
        self.assertGreater(y, STAMP["y"] - TOLERANCE, renderer)
        self.assertLess(x + width, STAMP["x"] + STAMP["width"] + TOLERANCE, renderer)
        self.assertLess(y + height, STAMP["y"] + STAMP["height"] + TOLERANCE, renderer)
        self.assertAlmostEqual(x + width / 2, STAMP["x"] + STAMP["width"] / 2, delta=TOLERANCE)
        self.assertAlmostEqual(y + height / 2, STAMP["y"] + STAMP["height"] / 2, delta=TOLERANCE)
        shape = (width * image.width) / (height * image.height)
        self.assertAlmostEqual(shape, 4.0, delta=0.2)

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
