"""A deal with a client in Poland, whose acts the rep makes."""

from io import BytesIO

from pypdf import PdfReader

from odoo.fields import Command

from .common import EsignCommon


class EsignActCommon(EsignCommon):
    """Makes acts the way the form does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.lang = "pl_PL"

    def make_act(self, lines=(("Works", 1, 100, 20),), **values):
        """Return an act of the rep's; ``lines``: description, quantity, price, tax rate."""
        names = ("name", "quantity", "price", "tax_percent")
        commands = [Command.create(dict(zip(names, line, strict=True))) for line in lines]
        values = {"lead_id": self.lead.id, "line_ids": commands} | values
        return self.env["esign.act"].with_user(self.rep).create(values)

    def wizard(self, act, **values):
        """Return the sending wizard as the act opens it, people filled in."""
        action = act.action_send_for_signature()
        people = {
            "own_name": "Dora Director", "own_email": self.DIRECTOR, "own_channel": "email",
            "client_name": "Claude Client", "client_phone": self.CLIENT, "client_channel": "sms",
        }  # fmt: skip
        wizards = self.env[action["res_model"]].with_user(self.rep)
        return wizards.with_context(**action["context"]).create(people | values)

    def defaults(self):
        """Return what the form of a new act of the deal starts with, for the rep."""
        acts = self.env["esign.act"].with_user(self.rep).with_context(default_lead_id=self.lead.id)
        return acts.default_get(list(acts._fields))

    def text(self, pdf):
        """Return the text of a PDF with plain spaces, page after page."""
        return " ".join(
            " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages
        )
