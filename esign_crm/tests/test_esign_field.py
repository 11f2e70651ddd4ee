"""Fields of every type: who fills them, when, and what is refused before anything is sent."""

import io

import pypdf

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.esign_field import TYPES
from .common import EsignCommon

PLACE = {"role": "Client", "page": 1, "x": 0.1, "width": 0.4, "height": 0.04}


@tagged("post_install", "-at_install")
class TestEsignField(EsignCommon):
    """Drafts and their values at sending."""

    def setUp(self):
        """Let short transactions of their own see the test's."""
        super().setUp()
        if not self._registry_patched:
            self.enterContext(self.enter_registry_test_mode())

    def _box(self, kind, number=1, **values):
        return PLACE | {"type": kind, "name": f"A {kind}", "y": 0.04 * number} | values

    def _make(self, *boxes, **arguments):
        return self.make_request(fields=list(boxes), **arguments)

    def _refused(self, words, *boxes):
        with self.assertRaisesRegex(UserError, words):
            self._make(*boxes)

    def _of(self, request, kind):
        return request.field_ids.filtered(lambda field: field.type == kind).sudo()

    # --- who fills ---------------------------------------------------------------------------------------------------

    def test_sender_fills_before_sending_or_is_told_what_is_missing(self):
        box = self._box("text", filled_by="sender")
        self._refused("before sending.*A text", box)
        request = self._make(box | {"value": "Pump hall"})
        self.assertEqual(self._of(request, "text").value, "Pump hall")
        draft = self._make(box, send=False)
        mine = draft.sender_field_ids
        draft.with_user(self.rep).write({"sender_field_ids": [(1, mine.id, {"default": "Later"})]})
        draft.with_user(self.rep).action_send()
        self.assertEqual(self._of(draft, "text").value, "Later")
        with self.assertRaises(UserError):
            draft.with_user(self.rep).write({"sender_field_ids": [(1, mine.id, {"default": "No"})]})

    def test_optional_field_of_the_sender_may_stay_empty(self):
        request = self._make(self._box("text", filled_by="sender", required=False))
        self.assertEqual(self._of(request, "text").value, "")

    def test_types_are_filled_by_who_can(self):
        for kind, side in (("signature", "sender"), ("stamp", "sender"), ("initials", "system"), ("text", "system"),
                           ("requisites", "signer"), ("date_signed", "sender"), ("text", "nobody")):  # fmt: skip
            with self.subTest(kind=kind, side=side):
                self._refused("filled_by", self._box(kind, filled_by=side))

    def test_value_is_no_way_to_fill_in_for_the_signer(self):
        self._refused("value is for fields that the sender fills", self._box("text", value="x"))
        for kind in ("signature", "stamp", "requisites", "document_number"):
            self._refused("holds none", self._box(kind, default="x"))

    def test_system_fills_number_and_requisites_at_sending(self):
        self.partner.write(
            {
                "street": "2 quai des Moulins", "city": "Rouen", "zip": "76000", "vat": "40303265045",
                "bank_ids": [(0, 0, {"acc_number": "FR7630006000011234567890189"})],
            }
        )  # fmt: skip
        request = self._make(
            self._box("document_number"),
            self._box("requisites", 2, height=0.1),
            signers=self.signers(partner_id=self.partner.id),
        )
        self.assertEqual(self._of(request, "document_number").value, request.name)
        lines = self._of(request, "requisites").value.splitlines()
        self.assertEqual(lines[0], "Claude Client")
        self.assertRegex(lines[1], "^2 quai des Moulins.*Rouen")
        self.assertIn("Bank account FR76", lines[3])
        rows = self.partner.with_user(self.rep)._esign_requisites("en_US")
        self.assertEqual(lines[2:], [f"{label} {value}" for label, value in rows[1:]], "as acts do")

    # --- choice, default ---------------------------------------------------------------------------------------------

    def test_choice_needs_answers_that_fit(self):
        self._refused("options", self._box("choice"))
        self._refused("options", self._box("choice", options=["a", 3]))
        self._refused("options", self._box("choice", options="a"))
        self._refused("too many", self._box("choice", options=[str(n) for n in range(60)]))
        self._refused("too small.*at most", self._box("choice", options=["x " * 80], width=0.1))
        draft = self._make(self._box("choice", options=["a"]), send=False)
        self._of(draft, "choice").options = "\n"
        with self.assertRaisesRegex(UserError, "offers no answers"):
            draft.with_user(self.rep).action_send()
        request = self._make(self._box("choice", options=["By post", "By mail"]))
        self.assertEqual(self._of(request, "choice").options, "By post\nBy mail")

    def test_value_beforehand_must_be_of_the_type(self):
        for kind, bad in (("number", "many"), ("date", "tomorrow"), ("checkbox", "yes")):
            self._refused(f"A {kind}", self._box(kind, default=bad))
        self._refused("one of its answers", self._box("choice", options=["a", "b"], default="c"))
        draft = self._make(self._box("number", default=12.5), send=False)
        field = self._of(draft, "number")
        self.assertEqual(field.default, "12.5")
        with self.assertRaisesRegex(UserError, "number"):
            field.with_user(self.rep).sudo(False).default = "twelve"

    # --- fit ---------------------------------------------------------------------------------------------------------

    def test_value_that_does_not_fit_is_refused_with_the_limit(self):
        box = self._box("text", filled_by="sender", width=0.1, height=0.02, value="word " * 20)
        self._refused(r"A text.*page 1.*at most 2\d characters fit", box)

    def test_value_with_letters_that_no_font_has_is_refused(self):
        self._refused("cannot be printed: 王", self._box("text", default="王"))

    def test_box_too_small_for_anything_is_refused_by_name(self):
        self._refused("A date.*too small", self._box("date", width=0.01, height=0.005))
        self._refused("A initials.*too small", self._box("initials", width=0.003, height=0.002))

    # --- every type --------------------------------------------------------------------------------------------------

    def test_each_type_makes_a_field(self):
        extras = {
            "choice": {"options": ["a", "b"]},
            "crm_value": {"value": "name"},
        }
        boxes = [
            self._box(kind, number, **extras.get(kind, {}))
            for number, (kind, _label) in enumerate(TYPES, 1)
        ]
        request = self._make(*boxes)
        self.assertEqual(set(request.field_ids.mapped("type")), {kind for kind, _label in TYPES})

    def test_duplicate_keeps_who_fills_with_what(self):
        request = self._make(
            self._box("choice", options=["a", "b"], default="a"),
            self._box("crm_value", 2, value="name"),
            self._box("text", 3, filled_by="sender", value="x"),
        )
        draft = request.with_user(self.rep)._as_new_draft()
        keys = ("type", "filled_by", "default", "options", "crm_value_id")
        self.assertEqual(
            [[field[key] for key in keys] for field in draft.field_ids],
            [[field[key] for key in keys] for field in request.field_ids],
        )
        self.assertFalse(any(draft.field_ids.sudo().mapped("value")))

    def test_code_is_bound_to_values_of_sender_and_system(self):
        request = self._make(self._box("text", filled_by="sender", value="100"))
        director = request.signer_ids.filtered(lambda signer: signer.side == "own")
        before = director._content_hash()
        self._of(request, "text")._set_value_sudo("1000")
        self.assertNotEqual(director._content_hash(), before)

    def test_values_stand_on_the_sealed_pdf(self):
        self.env["esign.crm.value"].search([("path", "=", "name")])
        request = self._make(
            self._box("text", filled_by="sender", value="Żółw Щука Ωμέγα"),
            self._box("crm_value", 2, value="name"),
            self._box("requisites", 3, height=0.08),
            self._box("document_number", 5),
        )
        for signer in request.signer_ids.sorted("sequence"):
            signer._move("confirmed")
            signer._store_signature({}, {"method": "typed", "name": signer.name}, "digest")
            self.env["esign.event"]._append(request, "code_confirmed", signer._who())
            self.env["esign.event"]._append(request, "signed", signer._who() | {"method": "typed"})
            request._advance()
        request._seal()
        page = pypdf.PdfReader(io.BytesIO(request._sealed_bytes())).pages[0]
        words = page.extract_text()
        for expected in ("Żółw Щука Ωμέγα", "Works at the mill", "Claude Client", request.name):
            self.assertIn(expected, words)
