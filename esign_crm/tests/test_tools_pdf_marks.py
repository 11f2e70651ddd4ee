"""What marks look like: words that fit, hands for every alphabet, strokes as lines."""

import math
from io import BytesIO

import pypdfium2

from odoo.tests import BaseCase, tagged

from ..tools.errors import FieldValueError, ImageError, TextError
from ..tools.pdf import drawing, fonts
from ..tools.pdf.marks import (
    CheckContent,
    ImageContent,
    Mark,
    NameContent,
    StrokesContent,
    TextContent,
)
from ..tools.pdf.overlay import Box
from ..tools.pdf.text_fitting import Space, fit_line, fit_lines, longest, room

BOX = Box(1, 0, 0, 1, 1)
SIZE = (180.0, 60.0)
# every letter of names in the six languages, in Ukrainian and in Greek
LETTERS = (
    "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻ aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
    "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ ÄÖÜ äöüß ÌÒÓ ìòó -'\u2019."
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя ЄІЇҐ єіїґ"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρσςτυφχψω ΆΈΉΊΌΎΏΪΫ άέήίόύώϊϋΐΰ"
)
WAVE = [[(0.1 + n / 80, 0.5 + 0.3 * math.sin(n / 5), 10 * n) for n in range(60)]]


def picture(mark, size=SIZE, margin=20.0):
    """Return a mark as a grey image, with room around it where nothing must be."""
    out = BytesIO()
    canvas = drawing.new_canvas(out)
    canvas.setPageSize((size[0] + 2 * margin, size[1] + 2 * margin))
    canvas.translate(margin, margin)
    drawing.draw(canvas, mark, *size)
    canvas.save()
    return pypdfium2.PdfDocument(out.getvalue())[0].render(scale=4).to_pil().convert("L")


def ink(image):
    """Return where something dark is: left, top, right, bottom in pixels."""
    return image.point(lambda value: 255 if value < 200 else 0).getbbox()


