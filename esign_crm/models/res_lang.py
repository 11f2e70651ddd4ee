"""The languages of the product are at hand in every database."""

from odoo import api, models

from ..tools.languages import ENGLISH, LANGUAGES


class ResLang(models.Model):
    """A client is written to in his own language, whatever languages the staff works in."""

    _inherit = "res.lang"

    @api.model
    def _activate_esign_languages(self):
        """Make the product's languages available.

        Run by the data files at installation (before the demonstration data) and by a migration. Odoo then loads the
        terms of this addon for them; those of other addons stay as they are, unlike with "Add Languages".
        """
        for code in LANGUAGES:
            if not self._activate_lang(code):
                self._create_lang(code)

    @api.model
    def _esign_codes(self):
        """Return the codes of the product's languages that nobody has switched off here."""
        installed = {code for code, _name in self.get_installed()} | {ENGLISH}
        return [code for code in LANGUAGES if code in installed]
