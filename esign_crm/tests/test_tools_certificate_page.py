"""The certificate pages: everything is on them, in the right place, and nothing is markup."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import qrcode
from pypdf import PdfReader
from qrcode.constants import ERROR_CORRECT_M

from odoo.tests import BaseCase

from ..tools.errors import TextError
from ..tools.pdf.certificate_page import (
    PANEL_PADDING,
    PANEL_WIDTH,
    QR_MASK,
    QR_QUIET,
    QR_SIDE,
    Block,
    CertificatePage,
    Row,
    draw,
)
from ..tools.pdf.flow import BOTTOM, CONTENT_WIDTH, RIGHT
from ..tools.pdf.typesetting import Style, wrap

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
URL = "https://sign.example.com/esign/verify/K7QJ2M4X9TBDZW3RPL6AUY5C2Q"
PARTY = Block(
    "Client",
    (
        Row("Name", "Jürgen Großmann"),
        Row("Acting on the basis of", "Articles of association"),
        Row("Reached at", "+49 *** *** **42 (SMS)"),
    ),
)
PAGE = CertificatePage(
    title="Certificate of authenticity of the signatures",
    company="Northwind Traders Ltd",
    lead=(
        Row("Document", "Act of completed works No. 118 (ES00012)"),
        Row("Signed by", "Anna Kowalska, 20.11.2026 09:45:57 CET"),
        Row("Pages", "3"),
    ),
    parties=(PARTY,),
    technical=Block("Technical facts", (Row("SHA-256 of the file as signed", HASH),)),
    audit=(Row("20.11.2026 09:00:31 CET", "Sent"),),
    audit_heading="Audit trail",
    check_heading="How to check",
    check_text="Scan the code.",
    qr_url=URL,
    legal_line="Simple electronic signatures.",
    footer="ES00012 · page %(page)s of %(pages)s",
)
A4_HEIGHT = 841.89


def read(page):
    """Return the drawn pages as pypdf sees them."""
    return PdfReader(BytesIO(draw(page))).pages


def text_of(page):
    """Return all the text on the drawn pages, with its blanks as single ones."""
    return " ".join(" ".join(each.extract_text() for each in read(page)).split())


def heights(pdf_page):
    """Return the baseline of each piece of text on a page, in points from the bottom."""
    found = {}

    def visit(text, _matrix, text_matrix, _font, _size):
        if text.strip():
            found[text.strip()] = text_matrix[5]

    pdf_page.extract_text(visitor_text=visit)
    return found


def read_modules(pdf, count):
    """Return the modules of the code on page 1 as a scanner sees them: dark is true."""
    scale = 4
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=scale, grayscale=True).to_pil().point(lambda tone: tone < 128)
    document.close()
    left = round((RIGHT - PANEL_WIDTH + PANEL_PADDING + QR_QUIET) * scale)
    side = round(QR_SIDE * scale)
    strip = image.crop((left, 0, left + side, image.height // 3))
    step = side / count
    finder = [int((across + 0.5) * step) for across in range(7)]  # its upper edge is all dark
    dark_rows = (y for y in range(strip.height) if all(strip.getpixel((x, y)) for x in finder))
    top = next(dark_rows) - 1
    return [
        [
            bool(strip.getpixel((int((across + 0.5) * step), int(top + (down + 0.5) * step))))
            for across in range(count)
        ]
        for down in range(count)
    ]


class TestCertificatePage(BaseCase):
    """What a reader finds."""

    def test_streams_are_not_made_larger_by_writing_them_as_text(self):
        self.assertNotIn(b"ASCII85Decode", draw(PAGE))

    def test_everything_passed_in_is_on_the_page(self):
        text = text_of(PAGE)
        rows = [*PAGE.lead, *PARTY.rows, *PAGE.technical.rows, *PAGE.audit]
        for words in (
            *(part for row in rows for part in (row.label, row.value)),
            *(PAGE.title, PAGE.company, PARTY.heading, PAGE.technical.heading),
            *(PAGE.audit_heading, PAGE.check_heading, PAGE.check_text, PAGE.legal_line),
            "ES00012 · page 1 of 1",
        ):
            self.assertIn(words, text)
        self.assertIn(URL, text.replace(" ", ""))

    def test_page_is_upright_a4(self):
        (page,) = read(PAGE)
        self.assertEqual([round(float(edge)) for edge in page.mediabox], [0, 0, 595, 842])
        self.assertEqual(page.rotation, 0)

    def test_first_third_says_what_who_when_and_how_to_check(self):
        found = heights(read(PAGE)[0])
        lowest = A4_HEIGHT * 2 / 3
        first = (*PAGE.lead, Row(PAGE.check_heading, PAGE.check_text))
        for row in first:
            for words in (row.label, row.value.split(" (")[0]):
                at = max(height for text, height in found.items() if words.startswith(text[:9]))
                self.assertGreater(at, lowest, words)

    def test_code_is_20_mm_wide_and_says_the_address(self):
        self.assertGreaterEqual(QR_SIDE / 72 * 25.4, 20)
        wanted = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=QR_MASK)
        wanted.add_data(URL)
        modules = wanted.get_matrix()
        self.assertEqual(read_modules(draw(PAGE), len(modules)), modules)

    def test_equal_input_gives_equal_bytes(self):
        self.assertEqual(draw(PAGE), draw(replace(PAGE)))

    def test_all_fonts_are_embedded(self):
        for page in read(PAGE):
            for font in page["/Resources"]["/Font"].values():
                descriptor = font.get_object()["/FontDescriptor"]
                self.assertIn("/FontFile2", descriptor)

    def test_values_are_never_markup(self):
        hostile = "<b>bold</b> <img src='http://127.0.0.1:9/x.png'/> &amp; <para> %(page)s {page}"
        page = replace(PAGE, lead=(Row("Document", hostile),), legal_line=hostile)
        self.assertEqual(text_of(page).count(hostile), 2)

    def test_footer_without_placeholders_gets_numbers_beside_it(self):
        text = text_of(replace(PAGE, footer="ES00012", audit=PAGE.audit * 90))
        self.assertIn("1 / 2", text)
        self.assertIn("2 / 2", text)

    def test_empty_parts_are_left_out(self):
        empty = Block("Technical facts", ())
        text = text_of(replace(PAGE, technical=empty, audit=(), parties=()))
        self.assertNotIn("Technical facts", text)
        self.assertNotIn("Audit trail", text)


class TestLanguages(BaseCase):
    """Letters of all our languages, and those that we do not have."""

    def test_letters_of_all_languages_are_drawn(self):
        for words in (
            "Zażółć gęślą jaźń",
            "Съешь же ещё этих мягких французских булок, № 5",
            "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
            "Größe, façade, perché, Čapek, ₽ € «»“”…",
        ):
            self.assertIn(words, text_of(replace(PAGE, legal_line=words)))

    def test_composed_and_decomposed_letters_are_the_same(self):
        self.assertIn("Kowalská", text_of(replace(PAGE, company="Kowalska\u0301")))

    def test_missing_letter_is_an_error_that_names_it(self):
        for where in ({"title": "漢字"}, {"parties": (Block("漢", PARTY.rows),)}):
            with self.assertRaises(TextError) as caught:
                draw(replace(PAGE, **where))
            self.assertEqual(caught.exception.code, "missing_glyph")
            self.assertIn("漢", caught.exception.params["characters"])

    def test_direction_and_control_characters_do_not_hide_anything(self):
        page = replace(PAGE, legal_line="Total \u202e100\u202c \u200b\x07EUR")
        self.assertIn("Total 100 EUR", text_of(page))


class TestFlow(BaseCase):
    """Long texts."""

    def test_lines_stay_within_their_width(self):
        style = Style(8.2, 10.6)
        for text in (HASH * 5, "Константинопольский " * 20, "a " * 500, URL * 3, "W" * 400):
            lines = wrap(text, style, 150)
            self.assertLessEqual(max(line.width for line in lines), 150)
            drawn = "".join(part for line in lines for _font, part in line.runs)
            self.assertEqual(drawn.replace(" ", ""), text.replace(" ", ""))

    def test_long_words_are_cut_behind_a_separator(self):
        lines = wrap(URL, Style(8.2, 10.6), 180)
        self.assertEqual("".join(lines[0].runs[0][1])[-1], "/")

    def test_line_breaks_are_kept(self):
        lines = wrap("Anna Kowalska\nJürgen Großmann", Style(8, 10), CONTENT_WIDTH)
        self.assertEqual(len(lines), 2)

    def test_endless_text_is_an_error(self):
        with self.assertRaises(TextError) as caught:
            draw(replace(PAGE, legal_line="long " * 9000))
        self.assertEqual(caught.exception.code, "too_long")

    def test_many_rows_flow_over_pages_which_are_all_numbered(self):
        audit = tuple(Row(f"20.11.2026 {n:03}", f"Event {n:03}, {HASH}") for n in range(300))
        pages = read(replace(PAGE, audit=audit))
        self.assertGreater(len(pages), 3)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"page {number} of {len(pages)}", page.extract_text())
            lowest = min(at for text, at in heights(page).items() if "page" not in text)
            self.assertGreaterEqual(lowest, BOTTOM - 12)
        text = " ".join(page.extract_text() for page in pages)
        self.assertTrue(all(row.label in text for row in audit))

    def test_heading_never_stands_alone_at_the_foot(self):
        for count in range(30, 60, 2):
            audit = tuple(Row(f"Moment {n}", "Event") for n in range(count))
            page = replace(PAGE, parties=(Block("P", audit),))
            for drawn in read(page):
                lines = drawn.extract_text().splitlines()
                last = [line for line in lines if line.strip() and "page" not in line][-1]
                self.assertNotIn(last.strip(), {"Technical facts", "Audit trail"})

    def test_value_longer_than_a_page_goes_on_overleaf(self):
        endless = " ".join(f"word{n:04}" for n in range(1900))
        page = replace(PAGE, parties=(Block("Client", (Row("Authority", endless),)),))
        text = text_of(page)
        self.assertTrue(all(f"word{n:04}" in text for n in range(0, 1900, 50)))

    def test_long_lead_pushes_the_rest_down_without_overlap(self):
        lead = tuple(Row(f"Label {n}", "Long value " * 12) for n in range(6))
        found = heights(read(replace(PAGE, lead=lead))[0])
        lowest_lead = min(at for text, at in found.items() if text.startswith(("Long", "value")))
        self.assertLess(found["Client"], lowest_lead)
