"""The field placer as a person uses it in a real browser."""

import base64
import io
import secrets

from pypdf import PdfReader, PdfWriter

from tests_live.people import ACT

FIELDS = ".o_esign_placer_field"
SAVED = ".o_esign_placer_save[data-state=saved]"
CONFLICT = ".o_esign_placer_save[data-state=conflict]"
NEXT_FRAME = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))
)"""


class Sheet:
    """The placer as a person uses it."""

    def __init__(self, page, stack, template):
        """Open the placer of a template by its address."""
        self.page = page
        self.template = template
        page.goto(f"{stack.url}/odoo/{template}/e-signature-template-fields")
        self.fields = page.locator(FIELDS)
        self.wait()

    def wait(self):
        """Wait for the first page and its picture."""
        page = self.page.locator(".o_esign_placer_page").first
        page.wait_for()
        self.page.wait_for_function(
            "document.querySelector('.o_esign_placer_page img')?.naturalWidth > 0"
        )

    def saved(self):
        """Wait until everything is saved."""
        self.page.evaluate(NEXT_FRAME)  # by then it is shown that something is to be saved
        self.page.locator(SAVED).wait_for()

    def add(self, kind):
        """Add a field by a click on its kind."""
        self.page.locator(f"[data-type={kind}].btn").click()

    def drag(self, box, dx, dy, corner=False):
        """Drag a field, or its corner, by pixels."""
        place = box.bounding_box()
        x = place["x"] + (place["width"] - 5 if corner else place["width"] / 2)
        y = place["y"] + (place["height"] - 5 if corner else place["height"] / 2)
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx / 2, y + dy / 2, steps=3)
        mouse.move(x + dx, y + dy, steps=3)
        mouse.up()

    def select(self, name, words):
        """Choose one of the answers of a property by its words."""
        self.page.locator(f".o_esign_placer_form [name={name}]").select_option(label=words)

    def stored(self, session):
        """Return the fields as the server has them."""
        return session.call(
            "esign.field", "search_read", [("template_id", "=", self.template)],
            ["type", "name", "page", "x", "y", "width", "height", "required", "role_id", "filled_by", "default",
             "crm_value_id"], order="id",
        )  # fmt: skip


def _two_pages():
    writer, page = PdfWriter(), PdfReader(io.BytesIO(ACT)).pages[0]
    for _number in range(2):
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def template_of_two_pages(stack):
    """Return a template of two pages, the demo rep's, without fields."""
    session = stack.session("demo")
    values = {
        "name": f"Act {secrets.token_hex(3)}",
        "upload": base64.b64encode(_two_pages()).decode(),
        "upload_name": "act.pdf",
    }
    return session.call("esign.template", "create", values)
