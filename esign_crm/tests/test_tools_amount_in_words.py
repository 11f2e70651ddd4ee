"""Amounts in words in six languages."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools.amount_in_words import amount_in_words
from ..tools.currency_names import NAMES
from ..tools.languages import LANGUAGES, short


@tagged("post_install", "-at_install")
class TestAmountInWords(BaseCase):
    """Grammar of numbers with currencies; parts are always written in figures."""

    def _assert_words(self, amount, currency, language, words, places=2):
        self.assertEqual(amount_in_words(Decimal(amount), currency, language, places), words)

    def test_each_language_joins_units_and_parts(self):
        for language, words in (
            ("en_US", "One thousand, two hundred and one euros and 05 cents"),
            ("de_DE", "Eintausendzweihundertein Euro und 05 Cent"),
            ("fr_FR", "Mille deux cent un euros et 05 centimes"),
            ("it_IT", "Milleduecentouno euro e 05 centesimi"),
            ("pl_PL", "Tysiąc dwieście jeden euro i 05 centów"),
            ("ru_RU", "Одна тысяча двести один евро 05 центов"),
        ):
            self._assert_words("1201.05", "EUR", language, words)

    def test_one_is_said_as_one(self):
        self._assert_words("1.01", "EUR", "de_DE", "Ein Euro und 01 Cent")
        self._assert_words("1.01", "EUR", "fr_FR", "Un euro et 01 centime")
        self._assert_words("1.01", "GBP", "it_IT", "Una sterlina e 01 penny")
        self._assert_words("21.02", "GBP", "fr_FR", "Vingt et une livres sterling et 02 pence")
        self._assert_words("1.01", "PLN", "pl_PL", "Jeden złoty i 01 grosz")
        self._assert_words("1.01", "RUB", "ru_RU", "Один рубль 01 копейка")

    def test_slavic_forms_follow_the_last_figures(self):
        for amount, polish, russian in (
            ("2", "Dwa złote i 00 groszy", "Два рубля 00 копеек"),
            ("5.02", "Pięć złotych i 02 grosze", "Пять рублей 02 копейки"),
            ("12.11", "Dwanaście złotych i 11 groszy", "Двенадцать рублей 11 копеек"),
            ("21.21", "Dwadzieścia jeden złotych i 21 groszy", "Двадцать один рубль 21 копейка"),
            ("24", "Dwadzieścia cztery złote i 00 groszy", "Двадцать четыре рубля 00 копеек"),
        ):
            self._assert_words(amount, "PLN", "pl_PL", polish)
            self._assert_words(amount, "RUB", "ru_RU", russian)

    def test_full_millions_take_their_preposition(self):
        self._assert_words("1000000", "EUR", "fr_FR", "Un million d'euros et 00 centime")
        self._assert_words(
            "2000000", "GBP", "fr_FR", "Deux millions de livres sterling et 00 penny"
        )
        self._assert_words("2000000", "EUR", "it_IT", "Due milioni di euro e 00 centesimi")
        self._assert_words("1000000", "EUR", "de_DE", "Eine Million Euro und 00 Cent")

    def test_halves_are_rounded_up_as_in_accounting(self):
        self._assert_words("2.675", "EUR", "en_US", "Two euros and 68 cents")
        self._assert_words("1.995", "EUR", "en_US", "Two euros and 00 cents")

    def test_currency_without_a_name_stands_as_its_code(self):
        self._assert_words("12.50", "XAF", "en_US", "Twelve 50/100 XAF")
        self._assert_words("12.500", "TND", "en_US", "Twelve 500/1000 TND", places=3)
        self._assert_words("12", "JPY", "en_US", "Twelve JPY", places=0)

    def test_unknown_language_is_written_in_english(self):
        self._assert_words("2", "EUR", "pt_BR", "Two euros and 00 cents")

    def test_every_language_names_the_same_currencies(self):
        self.assertEqual(set(NAMES), {short(code) for code in LANGUAGES})
        for code, names in NAMES.items():
            self.assertEqual(set(names), set(NAMES["en"]), code)
            lengths = {len(forms) for both in names.values() for forms in both}
            self.assertEqual(lengths, {3 if code in ("pl", "ru") else 2}, code)
