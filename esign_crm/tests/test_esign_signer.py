"""Signers: the signature in its three forms, and who reads it before the end."""

import base64
import io

from PIL import Image, ImageDraw

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EsignHttpCommon

STROKES = [
    [[10, 60, 0], [40, 20, 30], [80, 70, 60], [120, 30, 90]],
    [[130, 40, 200], [170, 60, 230]],
]


@tagged("post_install", "-at_install")
class TestEsignSigner(EsignHttpCommon):
    """A director signs."""

    def setUp(self):
        """Confirm the director's code."""
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        self.token = self.wires.last_token(self.DIRECTOR)
        self.visitor = self.browser()
        self.confirm(self.visitor, self.token, self.DIRECTOR)

    def _sign(self, signature):
        return self.sign(self.visitor, self.token, signature=signature)

    def test_drawn_signature_is_taken(self):
        answer = self._sign({"method": "drawn", "strokes": STROKES, "width": 300, "height": 120})
        self.assertEqual(answer["state"], "signed")
        self.director.invalidate_recordset()
        self.assertEqual(self.director._signature_sudo()["strokes"][0][1], [40, 20, 30])

    def test_slip_of_the_finger_is_no_signature(self):
        self.assertEqual(
            self._sign({"method": "drawn", "strokes": [[[1, 1, 0], [2, 2, 5]]]})["error"],
            "field_required",
        )

    def test_broken_strokes_are_refused(self):
        for strokes in ("x", [1], [["a"]], [[[1, "b", 0]]], [[[float("1e300"), 1, 0], [1, 1, 1]]]):
            with self.subTest(strokes=strokes):
                self.assertIn(
                    self._sign({"method": "drawn", "strokes": strokes})["error"],
                    ("field_invalid", "field_required"),
                )

    def test_image_of_a_signature_is_taken(self):
        picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
        ImageDraw.Draw(picture).line(
            [(10, 80), (150, 10), (290, 70)], fill=(0, 0, 120, 255), width=6
        )
        stream = io.BytesIO()
        picture.save(stream, "PNG")
        answer = self._sign(
            {"method": "image", "image": base64.b64encode(stream.getvalue()).decode()}
        )
        self.assertEqual(answer["state"], "signed")

    def test_what_is_no_image_is_refused(self):
        for content in (b"<svg onload='x'/>", b"", b"GIF89a"):
            with self.subTest(content=content):
                image = base64.b64encode(content).decode()
                self.assertEqual(
                    self._sign({"method": "image", "image": image})["error"], "image_refused"
                )

    def test_nobody_reads_a_signature_before_the_end(self):
        self._sign({"method": "typed", "name": "Dora Director"})
        for user in (self.rep, self.env.ref("base.user_admin")):
            signers = self.director.with_user(user)
            for name in ("signature", "draft", "sign_digest"):
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(AccessError):
                        signers.read([name])
                    with self.assertRaises(AccessError):
                        signers.search([(name, "!=", False)])
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "esign.signer"), ("res_field", "!=", None)]
            )
        )
