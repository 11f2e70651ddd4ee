"""What a signer enters: offered, checked as it is entered, refused in words, drawn on the sealed PDF."""

import base64
import io
import json
from datetime import timedelta

import pypdf

from odoo.tests import tagged

from .corpus import corpus
from .pdf_look import in_pdfium, in_poppler, magenta_area
from .portal_fields_common import STAMP, PortalFieldsCommon

TOLERANCE = 0.012  # of the page
# two codes for each, and an address gets ten an hour
LAID_OUT = ("rotate90.pdf", "rotate180.pdf", "cropbox_offset.pdf")


@tagged("post_install", "-at_install")
class TestPortalFields(PortalFieldsCommon):
    """What is entered, from the page to the sealed PDF."""

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
        request, browser, token = self._send()
        field = str(self._id(request, "text"))
        nothing = ([], "", 0, False, ["a list"], "text", 7)
        odd = ({"x": "y"}, {"0": "y"}, {field: ["y"]}, {field: {"a": 1}})
        for values in (*nothing, *odd):
            with self.subTest(values=values):
                answer = self.step(browser, token, "draft", values=values)
                self.assertEqual(answer["error"], "field_invalid")
                self.assertTrue(answer["message"])
        for signature in ("text", 7, ["a"], {"method": 1}, {"method": "drawn", "strokes": [["x"]]}):
            with self.subTest(signature=signature):
                answer = self.step(browser, token, "draft", values={}, signature=signature)
                self.assertEqual(answer["error"], "field_invalid")
        self.assertEqual(self.page(browser, token)["draft"], {})

    def test_draft_of_another_form_that_was_kept_once_is_left_out(self):
        request, browser, token = self._send()
        signer = request.signer_ids.filtered(lambda each: each.side == "client")
        field = str(self._id(request, "text"))
        values = {field: "Lyon", "x": "y", str(self._id(request, "number")): ["1"]}
        for kept, shown in (
            ("[1]", {}),
            ("{", {}),
            ('{"values": ["a list"], "signature": "x"}', {"values": {}, "signature": None}),
            (json.dumps({"values": values}), {"values": {field: "Lyon"}, "signature": None}),
        ):
            with self.subTest(kept=kept):
                signer._set_system_sudo(draft=kept)
                self.assertEqual(self.page(browser, token)["draft"], shown)

    def test_entries_come_with_the_next_code_to_another_browser_and_to_no_other_visitor(self):
        request, browser, token = self._send()
        field = str(self._id(request, "text"))
        entered = {"values": {field: "Łódź"}, "signature": {"method": "typed", "name": "Claude"}}
        self.step(browser, token, "draft", **entered)
        other = self.browser()
        self.assertEqual(self.page(other, token)["draft"], {})
        code = self.env["esign.otp"].search([], limit=1)
        code.reserved_at -= timedelta(minutes=2)
        self.step(other, token, "code")
        wrong = self.step(other, token, "confirm", code="no code")
        self.assertNotIn("draft", wrong)
        right = self.step(other, token, "confirm", code=self.wires.last_code(self.CLIENT))
        self.assertEqual(right["draft"]["values"], {field: "Łódź"})
        self.assertEqual(right["draft"]["signature"]["name"], "Claude")

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
        self.assertEqual(self.page(browser, token)["draft"]["values"], {field: fits})

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

    # --- the private person ------------------------------------------------------------------------------------------

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
