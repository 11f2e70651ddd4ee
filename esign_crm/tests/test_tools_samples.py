"""The sample documents: whole, the same each time, their boxes where their labels are."""

import io

import pypdf

from odoo.tests import BaseCase

from ..tools.pdf.sample import sample_boxes, sample_pdf
from ..tools.samples import KINDS, of_kind

LANGUAGES = {"en", "fr", "it", "pl", "ru", "de"}
LAWS = {
    "en": ("910/2014", "Electronic Communications Act"),
    "fr": ("1366", "1367", "910/2014"),
    "it": ("CAD", "1350", "910/2014"),
    "pl": ("77²", "78¹", "910/2014"),
    "ru": ("63-ФЗ", "статьи 5, 6 и 9", "161"),
    "de": ("126b", "127", "910/2014"),
}


class TestSamples(BaseCase):
    """Plain values in, bytes and boxes out."""

    def all(self):
        """Yield each sample with its language."""
        for kind in KINDS:
            for lang, sample in of_kind(kind).items():
                with self.subTest(kind=kind.key, lang=lang):
                    yield lang, sample

    def test_each_kind_speaks_six_languages(self):
        for kind in KINDS:
            self.assertEqual(set(kind.texts), LANGUAGES)
            counts = {len(text.clauses) for text in kind.texts.values()}
            self.assertEqual(len(counts), 1, f"{kind.key}: some language lacks a clause")

    def test_text_is_printed_whole_and_marked_on_each_page(self):
        for _lang, sample in self.all():
            content = sample_pdf(sample)
            self.assertEqual(content, sample_pdf(sample))
            pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
            self.assertLessEqual(len(pages), 2)
            for page in pages:
                self.assertIn(sample.words.mark, page)
            printed = " ".join(" ".join(pages).split())
            for heading, clause in sample.text.clauses:
                self.assertIn(heading, printed)
                self.assertIn(" ".join(clause.split()), printed)

    def test_boxes_lie_on_the_pages_and_apart(self):
        for _lang, sample in self.all():
            count = len(pypdf.PdfReader(io.BytesIO(sample_pdf(sample))).pages)
            boxes = sample_boxes(sample)
            kinds = [(box["side"], box["type"]) for box in boxes]
            for side in ("own", "client"):
                for kind in ("requisites", "signature", "stamp", "date_signed"):
                    self.assertIn((side, kind), kinds)
            for box in boxes:
                self.assertEqual(box["page"], count, "the signatures are on the last page")
                self.assertLessEqual(box["x"] + box["width"], 0.95)
                self.assertLessEqual(box["y"] + box["height"], 0.93)
            for number, one in enumerate(boxes):
                for other in boxes[number + 1 :]:
                    self.assertFalse(_overlap(one, other), f"{one} {other}")

    def test_agreement_names_the_law_of_its_country(self):
        agreement = next(kind for kind in KINDS if kind.is_agreement)
        for lang, words in LAWS.items():
            text = " ".join(clause for _heading, clause in agreement.texts[lang].clauses)
            for word in words:
                self.assertIn(word, text)


def _overlap(one, other):
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    down = one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]
    return across and down
