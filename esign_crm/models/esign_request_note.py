"""What the sender says to the signers in his own words."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.errors import TextError
from ..tools.text import clean_lines

MAX_NOTE = 1000  # characters


class EsignRequest(models.Model):
    """A text that stands in the invitation and on the signing page just as it was typed."""

    _inherit = "esign.request"

    signer_note = fields.Text(
        string="Message to the signers",
        help="Stands in the invitation and on the signing page, just as you type it.",
    )

    @api.constrains("signer_note")
    def _check_signer_note(self):
        for request in self:
            problem = self._note_problem(request.signer_note)
            if problem:
                raise ValidationError(problem)

    @api.model
    def _note_problem(self, text):
        """Return why ``text`` cannot be the message to the signers, in one sentence; empty: it can."""
        try:
            clean_lines(text or "", MAX_NOTE)
        except TextError:
            return self.env._(
                "The message to the signers is too long: at most %(most)s characters, and it has %(count)s.",
                most=MAX_NOTE,
                count=len(text),
            )
        return ""

    def _note_text(self):
        """Return the message to the signers without what nobody sees, empty for none."""
        self.ensure_one()
        return clean_lines(self.signer_note or "", MAX_NOTE)