@tagged("post_install", "-at_install")
class TestMarks(BaseCase):
    """Letters, lines and strokes inside their boxes."""

    def _assert_stays_inside(self, mark, size=SIZE):
        margin = 20.0
        left, top, right, bottom = (each / 4 - margin for each in ink(picture(mark, size, margin)))
        self.assertGreaterEqual(min(left, top), -0.5)
        self.assertLessEqual(right, size[0] + 0.5)
        self.assertLessEqual(bottom, size[1] + 0.5)

    def test_everything_stays_inside_its_box(self):
        caption = "Иван Петров · 22.11.2026 12:00 MSK"
        contents = (
            TextContent("Short"),
            TextContent("Some words that need two lines", multiline=True),
            NameContent("Jędrzej Żyła-Ąćęłńóśźż"),
            NameContent("Пётр Щербаков"),
            NameContent("Γιώργος Παπαδόπουλος"),
            NameContent("Jędrzej Żyła-Ąćęłńóśźż", fonts.FLOWING),
            NameContent("Йосип Щербак", fonts.FLOWING),
            NameContent("Γιώργος Παπαδόπουλος", fonts.FLOWING),
            NameContent("jß ŚÈ ЙЩJ JT", fonts.FLOWING),
            NameContent("JT", fonts.FLOWING),
            StrokesContent(WAVE, 2.5),
            StrokesContent([[(0.5, 0.5, 0)]], 2.5),
            StrokesContent([[(0.1, 0.5, 0), (0.9, 0.5, 9)]], 2.5),
        )
        for content in contents:
            for size in (SIZE, (90.0, 30.0), (300.0, 40.0), (60.0, 120.0)):
                with self.subTest(content=content, size=size):
                    self._assert_stays_inside(Mark(BOX, content, caption), size)

    def test_caption_is_easy_to_read_only_where_it_stands_whole_and_large_enough(self):
        caption = "Dora Director, Managing director\nNov 22, 2026, 12:00 CET"
        self.assertTrue(drawing.is_caption_easy_to_read(caption, 180.0, 50.0))
        self.assertFalse(drawing.is_caption_easy_to_read(caption, 180.0, 20.0), "too low")
        self.assertFalse(drawing.is_caption_easy_to_read(caption, 40.0, 50.0), "too narrow")
        self.assertFalse(
            drawing.is_caption_easy_to_read(f"{'Director of ' * 40}\n12:00", 180.0, 50.0)
        )

    def test_check_fills_its_box(self):
        self._assert_stays_inside(Mark(BOX, CheckContent()), (12.0, 12.0))

    def test_hand_has_latin_polish_cyrillic_and_greek(self):
        for text in ("Anna Kowalska", "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż", "Щёголев Ґїєі", "Ωμέγα ΐΰ ς"):
            self.assertEqual(
                [font for font, _text in fonts.split_runs(text, fonts.HAND)], [fonts.HAND]
            )

    def test_every_letter_of_our_languages_is_in_both_hands(self):
        for word, hand in fonts.HANDS.items():
            with self.subTest(hand=word):
                self.assertEqual({font for font, _ in fonts.split_runs(LETTERS, hand)}, {hand})

    def test_hands_are_told_apart_by_their_strokes(self):
        one, other = (
            picture(Mark(BOX, NameContent("Anna Kowalska", hand))) for hand in fonts.HANDS.values()
        )
        common = sum(
            min(255 - a, 255 - b) for a, b in zip(one.getdata(), other.getdata(), strict=True)
        )
        self.assertLess(common, 0.4 * sum(255 - each for each in one.getdata()))

    def test_hand_that_lacks_letters_names_the_one_that_has_them_all(self):
        self.assertIsNone(fonts.better_hand("Anna Größe", "simple"))
        self.assertEqual(fonts.better_hand("ANNA GRÖẞE", "simple"), ("ẞ", "flowing"))
        self.assertEqual(fonts.better_hand("Anna ʒʒ", "flowing"), ("ʒ", "simple"))
        self.assertIsNone(fonts.better_hand("Anna ანა", "simple"), "lacking in both")
        self.assertIsNone(fonts.better_hand("ẞʒ", "simple"), "each lacks one")

    def test_another_font_steps_in_for_letters_that_the_hand_lacks(self):
        runs = fonts.split_runs("Anna ანა", fonts.HAND)
        self.assertEqual([font for font, _text in runs], [fonts.HAND, fonts.SANS])

    def test_letters_that_no_font_has_are_named(self):
        with self.assertRaises(TextError) as caught:
            fonts.split_runs("王 Anna 明王")
        self.assertEqual(caught.exception.code, "missing_glyph")
        self.assertEqual(caught.exception.params["characters"], "王明")

    def test_letters_that_would_stand_in_the_wrong_order_are_refused(self):
        for text in ("محمد", "שלום"):
            with self.assertRaises(TextError):
                fonts.split_runs(text)

    def test_invisible_characters_are_left_out_and_accents_joined(self):
        self.assertEqual(fonts.normalise("a\u200bb\u202ec\te\u0301"), "abc é")

    def test_text_shrinks_before_it_is_refused(self):
        wide = fit_line("Sum of all works", Space(200, 20, 11, 5))
        narrow = fit_line("Sum of all works", Space(60, 20, 11, 5))
        self.assertEqual(wide.size, 11)
        self.assertLess(narrow.size, 11)
        with self.assertRaises(TextError) as caught:
            fit_line("Sum of all works", Space(20, 20, 11, 5))
        self.assertEqual(caught.exception.code, "does_not_fit")

    def test_limit_is_what_fits_at_the_smallest_size(self):
        space = Space(100, 20, 11, 5)
        text = "Sum of all works that were done in the mill this year"
        count = longest(text, space, is_multiline=False)
        self.assertEqual(fit_line(text[:count], space).size >= 5, True)
        with self.assertRaises(TextError):
            fit_line(text[: count + 1], space)
        # a word beside an empty box: about as many letters
        self.assertAlmostEqual(room(space, is_multiline=False), count, delta=6)
        self.assertGreater(room(space, is_multiline=True), 2 * count)

    def test_lines_break_at_words_and_long_words_anywhere(self):
        space = Space(60, 200, 10, 5)
        fitted = fit_lines("one two three four five\n\n" + "x" * 40, space)
        lines = ["".join(text for _font, text in runs) for runs in fitted.lines]
        self.assertEqual(lines[0], "one two")
        self.assertEqual("".join(lines).count("x"), 40)
        self.assertIn("", lines)
        for runs in fitted.lines:
            self.assertLessEqual(fonts.width(list(runs), fitted.size), 60.01)

    def test_markup_is_only_words(self):
        runs = fonts.split_runs('<img src="http://x/"/> & </para>')
        self.assertEqual(runs[0][1], '<img src="http://x/"/> & </para>')

    def test_drawn_signature_keeps_its_proportions(self):
        square = [[(0.4, 0.1, 0), (0.6, 0.1, 1), (0.6, 0.9, 2), (0.4, 0.9, 3), (0.4, 0.1, 4)]]
        left, top, right, bottom = ink(picture(Mark(BOX, StrokesContent(square, 4.0))))
        self.assertAlmostEqual((right - left) / (bottom - top), 1.0, delta=0.1)

    def test_small_drawing_is_not_blown_up(self):
        dash = [[(0.5, 0.5, 0), (0.52, 0.5, 5)]]
        left, _top, right, _bottom = ink(picture(Mark(BOX, StrokesContent(dash, 2.0))))
        self.assertLess((right - left) / 4, 10)

    def test_broken_strokes_are_refused(self):
        for strokes in ([[("a", 1)]], [[(float("nan"), 0.0)]], [[(1,)]], [[None]]):
            with self.assertRaises(FieldValueError):
                picture(Mark(BOX, StrokesContent(strokes, 2.0)))
        with self.assertRaises(ImageError):
            picture(Mark(BOX, StrokesContent([[]], 2.0)))

    def test_broken_image_is_refused(self):
        with self.assertRaises(ImageError):
            picture(Mark(BOX, ImageContent(b"\x89PNG\r\n\x1a\nrubbish")))

    def test_name_takes_more_lines_in_a_narrow_box(self):
        self._assert_stays_inside(
            Mark(BOX, NameContent("Anna Maria Kowalska-Wiśniewska")), (50.0, 80.0)
        )

    def test_caption_that_is_too_long_is_cut(self):
        mark = Mark(BOX, NameContent("Anna"), "Anna Kowalska, chief accountant " * 9)
        self._assert_stays_inside(mark, (70.0, 25.0))

    def test_empty_name_is_refused(self):
        with self.assertRaises(TextError):
            picture(Mark(BOX, NameContent(" ")))
