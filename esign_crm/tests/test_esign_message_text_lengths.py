"""What text messages cost: two parts at most for whatever names, and the guide's table of it."""

import os
from pathlib import Path

from odoo.tests import tagged

from ..tools.gateways.sms_text import GSM_BASIC, GSM_EXTENSION, segments
from ..tools.languages import LANGUAGES
from .message_common import WITH_LINK, MessageCase

TABLE = Path(__file__).resolve().parents[2] / "docs" / "text-messages.md"
WITHOUT_LINK = (
    "cancelled_notice",
    "declined_notice",
    "withdrawn_notice",
    "contact_changed_notice",
    "delegated_notice",
    "delegation_refused_notice",
    "code",
)
PURPOSES = (*WITH_LINK, *WITHOUT_LINK)
NAMES = {  # company, title, person
    "short": ("Northwind Traders", "Act 17", "Claude Client"),
    "usual": (
        "Northwind Traders Ltd, Berlin branch", "Act of completed works 17 under contract 2026/114-B", "Claude Client",
    ),
    "longest": (
        "Société d'installation frigorifique «Żółty Młyn» " * 2, "Акт выполненных работ по договору подряда " * 4,
        "Wolfeschlegelsteinhausenbergerdorff-Żółkiewska Małgorzata",
    ),
}  # fmt: skip
FIXED = {"number": "ES00017", "until": "30.11.2031"}
HEAD = """# What text messages cost

Parts of each text message (SMS; the same words go by WhatsApp), with the number of places they take. Up to 160 places of the short
alphabet (GSM 7-bit; `€ [ ] {{ }} | ~ ^ \\` take two) or 70 of the long one (UCS-2, marked *) are one part; of several parts each holds 153
or 67. No message has more than two: long names are cut after a word, and left out where they would say too little; links, codes, numbers
and dates are never cut.

Names are *short* (“{short[0]}”, “{short[1]}”), *usual* (“{usual[0]}”, “{usual[1]}”) and *longest* (a company of 98 letters
with « », a title of 168 Cyrillic letters). The link has 83.

Written by `dev/messages` and compared by a test.
"""


@tagged("post_install", "-at_install")
class TestTextLengths(MessageCase):
    """Every purpose in every language, with names of every length."""

    def texts(self, names):
        """Yield purpose, language and text of each message."""
        company, title, person = NAMES[names]
        self.request._set_system_sudo(title=title)
        self.company.name = company
        self.client._set_system_sudo(name=person)
        url = self.client._mint_link("sign")
        for purpose in PURPOSES:
            for lang in LANGUAGES:
                self.client._set_system_sudo(lang=lang)
                link = None if purpose in WITHOUT_LINK else url
                yield purpose, lang, self.text(purpose, link)

    def text(self, purpose, link):
        """Return one message as it leaves."""
        recipient = self.Message._recipient(self.client, None)
        letters = self.Message._letters(self.request, self.client, recipient, link)
        letters.sms_values |= FIXED
        letter = getattr(letters, purpose)(*(["048213"] if purpose == "code" else []))
        return self.Message._payload(letters, letter, recipient)["sms"]

    def test_no_message_has_more_than_two_parts_and_none_cuts_its_link(self):
        for names in NAMES:
            for purpose, lang, text in self.texts(names):
                self.assertLessEqual(segments(text), 2, f"{purpose}, {lang}: {text}")
                whole = "048213" if purpose == "code" else "/esign/s/"
                if whole == "048213" or purpose not in WITHOUT_LINK:
                    self.assertRegex(text, r"048213|/esign/s/[\w-]{43}($|\s)", f"{purpose}, {lang}")
                self.assertNotIn("%(", text)

    def test_short_names_stand_whole(self):
        for purpose, lang, text in self.texts("short"):
            if lang != "ru_RU":  # two parts hold 134 letters of its alphabet, and 82 are the link's
                self.assertNotIn("..", text, f"{purpose}, {lang}")

    def test_table_in_the_guide_is_true(self):
        written = self.table()
        if os.environ.get("ESIGN_WRITE_TABLE"):
            TABLE.write_text(written, encoding="utf-8")
        if not TABLE.exists():
            self.skipTest("the addon stands without its checkout's docs/")
        self.assertEqual(TABLE.read_text(encoding="utf-8"), written, "dev/messages writes it anew")

    def table(self):
        """Return the page of the guide."""
        parts = [HEAD.format(**NAMES)]
        words = dict(self.Message._fields["purpose"].selection)
        for names in NAMES:
            cells = {}
            for purpose, lang, text in self.texts(names):
                cells.setdefault(purpose, {})[lang] = _cost(text)
            langs = " | ".join(code.partition("_")[0] for code in LANGUAGES)
            parts.append(
                f"## With {names} names\n\n| Message | {langs} |\n|---|{'---|' * len(LANGUAGES)}"
            )
            rows = [
                f"| {words[purpose]} | {' | '.join(row.values())} |"
                for purpose, row in cells.items()
            ]
            parts[-1] += "\n" + "\n".join(rows) + "\n"
        return "\n".join(parts)


def _cost(text):
    """Return parts and places of a text, marked where it needs the long alphabet."""
    if all(each in GSM_BASIC or each in GSM_EXTENSION for each in text):
        return f"{segments(text)} ({sum(1 + (each in GSM_EXTENSION) for each in text)})"
    return f"{segments(text)} ({len(text.encode('utf-16-be')) // 2}\\*)"
