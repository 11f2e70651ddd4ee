"""A template with two pages, two roles and a few fields."""

import base64

from odoo.fields import Command

from .common import EsignCommon
from .pdf_samples import plain_pdf


class TemplateCommon(EsignCommon):
    """The rep's own template."""

    @classmethod
    def setUpClass(cls):
        """Make the template as the form does."""
        super().setUpClass()
        cls.template = cls.make_template()

    @classmethod
    def make_template(cls, *, pages=2, user=None, **values):
        """Return a template of the rep's (or ``user``'s)."""
        templates = cls.env["esign.template"].with_user(user or cls.rep)
        template = templates.create(
            {
                "name": "Act of works",
                "upload": base64.b64encode(plain_pdf(pages=pages)),
                "upload_name": "act.pdf",
                "role_ids": [
                    Command.create({"name": "Our director", "side": "own", "sequence": 1}),
                    Command.create({"name": "Customer", "side": "client", "sequence": 2}),
                ],
            }
            | values
        )
        own, client = template.role_ids.sorted("sequence")
        cls.env["esign.field"].with_user(user or cls.rep).create(
            [
                cls.box(template, own, "Signature", type="signature", page=1, y=0.7),
                cls.box(template, client, "Signature", type="signature", page=pages, y=0.8),
                cls.box(
                    template, client, "Remarks", type="text", page=pages, y=0.5, required=False
                ),
            ]
        )
        return template

    @classmethod
    def box(cls, template, role, name, **values):
        """Return the values of a field."""
        box = {"template_id": template.id, "role_id": role.id, "name": name}
        return (
            box
            | {"x": 0.1, "y": 0.1, "width": 0.3, "height": 0.08, "page": 1, "type": "text"}
            | values
        )

    def use(self, template=None, **arguments):
        """Return a request that the rep makes from the template."""
        requests = self.env["esign.request"].with_user(self.rep)
        template = template or self.template
        return requests.browse(
            requests.create_from_deal(self.lead.id, template_id=template.id, **arguments)
        )

    def plain(self, fields):
        """Return what stands where, for comparison."""
        return sorted(
            (
                field.type,
                field.name,
                field.page,
                round(field.x, 5),
                round(field.y, 5),
                field.required,
            )
            for field in fields
        )
