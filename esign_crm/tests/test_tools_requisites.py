"""Tax and registration numbers of parties."""

from odoo.tests import BaseCase

from ..tools import requisites
from ..tools.errors import RequisiteError

RIGHT = {
    ("vat", "FR"): ("FR 40 303 265 045", "FR40303265045"),
    ("vat", "DE"): ("DE 136 695 976", "DE136695976"),
    ("vat", "GR"): ("094259216", "EL094259216"),
    ("vat", "CH"): ("CHE-107.787.577 IVA", "CHE107787577IVA"),
    ("vat", "RU"): ("7707083893", "7707083893"),
    ("inn", "RU"): ("7707 083 893", "7707083893"),
    ("kpp", "RU"): ("7707 01 001", "770701001"),
    ("ogrn", "RU"): ("1027700132195", "1027700132195"),
    ("unp", "BY"): ("200988541", "200988541"),
    ("nip", "PL"): ("PL 856-734-62-15", "8567346215"),
    ("regon", "PL"): ("192598184", "192598184"),
    ("piva", "IT"): ("IT 00743110157", "00743110157"),
    ("codice_fiscale", "IT"): ("rcc mnl 83s18 d969h", "RCCMNL83S18D969H"),
    ("siren", "FR"): ("552 008 443", "552008443"),
    ("siret", "FR"): ("732 829 320 00074", "73282932000074"),
    ("steuernummer", "DE"): ("181/815/0815 5", "18181508155"),
}
WRONG = {
    ("vat", "FR"): "FR 40 303 265 046",
    ("inn", "RU"): "7707083894",
    ("kpp", "RU"): "7707",
    ("ogrn", "RU"): "1027700132196",
    ("unp", "BY"): "200988542",
    ("nip", "PL"): "8567346216",
    ("regon", "PL"): "192598183",
    ("piva", "IT"): "00743110158",
    ("codice_fiscale", "IT"): "RCCMNL83S18D969X",
    ("siren", "FR"): "552008444",
    ("siret", "FR"): "73282932000079",
    ("steuernummer", "DE"): "18/1",
}


class TestRequisites(BaseCase):
    """A right number is stored in one form; a mistyped one is named."""

    def test_right_numbers_are_cleaned(self):
        for (kind, country), (typed, stored) in RIGHT.items():
            self.assertEqual(requisites.normalise(kind, typed, country), stored, kind)
            self.assertEqual(requisites.normalise(kind, stored, country), stored, kind)

    def test_wrong_numbers_are_refused_with_their_kind(self):
        for (kind, country), typed in WRONG.items():
            with self.assertRaises(RequisiteError) as caught:
                requisites.normalise(kind, typed, country)
            self.assertEqual(caught.exception.params["kind"], kind)
            self.assertIn(caught.exception.code, ("wrong_form", "wrong_digits"))

    def test_every_kind_is_covered_here(self):
        self.assertEqual({kind for kind, _country in RIGHT}, set(requisites.KINDS))

    def test_individual_entrepreneurs_number_has_fifteen_digits(self):
        self.assertEqual(requisites.normalise("ogrn", "304500116000157"), "304500116000157")
        with self.assertRaises(RequisiteError):
            requisites.normalise("ogrn", "304500116000158")

    def test_nothing_is_no_number(self):
        self.assertEqual(requisites.normalise("inn", "  "), "")

    def test_country_without_rules_keeps_what_was_typed(self):
        self.assertEqual(requisites.normalise("vat", "KZ 12-3", "KZ"), "KZ123")

    def test_foreign_vat_number_goes_by_its_own_letters(self):
        self.assertEqual(requisites.normalise("vat", "FR40303265045", "DE"), "FR40303265045")

    def test_each_country_has_its_kinds(self):
        self.assertEqual(requisites.kinds_of("RU"), ("vat", "inn", "kpp", "ogrn"))
        self.assertEqual(requisites.kinds_of("GB"), ("vat",))
        self.assertEqual(requisites.kinds_of(""), requisites.KINDS)

    def test_no_kind_is_part_of_another_s_name(self):
        # the form asks whether the kind stands in the words of those that the country has
        for kind in requisites.KINDS:
            self.assertEqual([other for other in requisites.KINDS if kind in other], [kind])

    def test_tax_number_is_called_by_the_name_of_its_own_country(self):
        for number, country, kind in (
            ("FR 40 303 265 045", "DE", "vat"),
            ("IT 00743110157", "FR", "piva"),
            ("00743110157", "IT", "piva"),
            ("PL8567346215", "PL", "nip"),
            ("7707083893", "RU", "inn"),
            ("200988541", "BY", "unp"),
            ("EL094259216", "FR", "vat"),
            ("094259216", "GR", "vat"),
            ("27AAPFU0939F1ZV", "IN", ""),
            ("mistyped", "IT", "piva"),
            ("anything", "", ""),
        ):
            self.assertEqual(requisites.called(number, country), kind, number)

    def test_contacts_tax_number_becomes_the_countrys_own(self):
        self.assertEqual(requisites.from_tax_number("7707083893", "RU"), {"inn": "7707083893"})
        self.assertEqual(
            requisites.from_tax_number("FR40303265045", "FR"), {"vat": "FR40303265045"}
        )
        self.assertEqual(requisites.from_tax_number("nonsense", "FR"), {})
        self.assertEqual(requisites.from_tax_number("", "FR"), {})
