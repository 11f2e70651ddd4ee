"""Verification codes as people type them."""

from odoo.tests import BaseCase

from ..tools.verification_code import normalise

CODE = "K7QJ2M4X9TBDZW3RPL6AUY5C2Q".replace("9", "6")


class TestToolsVerificationCode(BaseCase):
    """What is meant by what is typed."""

    def test_code_is_taken_however_it_is_typed(self):
        groups = "-".join(CODE[start : start + 4] for start in range(0, len(CODE), 4))
        address = f"https://sign.example.com/esign/verify/{CODE}"
        for typed in (CODE, CODE.lower(), f"  {CODE}\n", groups, groups.replace("-", "  "), groups.replace("-", "–"),
                      address, f"{address}?lang=fr", f"{address.lower()}/"):  # fmt: skip
            self.assertEqual(normalise(typed), CODE, typed)

    def test_digits_that_no_code_has_are_read_as_their_letters(self):
        code = "OIB" + CODE[3:]
        self.assertEqual(normalise("018" + code[3:]), code)

    def test_what_can_be_no_code_is_none(self):
        for typed in ("", CODE[:-1], CODE + "A", CODE[:-1] + "9", CODE[:-1] + "Ж", CODE + "' OR 1=1 --", "\0" * 26,
                      "%" * 26, "_" * 26, CODE * 1000, "https://sign.example.com/esign/verify/"):  # fmt: skip
            self.assertIsNone(normalise(typed), typed)
