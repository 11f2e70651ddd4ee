"""The sample templates: one contract in each of the product's languages."""

from odoo import api, models

from ..tools.pdf.sample import sample_boxes, sample_pdf
from ..tools.sample_texts import SAMPLES

LOADED = "esign_crm.sample_templates"


class EsignTemplate(models.Model):
    """Samples belong to nobody and to all companies: everybody uses or copies them, managers change them."""

    _inherit = "esign.template"

    @api.model
    def _load_samples(self):
        """Make the sample templates once per database; what people then delete or archive stays so."""
        # loaded at installation and by the update, by the system itself
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        if parameters_sudo.get_param(LOADED):
            return
        for texts in SAMPLES.values():
            self._make_sample(texts)
        parameters_sudo.set_param(LOADED, "1")

    @api.model
    def _make_sample(self, texts):
        """Return a template with the sample contract of one language."""
        template = self.with_context(esign_bare_template=True).create(
            {"name": texts.name, "company_id": False, "user_id": False}
        )
        template._replace_file(sample_pdf(texts), f"{texts.title}.pdf")
        role_of = {
            side: template.role_ids.create(
                {
                    "template_id": template.id, "name": getattr(texts, side), "side": side,
                    "sequence": sequence,
                }
            )
            for sequence, side in enumerate(("own", "client"), 1)
        }  # fmt: skip
        self.env["esign.field"].create(
            [
                {name: value for name, value in box.items() if name != "side"}
                | {"template_id": template.id, "role_id": role_of[box["side"]].id}
                for box in sample_boxes(texts)
            ]
        )
        return template
