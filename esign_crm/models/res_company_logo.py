"""The company's logo on the pages of those who have no account."""

import base64
import io

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.image import binary_to_image

LARGEST = (180, 80)  # pixels: twice what the page's head shows


class ResCompany(models.Model):
    """Whose page it is, seen at once."""

    _inherit = "res.company"

    def _esign_logo_sudo(self):
        """Return the logo as a small PNG in a ``data:`` address, so that it costs no request.

        None where Odoo's placeholder stands, or a drawing (SVG), which may be of any size. The reader of a signing page
        has no account, hence the sudo.
        """
        self.ensure_one()
        company_sudo = self.sudo()
        if company_sudo.uses_default_logo or not company_sudo.logo_web:
            return None
        try:
            image = binary_to_image(base64.b64decode(company_sudo.logo_web)).convert("RGBA")
        except UserError:
            return None
        image.thumbnail(LARGEST)
        small = io.BytesIO()
        image.save(small, "PNG", optimize=True)
        return f"data:image/png;base64,{base64.b64encode(small.getvalue()).decode()}"
