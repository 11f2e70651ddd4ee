"""Make the product's languages available where the addon was installed without them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Switch them on; Odoo loads the addon's terms for them right after."""
    api.Environment(cr, SUPERUSER_ID, {})["res.lang"]._activate_esign_languages()
