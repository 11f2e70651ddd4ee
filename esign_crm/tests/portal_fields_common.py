"""A document with every kind of field, sent to a signer who fills it in."""

import base64
import io

from PIL import Image

from .common import EsignHttpCommon
from .pdf_look import magenta_png

PLACE = {"role": "Client", "page": 1, "x": 0.1, "width": 0.35, "height": 0.03}
STAMP = {"x": 0.6, "y": 0.3, "width": 0.3, "height": 0.2}


def stamp_png():
    """Return a magenta stamp with a dark middle: one colour alone is taken for a blank picture."""
    with Image.open(io.BytesIO(magenta_png(400, 100))) as image:
        image.paste((0, 0, 0, 255), (190, 40, 210, 60))
        out = io.BytesIO()
        image.save(out, "PNG")
    return out.getvalue()


class PortalFieldsCommon(EsignHttpCommon):
    """Claude fills in everything that can be filled in."""

    def setUp(self):
        super().setUp()
        self.boxes = [
            PLACE | {"type": "initials", "name": "Initials", "y": 0.05},
            PLACE | {"type": "stamp", "name": "Stamp"} | STAMP,
            PLACE | {"type": "text", "name": "Place", "y": 0.10},
            PLACE | {"type": "multiline", "name": "Remark", "y": 0.15, "height": 0.08},
            PLACE | {"type": "number", "name": "Hours", "y": 0.25},
            PLACE | {"type": "date", "name": "Start", "y": 0.30},
            PLACE | {"type": "checkbox", "name": "Tick", "y": 0.35, "width": 0.03},
            PLACE | {"type": "choice", "name": "Delivery", "y": 0.40, "options": ["By post", "By mail"],
                     "default": "By mail"},
            PLACE | {"type": "date_signed", "name": "Signed on", "y": 0.45},
            PLACE | {"type": "text", "name": "Site", "y": 0.50, "filled_by": "sender", "value": "Pump hall"},
        ]  # fmt: skip
        self.good = {
            "stamp": base64.b64encode(stamp_png()).decode(),
            "text": "Łódź",
            "multiline": "First line\nЩит, ёж",
            "number": "12,5",
            "date": "2026-12-01",
            "checkbox": True,
        }

    def _send(self, **arguments):
        """Return (request, the client's browser and token with a confirmed code)."""
        request = self.make_request(fields=self.boxes, **arguments)
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        browser, token = self.browser(), self.wires.last_token(self.CLIENT)
        self.confirm(browser, token, self.CLIENT)
        return request, browser, token

    def _values(self, request, **changed):
        """Return ``{field id: value}`` by type."""
        ids = {
            field.type: str(field.id)
            for field in request.field_ids
            if field.signer_id.side == "client" and field.filled_by == "signer"
        }
        return {ids[kind]: value for kind, value in (self.good | changed).items()}

    def _id(self, request, kind):
        return request.field_ids.filtered(
            lambda field: field.type == kind and field.filled_by == "signer"
        ).id
