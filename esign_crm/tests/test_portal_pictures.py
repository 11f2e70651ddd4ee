"""The signature as a picture: chosen or photographed, shown as it will stand, kept for a reload, readable by nobody."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EsignHttpCommon
from .corpus import corpus
from .test_tools_pdf_ink import photographed, wave


def jpeg(picture, **options):
    """Return a picture as a camera stores it, in base64."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=88, **options)
    return base64.b64encode(out.getvalue()).decode()


def opened(address):
    """Return the picture behind a `data:` address."""
    return Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))


@tagged("post_install", "-at_install")
class TestPortalPictures(EsignHttpCommon):
    """Dora Director signs with a photograph of her signature."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.client, self.token = self.browser(), self.wires.last_token(self.DIRECTOR)
        self.confirm(self.client, self.token, self.DIRECTOR)
        self.signer = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        self.photo = jpeg(photographed(wave))

    def _draft(self, picture):
        signature = {"method": "image"}
        pictures = {"signature": picture}
        return self.step(self.client, self.token, "draft", signature=signature, pictures=pictures)

    def test_chosen_picture_comes_back_without_its_paper_and_survives_a_reload(self):
        answer = self._draft(self.photo)
        self.assertEqual((answer["saved"], answer["refused"]), (True, []))
        shown = opened(answer["pictures"]["signature"])
        self.assertEqual(shown.getchannel("A").getextrema(), (0, 255))
        self.assertLess(shown.height, shown.width)
        again = self.page(self.client, self.token)["draft"]["signature"]
        self.assertEqual(again, {"method": "image", "image": answer["pictures"]["signature"]})
        self.assertEqual(
            self.page(self.browser(), self.token)["draft"], {}, "not for other browsers"
        )

    def test_kept_picture_is_encrypted_readable_by_nobody_and_gone_once_signed_with(self):
        picture = self._draft(self.photo)["pictures"]["signature"]
        self.signer.flush_recordset()
        query = "SELECT draft_picture FROM esign_signer WHERE id = %s"
        self.env.cr.execute(query, (self.signer.id,))
        self.assertNotIn(b"PNG", base64.b64decode(self.env.cr.fetchone()[0].tobytes()))
        for reader in (self.rep, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.signer.with_user(reader).read(["draft_picture"])
        signature = {"method": "image", "image": picture}
        answer = self.step(
            self.client, self.token, "sign", values={}, signature=signature, consent=True
        )
        self.assertEqual(answer["state"], "signed")
        self.assertFalse(self.signer._picture_sudo())
        self.assertEqual(self.signer._signature_sudo()["method"], "image")

    def test_photograph_on_its_side_stands_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # orientation: turn it by 90 degrees
        on_its_side = photographed(wave).rotate(90, expand=True)
        shown = opened(self._draft(jpeg(on_its_side, exif=exif))["pictures"]["signature"])
        self.assertGreater(shown.width, shown.height)

    def test_unusable_picture_is_refused_in_words_and_none_is_kept(self):
        self._draft(self.photo)
        for worse in (base64.b64encode(b"GIF89a").decode(), "%%%", ["x"], 7):
            with self.subTest(worse=worse):
                (refusal,) = self._draft(worse)["refused"]
                self.assertEqual(
                    (refusal["error"], refusal["picture"]), ("image_refused", "signature")
                )
                self.assertTrue(refusal["message"])
                self.assertIsNone(self.page(self.client, self.token)["draft"]["signature"])
                self._draft(self.photo)
        self.assertEqual(self._draft("")["refused"], [])
        self.assertIsNone(self.page(self.client, self.token)["draft"]["signature"])

    def test_each_awkward_picture_is_shown_as_it_will_stand_or_refused_in_words(self):
        for name, content in corpus("img").items():
            with self.subTest(name=name):
                answer = self._draft(base64.b64encode(content).decode())
                if answer["refused"]:
                    self.assertEqual(answer["refused"][0]["error"], "image_refused")
                    self.assertTrue(answer["refused"][0]["message"].endswith("."))
                else:
                    self.assertEqual(opened(answer["pictures"]["signature"]).format, "PNG")

    def test_entries_of_a_request_that_was_cancelled_are_forgotten(self):
        self._draft(self.photo)
        self.assertTrue(self.signer._picture_sudo())
        self.request.action_cancel("Another version follows")
        self.assertFalse(self.signer._picture_sudo())
        self.assertFalse(self.signer.sudo().draft)

    def test_browser_without_a_code_keeps_no_picture(self):
        pictures = {"signature": self.photo}
        answer = self.step(self.browser(), self.token, "draft", pictures=pictures)
        self.assertEqual(answer["error"], "not_confirmed")
        self.assertFalse(self.signer._picture_sudo())

    def test_too_many_pictures_in_an_hour_are_refused_until_when_and_nothing_is_lost(self):
        kept = self._draft(self.photo)["pictures"]
        self.assertEqual(len(self.signer.sudo().pictures_at), 1)
        an_age_ago = fields.Datetime.now() - timedelta(minutes=50)
        moments = [fields.Datetime.to_string(an_age_ago)] * 60
        self.signer._set_system_sudo(pictures_at=moments)
        answer = self._draft(self.photo)
        (refusal,) = answer["refused"]
        self.assertEqual(
            (refusal["error"], refusal["reason"], refusal["picture"]),
            ("image_refused", "too_many", "signature"),
        )
        self.assertRegex(refusal["message"], r"within an hour.*in (9|10) min")
        self.assertEqual(answer["pictures"], kept, "shown again")
        again = self.page(self.client, self.token)["draft"]["signature"]
        self.assertEqual(again["image"], kept["signature"])
        self.assertFalse(self._draft("")["refused"], "taking it back costs nothing")
        later = [fields.Datetime.to_string(an_age_ago - timedelta(minutes=11))] * 60
        self.signer._set_system_sudo(pictures_at=later)
        self.assertFalse(self._draft(self.photo)["refused"])
        self.assertEqual(len(self.signer.sudo().pictures_at), 1, "older ones are forgotten")

    def test_sixty_first_picture_within_an_hour_is_not_looked_at(self):
        looked_at = []
        prepare = "odoo.addons.esign_crm.models.esign_signer_sign.images.prepare_in_jail"
        with patch(prepare, lambda raw, _box: looked_at.append(raw) or b"PNG"):
            answers = [self._draft(self.photo) for _each in range(61)]
        self.assertEqual([len(each["refused"]) for each in answers], [0] * 60 + [1])
        self.assertEqual(len(looked_at), 60)

    def test_picture_sent_with_the_signature_counts_unless_it_is_the_kept_one(self):
        kept = self._draft(self.photo)["pictures"]["signature"]
        full = [fields.Datetime.to_string(fields.Datetime.now())] * 60
        self.signer._set_system_sudo(pictures_at=full)

        def sign(picture):
            signature = {"method": "image", "image": picture}
            return self.step(
                self.client, self.token, "sign", values={}, signature=signature, consent=True
            )

        refusal = sign(self.photo)
        self.assertEqual((refusal["error"], refusal["reason"]), ("image_refused", "too_many"))
        self.assertEqual(sign(kept)["state"], "signed")

    def test_nobody_reads_when_pictures_were_looked_at(self):
        for reader in (self.rep, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.signer.with_user(reader).read(["pictures_at"])
