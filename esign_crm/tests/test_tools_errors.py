"""The error family of the pure tools."""

import pickle

from odoo.tests import BaseCase

from ..tools import errors


class TestErrors(BaseCase):
    """Sentences, and the way out of the jail and back."""

    def test_error_prints_its_sentence(self):
        error = errors.IntakeError("covered_box", page=3)
        self.assertEqual(str(error), "An annotation on page 3 would hide the field placed there.")

    def test_missing_parameter_still_prints(self):
        self.assertEqual(
            str(errors.TextError("too_long")), "This text is longer than ... characters."
        )

    def test_unknown_code_prints_the_code(self):
        self.assertIn("odd", str(errors.SealError("odd")))

    def test_every_sentence_prints_without_parameters(self):
        for kind in errors.EsignError.__subclasses__():
            for code in kind.sentences:
                self.assertTrue(str(kind(code)))

    def test_packed_error_comes_back_as_its_class(self):
        error = errors.GatewayError("refused", words="no credit", is_permanent=True)
        for back in (errors.unpack(error.pack()), pickle.loads(pickle.dumps(error))):
            self.assertIsInstance(back, errors.GatewayError)
            self.assertEqual((back.code, back.words), ("refused", "no credit"))
            self.assertTrue(back.is_permanent)
            self.assertFalse(back.is_outcome_unknown)

    def test_foreign_class_comes_back_as_the_base(self):
        back = errors.unpack({"class": "SystemExit", "code": "x", "params": {}})
        self.assertIs(type(back), errors.EsignError)
