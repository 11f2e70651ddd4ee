"""JSON of strangers, made fit for UTF-8 and the database."""

import json
import math

from odoo.tests import BaseCase

from ..tools.content_hash import canonical
from ..tools.json_values import plain


class TestToolsJsonValues(BaseCase):
    """Whatever Python's reader lets through can be written again afterwards."""

    def test_what_is_no_character_becomes_the_replacement_character(self):
        self.assertEqual(plain("a\ud800b\x00c"), "a\ufffdb\ufffdc")
        self.assertEqual(plain("Ødegård 张 🖋"), "Ødegård 张 🖋")

    def test_what_is_no_number_becomes_null(self):
        for value in (math.nan, math.inf, -math.inf):
            self.assertIsNone(plain(value))
        self.assertEqual([plain(each) for each in (0, 1.5, True, None)], [0, 1.5, True, None])

    def test_nested_values_and_keys(self):
        read = json.loads('{"\\ud800": [NaN, {"x": "\\u0000", "y": Infinity}]}')
        self.assertEqual(plain(read), {"\ufffd": [None, {"x": "\ufffd", "y": None}]})
        canonical(plain(read))
