"""The company's logo on the pages of those who have no account."""

import base64

from odoo import models
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

LARGEST = (180, 80)  # pixels: twice what the page's head shows


class ResCompany(models.Model):
    """Whose page it is, seen at once."""

    _inherit = "res.company"

    def _esign_logo_sudo(self):
        """Return the logo as a ``data:`` address, so that it costs no request; None where Odoo's placeholder stands.

        The reader of a signing page has no account, hence the sudo.
        """
        self.ensure_one()
        company_sudo = self.sudo()
        if company_sudo.uses_default_logo or not company_sudo.logo_web:
            return None
        stored = base64.b64decode(company_sudo.logo_web)
        small = image_process(stored, size=LARGEST, output_format="PNG")
        return f"data:{guess_mimetype(small)};base64,{base64.b64encode(small).decode()}"
