"""Which language a stranger is answered in."""

from datetime import date

from odoo.tests import BaseCase

from ..tools import languages
from ..tools.pdf import fonts


class TestToolsLanguages(BaseCase):
    """From an explicit choice and a browser's list to one of six."""

    def test_choice_goes_before_the_browsers_list(self):
        self.assertEqual(languages.choose("pl", ["de-AT", "fr"]), "pl_PL")
        self.assertEqual(languages.choose("fr_FR", []), "fr_FR")

    def test_dearest_known_language_is_taken_whatever_the_country(self):
        self.assertEqual(languages.choose(None, ["uk", "de-AT", "fr"]), "de_DE")
        self.assertEqual(languages.choose(None, ["FR-ca"]), "fr_FR")
        self.assertEqual(languages.choose(None, ["en-GB", "fr"]), "en_US")

    def test_nothing_known_is_english(self):
        for asked, accepted in ((None, []), ("xx", ["zz"]), ("../etc", ["*"]), ("", ["ja"])):
            self.assertEqual(languages.choose(asked, accepted), "en_US")

    def test_unknown_choice_gives_way_to_the_browsers_list(self):
        self.assertEqual(languages.choose("xx", ["it"]), "it_IT")

    def test_language_that_is_switched_off_is_never_chosen(self):
        self.assertEqual(languages.choose("pl", ["ru"], ["en_US", "ru_RU"]), "ru_RU")

    def test_tag_of_a_page_is_one_that_browsers_know(self):
        self.assertEqual(languages.html_tag("ru_RU"), "ru-RU")
        self.assertEqual(languages.html_tag("sr@latin"), "sr")
        self.assertEqual(languages.short("de_DE"), "de")

    def test_country_is_called_as_its_readers_call_it(self):
        self.assertEqual(languages.country_name("DE", "pl_PL"), "Niemcy")
        self.assertEqual(languages.country_name("pl", "ru_RU"), "Польша")
        self.assertIsNone(languages.country_name("", "fr_FR"))

    def test_day_is_written_as_its_readers_write_it_and_never_mistaken(self):
        for lang, words in (
            ("en_US", "Dec 5, 2031"), ("en_GB", "5 Dec 2031"), ("de_DE", "05.12.2031"), ("fr_FR", "5 déc. 2031"),
            ("it_IT", "5 dic 2031"), ("pl_PL", "5 gru 2031"), ("ru_RU", "5 дек. 2031 г."),  # noqa: RUF001
            ("zh_CN", "Dec 5, 2031"), ("sr@latin", "Dec 5, 2031"),
        ):  # fmt: skip
            said = languages.day_words(date(2031, 12, 5), lang)
            self.assertEqual(said.replace("\xa0", " ").replace("\u202f", " "), words)
            self.assertEqual(fonts.missing_characters(said), "")
