"""A name typed in a chosen hand: kept, judged, stored and drawn in it."""

import io

import pypdf

from odoo.tests import tagged

from .common import EsignHttpCommon

INITIALS = {
    "type": "initials", "name": "Initials", "role": "Our director",
    "page": 1, "x": 0.1, "y": 0.1, "width": 0.1, "height": 0.03,
}  # fmt: skip


def fonts_of(pdf):
    """Return the names of all fonts in a file, without their subset's prefix."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    names = (each.get("/BaseFont") for each in found if isinstance(each, dict))
    return {str(name).rpartition("+")[2].lstrip("/") for name in names if name}


@tagged("post_install", "-at_install")
class TestPortalHands(EsignHttpCommon):
    """Dora Director types her name."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request(fields=[INITIALS])
        self.deliver()
        self.visitor, self.token = self.browser(), self.wires.last_token(self.DIRECTOR)
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.signer = self.request.signer_ids.filtered(lambda signer: signer.side == "own")

    def _typed(self, name="Dora Director", **hand):
        return {"method": "typed", "name": name} | hand

    def _finish(self, signature):
        """Let both sign, the director so; return the sealed bytes."""
        answer = self.sign(self.visitor, self.token, signature=signature)
        self.assertEqual(answer["state"], "signed", answer)
        self.walk(self.CLIENT, "Claude Client")
        self.env.invalidate_all()
        return self.request.sealed_attachment_id.sudo().raw

    def test_chosen_hand_is_kept_in_the_draft_and_draws_the_sealed_document(self):
        signature = self._typed(hand="flowing")
        answer = self.step(self.visitor, self.token, "draft", values={}, signature=signature)
        self.assertEqual(answer, {"saved": True, "refused": []})
        self.assertEqual(self.page(self.visitor, self.token)["draft"]["signature"], signature)
        names = fonts_of(self._finish(signature))
        self.assertLessEqual(
            {"EsignHandFlowing", "EsignHand-Regular"}, names, "the client has the first"
        )
        self.assertEqual(self.signer._signature_sudo(), signature)

    def test_without_a_hand_the_first_one_is_drawn_and_nothing_more_is_stored(self):
        names = fonts_of(self._finish(self._typed()))
        self.assertIn("EsignHand-Regular", names)
        self.assertNotIn("EsignHandFlowing", names)
        self.assertEqual(self.signer._signature_sudo(), self._typed())

    def test_unknown_hand_is_refused(self):
        for hand in ("cursive", 7, ["flowing"]):
            signature = self._typed(hand=hand)
            for step in ("draft", "sign"):
                answer = self.step(
                    self.visitor, self.token, step, values={}, signature=signature, consent=True
                )
                self.assertEqual(answer["error"], "field_invalid")
        self.assertEqual(self.signer.state, "confirmed")

    def test_letters_that_the_hand_lacks_are_named_with_the_hand_that_has_them(self):
        signature = self._typed("DORA GROẞ", hand="simple")
        answer = self.step(self.visitor, self.token, "draft", values={}, signature=signature)
        refusals = [answer["refused"][0], self.sign(self.visitor, self.token, signature=signature)]
        for refusal in refusals:
            self.assertEqual(
                [refusal[key] for key in ("error", "reason", "characters", "hand")],
                ["field_invalid", "missing_in_hand", "ẞ", "flowing"],
            )
            self.assertIn("ẞ", refusal["message"])
        self.assertEqual(self.signer.state, "confirmed")
        better = signature | {"hand": "flowing"}
        answer = self.step(self.visitor, self.token, "draft", values={}, signature=better)
        self.assertEqual(answer["refused"], [])
        self.assertEqual(self.sign(self.visitor, self.token, signature=better)["state"], "signed")
