"""What the sender says to the signers in his own words."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import EsignHttpCommon

HOSTILE = "{{7*7}} %(link)s <img src=http://127.0.0.1/x>\n<t t-out='7*7'/> ${7*7}"


@tagged("post_install", "-at_install")
class TestEsignRequestNote(EsignHttpCommon):
    """Literal in the invitation and on the signing page."""

    def sent_with(self, note):
        request = self.make_request(send=False).with_user(self.rep)
        request.signer_note = note
        request.action_send()
        self.deliver()
        return request

    def mail(self):
        (mail,) = self.wires.mails_to(self.DIRECTOR)
        return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]

    def test_note_is_literal_in_the_invitation_and_on_the_page(self):
        self.sent_with(HOSTILE)
        plain, html = self.mail()
        self.assertIn("Rita Rep writes:\n  {{7*7}} %(link)s <img src=http://127.0.0.1/x>\n", plain)
        self.assertIn("{{7*7}} %(link)s &lt;img src=http://127.0.0.1/x&gt;", html)
        self.assertNotIn("<img", html)
        self.assertNotIn("49", plain.partition("writes:")[2].partition("Read and sign")[0])
        page = self.page(self.browser(), self.wires.last_token(self.DIRECTOR))
        self.assertEqual(page["request"]["note"], HOSTILE)

    def test_no_note_leaves_no_trace(self):
        self.sent_with(False)
        self.assertFalse(any("writes:" in part for part in self.mail()))

    def test_characters_that_nobody_sees_are_dropped(self):
        request = self.sent_with("Hello\u202e\u200b\x07  there\n\n\n\nBye")
        self.assertEqual(request._note_text(), "Hello there\n\nBye")

    def test_long_note_is_refused_in_words(self):
        request = self.make_request(send=False)
        with self.assertRaisesRegex(ValidationError, "at most 1000 characters, and it has 1001"):
            request.signer_note = "x" * 1001

    def test_note_stays_once_it_was_sent(self):
        request = self.sent_with("As agreed.")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            request.signer_note = "Something else"
