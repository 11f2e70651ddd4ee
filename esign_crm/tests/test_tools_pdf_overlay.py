"""Marks land where they were put, and nothing that was there before changes by a byte."""

import re
import time
from io import BytesIO

import pypdf
import pypdfium2
from pyhanko.pdf_utils.reader import PdfFileReader

from odoo.tests import BaseCase, tagged

from ..tools.errors import IntakeError, TextError
from ..tools.pdf import intake, margins, overlay
from ..tools.pdf.overlay import Box, ImageContent, Mark, NameContent, TextContent
from ..tools.pdf.reader import open_reader
from ..tools.pdf.revision import Revision, own_random_bytes
from . import pdf_look
from . import pdf_samples as samples
from .corpus import corpus

TOLERANCE = 0.012  # of the page
X, Y, WIDTH, HEIGHT = 0.5, 0.6, 0.25, 0.2


def marked(pdf, marks, seed=b"seed"):
    """Return the document with marks, as sealing adds them but without a seal."""
    writer = Revision.from_reader(open_reader(pdf))
    overlay.add_marks(writer, marks, own_random_bytes(seed))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_pages(pdf, pages):
    """Return the document with the pages of another one behind its own."""
    writer = Revision.from_reader(open_reader(pdf))
    overlay.append_pages(writer, pages)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def free_pages(pdf):
    """Return the pages with a free foot; without the jail, for files that we know."""
    return margins.run({"pdf": pdf}, {})[0]


def names(pdf):
    """Return the names of our form XObjects, each time one is drawn."""
    return re.findall(rb"/(Es[0-9a-f]{16}) Do", pdf)


