"""What stands on the printed act, and what printing it reaches."""

import re
import socket
import threading
from contextlib import contextmanager
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.errors import PaperError
from ..tools.languages import NAMES
from ..tools.pdf import paper
from .act_common import EsignActCommon

PRINT = "odoo.addons.esign_crm.tools.pdf.paper.print_in_jail"
HOSTILE = (
    '<img src="http://127.0.0.1:{port}/x">',
    "<style>@import 'http://127.0.0.1:{port}/s.css';</style>",
    '<link rel="stylesheet" href="http://127.0.0.1:{port}/l.css">',
    '<object data="file:///etc/passwd"></object>',
    "{{7*7}}",
    '<t t-out="7*7"/>',
    "</p><script>1</script>&amp;&#60;",
)


@contextmanager
def probe():
    """Yield (port, list): the list gets an entry for each connection to a server of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        visits, is_over = [], threading.Event()

        def listen():
            while not is_over.is_set():
                try:
                    connection, _address = server.accept()
                except TimeoutError:
                    continue
                visits.append(connection.recv(1000))
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield server.getsockname()[1], visits
        finally:
            is_over.set()
            listener.join()


@tagged("post_install", "-at_install")
class TestEsignActPaper(EsignActCommon):
    """Printed in the jail by WeasyPrint."""

    def _printed(self, act):
        act.action_preview()
        return self.text(act._pdf_bytes())

    @staticmethod
    def _squeezed(text):
        return re.sub(r"\s", "", text)

    def _assert_holds(self, text, *pieces):
        for piece in pieces:
            self.assertIn(self._squeezed(piece), self._squeezed(text))

    # --- content ---------------------------------------------------------------------------------------------------

    def test_every_language_prints_everything(self):
        self.company.currency_id = self.env.ref("base.EUR")
        self.company.partner_id.write({"vat": "FR23334175221", "street": "Rue d'Été 5"})
        for lang, words in (
            ("en_US", "Two thousand, four hundred and sixty-nine euros and 30 cents"),
            ("de_DE", "Zweitausendvierhundertneunundsechzig Euro und 30 Cent"),
            ("fr_FR", "Deux mille quatre cent soixante-neuf euros et 30 centimes"),
            ("it_IT", "Duemilaquattrocentosessantanove euro e 30 centesimi"),
            ("pl_PL", "Dwa tysiące czterysta sześćdziesiąt dziewięć euro i 30 centów"),
            ("ru_RU", "Две тысячи четыреста шестьдесят девять евро 30 центов"),
        ):
            name = f"Żółć Société Хлебозавод {lang}"
            client = self.env["res.partner"].create(
                {
                    "name": name,
                    "is_company": True,
                    "city": "Łódź",
                    "company_registry": "HRB 77",
                    "lang": lang,
                }
            )
            act = self.make_act(
                [("Монтаж печи – Öfen", 2, 1000, 20), ("Été à Łódź", 1.5, 38.5, 20)],
                partner_id=client.id, date="2031-05-12",
            )  # fmt: skip
            self.assertEqual(act.lang, lang)
            text = self._printed(act)
            self._assert_holds(
                text, act.number, self.company.partner_id.name, "FR23334175221", "Rue d'Été 5", name, "Łódź", "HRB 77",
                "Монтаж печи – Öfen", "Été à Łódź",
            )  # fmt: skip
            self._assert_holds(text, words)
            self.assertRegex(self._squeezed(text), r"2[.,\u202f\xa0]?469[.,]30")
            self.assertEqual(act.amount_total, 2469.30)
            self.assertEqual(act.amount_words, words)
            self.assertRegex(text, {"en_US": "05/12/2031"}.get(lang, r"12[./]05[./]2031"))
        self.assertEqual(len(NAMES), 6)

    def test_number_date_version_and_period_are_whole_phrases(self):
        act = self.make_act(date="2031-05-12", lang="de_DE", period_to="2031-04-30")
        text = self._printed(act)
        self.assertIn(f"Nr. {act.number} vom 12.05.2031", text)
        self.assertIn("Leistungszeitraum: bis 30.04.2031", text)
        self.assertIn(f"Abnahmeprotokoll Nr. {act.number} 1 / 1", text, "at the foot")
        act.write({"period_from": "2031-04-01", "lang": "en_US"})
        corrected = act._new_version()
        text = self._printed(corrected)
        self.assertIn(f"No. {act.number} of 05/12/2031, version 2", text)
        self.assertIn("Works done: 04/01/2031 – 04/30/2031", text)

    def test_act_without_tax_says_so_and_one_with_it_names_both_totals(self):
        text = self._printed(self.make_act([("Works", 1, 12345, 0)], lang="pl_PL"))
        self.assertIn("Bez podatku VAT", text)
        self.assertNotIn("brutto", text)
        text = self._printed(self.make_act([("Works", 1, 12345, 20)], lang="fr_FR"))
        self.assertIn("Total HT", text)
        self.assertIn("TVA 20 % sur", text)
        self.assertIn("Total TTC", text)

    def test_forty_lines_and_long_names_break_well(self):
        long_name = "Bardzo długa nazwa " * 12 + "bez" * 60
        self.partner.write({"name": long_name, "lang": "en_US"})
        act = self.make_act(
            [(f"Line {number}: {'x' * number}", 1, 10, 0) for number in range(1, 41)]
        )
        text = self._printed(act)
        self._assert_holds(
            text, long_name, *(f"Line {number}: {'x' * number}" for number in range(1, 41))
        )
        self.assertGreater(act.page_count, 1)
        self.assertGreaterEqual(text.count("Quantity"), act.page_count - 1, "the head is repeated")
        last = PdfReader(BytesIO(act._pdf_bytes())).pages[-1].extract_text()
        self._assert_holds(last, "40 Line 40", act.amount_words, long_name)
        self.assertEqual({each["page"] for each in act.sudo().places.values()}, {act.page_count})

    def test_signatures_never_stand_alone_on_a_page(self):
        for lines in (18, 20, 22):
            act = self.make_act([("Works", 1, 10, 0)] * lines, notes="Thanks.\n" * 8)
            act.action_preview()
            page = act.sudo().places["client"]["page"]
            last = PdfReader(BytesIO(act._pdf_bytes())).pages[page - 1].extract_text()
            self.assertIn("Thanks.", last)

    def test_figures_are_never_broken_or_printed_over_each_other(self):
        act = self.make_act([("Works", 12345.125, 9876543.21, 20)])
        widths = act._column_widths()
        self.assertGreater(widths["amount"], 30)
        self._assert_holds(self._printed(act), act._format_number(act.line_ids.amount, 2))

    def test_places_of_signatures_are_known(self):
        act = self.make_act()
        act.action_preview()
        places = act.sudo().places
        self.assertEqual(set(places), {"own", "client"})
        self.assertEqual({place["page"] for place in places.values()}, {1})
        self.assertLess(places["own"]["x"] + places["own"]["width"], places["client"]["x"])

    # --- hostile texts ---------------------------------------------------------------------------------------------

    def test_hostile_texts_are_printed_literally_and_reach_nobody(self):
        with probe() as (port, visits):
            texts = [text.format(port=port) if "port" in text else text for text in HOSTILE]
            hostile = " ".join(texts)
            self.partner.write({"name": hostile, "street": hostile})
            act = self.make_act([(hostile, 1, 10, 0)], notes=hostile, basis=hostile)
            act.line_ids.unit = hostile
            printed = self._squeezed(self._printed(act))
        for text in texts:
            # line, unit, notes, basis, street, and the name twice
            self.assertEqual(printed.count(self._squeezed(text)), 7, text)
        self.assertEqual(visits, [])

    def test_template_that_reaches_out_reaches_nobody(self):
        with probe() as (port, visits):
            html = (
                f"<style>@import 'http://127.0.0.1:{port}/s.css'; @font-face {{ font-family: x; src: "
                f"url('http://127.0.0.1:{port}/f.ttf') }} p {{ background: url('http://127.0.0.1:{port}/b.png') }}"
                f"</style><link rel=stylesheet href='http://127.0.0.1:{port}/l.css'>"
                f"<p style='font-family:x'>Text<img src='http://127.0.0.1:{port}/i.png'>"
                "<img src='file:///etc/passwd'><object data='file:///etc/passwd'></object>"
                "<a rel=attachment href='file:///etc/passwd'>link</a>"
            )
            printed = paper.print_in_jail(html)
        self.assertEqual(visits, [])
        self.assertNotIn(b"root:", printed.pdf)
        self.assertNotIn(b"EmbeddedFile", printed.pdf)

    def test_character_without_a_glyph_is_named(self):
        act = self.make_act([("ok 漢字 שלום", 1, 10, 0)])
        with self.assertRaisesRegex(UserError, "漢字"):
            act.action_preview()

    def test_invisible_characters_cannot_turn_the_order(self):
        act = self.make_act([("100\u202e001", 1, 10, 0)])
        self.assertIn("100001", self._printed(act))

    # --- what is missing or goes wrong -----------------------------------------------------------------------------

    def test_server_without_the_printer_says_so(self):
        act = self.make_act()
        with (
            patch(PRINT, side_effect=PaperError("no_printer")),
            self.assertRaisesRegex(UserError, "WeasyPrint"),
        ):
            act.action_preview()

    # --- again ---------------------------------------------------------------------------------------------------

    def test_sent_act_is_not_printed_again(self):
        act = self.make_act()
        act.action_preview()
        act._new_version()  # which locks it
        with patch(PRINT, side_effect=AssertionError("printed again")):
            act.action_print_again()
        self.assertEqual(act.print_state, "ready")

    def test_changed_act_is_printed_anew_and_an_unchanged_one_is_not(self):
        act = self.make_act()
        act.action_preview()
        with patch(PRINT, side_effect=AssertionError("printed again")):
            act.action_preview()
        act.line_ids = [Command.create({"name": "One more", "price": 1})]
        self.assertIn("One more", self._printed(act))

    # --- who reads it ----------------------------------------------------------------------------------------------

    def test_stranger_reads_no_paper(self):
        act = self.make_act()
        act.action_preview()
        colleague = self.rep.copy({"login": "colleague", "email": "colleague@vendor.example.com"})
        with self.assertRaises(AccessError):
            act.with_user(colleague)._pdf_bytes()
        with self.assertRaises(AccessError):
            act.with_user(colleague).action_preview()
        with self.assertRaises(AccessError):
            act.read(["pdf"])
