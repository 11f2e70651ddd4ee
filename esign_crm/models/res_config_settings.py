"""E-signature in Odoo's own settings, for administrators of both."""

from odoo import models


class ResConfigSettings(models.TransientModel):
    """Odoo's settings; the fields are those of our own page."""

    _name = "res.config.settings"
    _inherit = ["res.config.settings", "esign.settings.mixin"]
