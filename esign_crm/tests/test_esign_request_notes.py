"""Notes in the chatter: each step, no secret, no whole address, nobody mailed."""

import re

from odoo.tests import new_test_user, tagged

from .common import LINK, EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignRequestNotes(EsignHttpCommon):
    """What request and deal say of a step, in whose name and language."""

    def _notes(self, record):
        """Return the notes of ``record`` as (author, text), oldest first."""
        return [
            (message.author_id, re.sub(r"<[^>]+>", "", str(message.body)))
            for message in record.message_ids.sorted("id")
            if message.body
        ]

    def _texts(self, record):
        return "\n".join(text for _author, text in self._notes(record))

    def test_each_step_to_the_seal_is_noted(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        texts = self._texts(request)
        for words in (
            "Sent for signature", "Invited · Dora Director", "Signed · Dora Director", "Invited · Claude Client",
            "Signed · Claude Client", "Completed",
        ):  # fmt: skip
            self.assertIn(words, texts)

    def test_other_ends_are_noted_with_their_reason(self):
        request = self.make_request()
        request.with_user(self.rep).action_cancel(reason="The amount has changed")
        author, text = self._notes(request)[-1]
        self.assertIn("The amount has changed", text)
        self.assertEqual(author, self.rep.partner_id)

    def test_signers_step_is_noted_by_odoobot(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        authors = {author for author, text in self._notes(request) if "Signed" in text}
        self.assertEqual(authors, {self.env.ref("base.partner_root")})
        self.assertLessEqual(
            request.message_ids.author_id,
            self.rep.partner_id | self.env.user.partner_id | self.env.ref("base.partner_root"),
        )

    def test_notes_hold_no_secret_and_no_whole_address(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        sms = request.message_out_ids.filtered(lambda each: each.channel == "sms")
        sms._take_report("failed", f"no such subscriber: {self.CLIENT}")
        self.deliver()
        codes = [code for _ in [0] for text in self.wires.texts_to(self.DIRECTOR)
                 for code in re.findall(r"(?<!\d)\d{6}(?!\d)", text)]  # fmt: skip
        texts = self._texts(request) + self._texts(self.lead)
        self.assertIn("no such subscriber", texts)
        for secret in (self.CLIENT, self.DIRECTOR, *codes):
            self.assertNotIn(secret, texts)
        self.assertFalse(LINK.search(texts))

    def test_notes_mail_nobody(self):
        request = self.make_request()
        request.message_subscribe(partner_ids=self.partner.ids)
        self.lead.message_subscribe(partner_ids=self.partner.ids)
        request.action_cancel(reason="The amount has changed")
        notes = (request.message_ids | self.lead.message_ids).filtered("body")
        self.assertFalse(
            notes.notification_ids.filtered(lambda each: each.res_partner_id == self.partner)
        )

    def test_notes_are_in_the_companys_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        request = self.make_request()
        self.assertEqual(request._note_lang(), "fr_FR")

    def test_deal_learns_number_and_title_only(self):
        request = self.make_request(send=False)
        request.title = "Act of March"
        request.action_send()
        self.walk(self.DIRECTOR, "Dora Director")
        self.walk(self.CLIENT, "Claude Client")
        reader = new_test_user(
            self.env, "reads_deals", groups="sales_team.group_sale_salesman_all_leads"
        )
        self.assertFalse(request.with_user(reader).has_access("read"))
        texts = [text for _author, text in self._notes(self.lead.with_user(reader))]
        self.assertEqual(
            [text for text in texts if request.name in text],
            [
                f"“Act of March” ({request.name}) was sent for signature.",
                f"“Act of March” ({request.name}) was signed by everybody.",
            ],
        )
