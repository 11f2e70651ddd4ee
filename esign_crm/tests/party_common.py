"""A directory to try things on."""

import base64
import io

from PIL import Image, ImageDraw

from odoo.tests import new_test_user

from .common import EsignCommon


def stamp_png(size=(300, 200)):
    """Return (base64) a picture that is no blank one."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse((40, 20, 240, 180), outline="navy", width=8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue())


class PartyCommon(EsignCommon):
    """A firm with a contact, a rep and a manager of e-signature without CRM rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "party_user", groups="esign_crm.group_user")
        cls.manager = new_test_user(cls.env, "party_manager", groups="esign_crm.group_manager")
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Mosty Wisła",
                "is_company": True,
                "country_id": cls.env.ref("base.pl").id,
                "vat": "PL8567346215",
                "lang": "pl_PL",
            }
        )
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Anna Kowalska",
                "parent_id": cls.firm.id,
                "function": "Prezes",
                "email": "Anna <ANNA@mosty.example.com>",
                "phone": "601 234 503",
                "lang": "pl_PL",
            }
        )

    def party(self, **values):
        """Return a new party, made by the user unless told otherwise."""
        who = values.pop("by", self.user)
        defaults = {"name": "Jan Nowak", "country_id": self.env.ref("base.pl").id}
        parties = self.env["esign.party"].with_user(who).with_context(tracking_disable=True)
        return parties.create(defaults | values)