@tagged("post_install", "-at_install")
class TestOverlay(BaseCase):
    """Places, names, pages and the strip, in two viewers."""

    def _assert_mark_is_where_it_was_put(self, pdf, number=1):
        facts = intake.inspect(pdf)
        page = facts.pages[number - 1]
        box = Box(number, X, Y, WIDTH, HEIGHT)
        aspect = box.height * page.height / (box.width * page.width)
        image = ImageContent(pdf_look.magenta_png(100, round(100 * aspect)))
        frozen = overlay.freeze(facts.content, "ES00001", free_pages(facts.content))
        result = marked(frozen, [Mark(box, image)])
        self.assertTrue(frozen.startswith(facts.content))
        self.assertTrue(result.startswith(frozen))
        for draw in (pdf_look.in_pdfium, pdf_look.in_poppler):
            picture = draw(result, number)
            if picture is None:
                continue
            found = pdf_look.magenta_area(picture)
            self.assertIsNotNone(found, draw.__name__)
            distance = pdf_look.furthest(found, (X, Y, WIDTH, HEIGHT))
            self.assertLess(distance, TOLERANCE, draw.__name__)

    def test_mark_is_where_it_was_put_on_awkward_pages(self):
        for name, sample in samples.SEALABLE.items():
            with self.subTest(name):
                self._assert_mark_is_where_it_was_put(sample())

    def test_mark_is_where_it_was_put_in_the_corpus(self):
        for name, pdf in corpus("pdf").items():
            with self.subTest(name):
                try:
                    intake.inspect(pdf)
                except IntakeError:
                    continue
                self._assert_mark_is_where_it_was_put(pdf)

    def test_mark_is_where_it_was_put_on_the_last_of_many_pages(self):
        self._assert_mark_is_where_it_was_put(samples.nested_pdf(50, 7), 50)
        self._assert_mark_is_where_it_was_put(samples.object_stream_pdf(30), 29)

    def test_names_are_new_in_each_revision(self):
        mark = Mark(Box(1, X, Y, WIDTH, HEIGHT), TextContent("once"))
        first = marked(samples.plain_pdf(), [mark])
        second = marked(first, [mark], seed=b"another")
        found = names(second)
        self.assertEqual(len(set(found)), 2)
        self.assertEqual(
            len(pypdf.PdfReader(BytesIO(second)).pages[0]["/Resources"]["/XObject"]), 2
        )

    def test_equal_marks_share_one_form(self):
        boxes = [Box(number, X, Y, WIDTH, 0.05) for number in range(1, 21)]
        initials = [Mark(box, NameContent("A. K.")) for box in boxes]
        source = samples.plain_pdf(20)
        one, all_pages = (len(marked(source, marks)) for marks in (initials[:1], initials))
        self.assertEqual(len(set(names(marked(source, initials)))), 1)
        self.assertLess(all_pages - one, 20 * 500)

    def test_other_pages_with_the_same_resources_stay_as_they_are(self):
        shared = samples.page(Resources=b"4 0 R")
        extra = {4: b"<</Font<</F1 3 0 R>>>>"}
        pdf = samples.document([shared, shared], extra=extra)
        result = marked(pdf, [Mark(Box(2, X, Y, WIDTH, HEIGHT), TextContent("here"))])
        pages = pypdf.PdfReader(BytesIO(result)).pages
        self.assertNotIn("/XObject", pages[0]["/Resources"])
        self.assertIn("/F1", pages[1]["/Resources"]["/Font"])

    def test_words_of_a_mark_can_be_read_by_programs(self):
        words = "Подпись: Zażółć Gęślą, Γιώργος"
        result = marked(
            samples.plain_pdf(), [Mark(Box(1, 0.1, 0.5, 0.8, 0.05), TextContent(words))]
        )
        page = pypdfium2.PdfDocument(result)[0]
        self.assertIn(words, page.get_textpage().get_text_range())

    def test_no_marks_change_nothing(self):
        pdf = samples.plain_pdf()
        self.assertEqual(marked(pdf, []), pdf)

    def test_mark_on_a_page_that_is_not_there_is_refused(self):
        for number in (0, 2):
            with self.assertRaises(IntakeError):
                marked(
                    samples.plain_pdf(), [Mark(Box(number, X, Y, WIDTH, HEIGHT), TextContent("a"))]
                )

    def test_mark_is_checked_without_a_document(self):
        box = Box(1, X, Y, 0.1, 0.02)
        overlay.check_mark(Mark(box, TextContent("short")), (595, 842))
        with self.assertRaises(TextError) as caught:
            overlay.check_mark(Mark(box, TextContent("long " * 40)), (595, 842))
        self.assertEqual(caught.exception.code, "does_not_fit")

    def test_appended_pages_come_last_and_inherit_nothing(self):
        source = samples.nested_pdf(5, 2)  # its nodes pass down a turn and a size
        result = with_pages(source, samples.plain_pdf(2, "Certificate"))
        self.assertTrue(result.startswith(source))
        document = pypdfium2.PdfDocument(result)
        self.assertEqual(len(document), 7)
        self.assertEqual(document[6].get_size(), (595, 842))
        self.assertIn("Certificate - 2", document[6].get_textpage().get_text_range())
        self.assertEqual(PdfFileReader(BytesIO(result)).root["/Pages"]["/Count"], 7)

    def test_strip_is_put_on_free_pages_only(self):
        foot = samples.show_text("Page foot of the document", x=250, y=8, size=8)
        full = samples.page(content=foot)
        pdf = samples.document([samples.page(), full, samples.page(Rotate=b"90")])
        free = overlay.free_margins_in_jail(pdf)
        self.assertEqual(free, [1, 3])
        texts = [
            page.text for page in intake.inspect(overlay.freeze(pdf, "ES00012 · 4f", free)).pages
        ]
        self.assertEqual(["ES00012 · 4f" in text for text in texts], [True, False, True])

    def test_strip_is_one_appended_revision(self):
        pdf = samples.plain_pdf(3)
        frozen = overlay.freeze(pdf, "ES00012", [1, 2, 3])
        self.assertTrue(frozen.startswith(pdf))
        self.assertEqual(frozen[len(pdf) :].count(b"startxref"), 1)

    def test_without_a_free_page_the_document_stays_as_it_is(self):
        pdf = samples.plain_pdf()
        self.assertIs(overlay.freeze(pdf, "ES00012", []), pdf)

    def test_long_documents_cost_little_more_than_short_ones(self):
        def seconds(pages):
            pdf = samples.plain_pdf(pages)
            mark = Mark(Box(pages, X, Y, WIDTH, HEIGHT), NameContent("Anna Kowalska"))
            times = []
            for _round in range(3):
                start = time.process_time()
                marked(pdf, [mark])
                times.append(time.process_time() - start)
            return min(times)

        seconds(1)
        self.assertLess(seconds(200), 2 * seconds(1) + 0.02)
