"""The sample templates: a contract, the agreement on e-signature and a promise of secrecy in each of the product's languages."""

from odoo import api, models

from ..tools import samples
from ..tools.pdf import intake
from ..tools.pdf.sample import sample_boxes, sample_pdf

LOADED = "esign_crm.sample_templates"
OLD_VALUE = {"1": "contract"}  # of a time when there was one kind


class EsignTemplate(models.Model):
    """Samples belong to nobody and to all companies: everybody uses or copies them, managers change them."""

    _inherit = "esign.template"

    @api.model
    def _load_samples(self):
        """Make the samples of each kind once per database; what people then delete or archive stays so."""
        # loaded at installation and by the update, by the system itself
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        stored = parameters_sudo.get_param(LOADED) or ""
        loaded = [key for key in OLD_VALUE.get(stored, stored).split(",") if key]
        for kind in samples.KINDS:
            if kind.key in loaded:
                continue
            for sample in samples.of_kind(kind).values():
                self._make_sample(sample)
            loaded.append(kind.key)
        parameters_sudo.set_param(LOADED, ",".join(loaded))

    @api.model
    def _make_sample(self, sample):
        """Return a template with one sample document of one language."""
        text = sample.text
        template = self.with_context(esign_bare_template=True).create(
            {
                "name": text.name,
                "company_id": False,
                "user_id": False,
                "is_agreement": sample.kind.is_agreement,
            }
        )
        facts = intake.inspect(sample_pdf(sample))  # our own bytes: no jail for them
        template._set_document_sudo(
            f"{text.title}.pdf",
            facts.content,
            self.env["esign.document"]._facts_values(facts),
        )
        role_of = {
            side: template.role_ids.create(
                {
                    "template_id": template.id, "name": getattr(text, side), "side": side,
                    "sequence": sequence,
                }
            )
            for sequence, side in enumerate(("own", "client"), 1)
        }  # fmt: skip
        self.env["esign.field"].create(
            [
                {name: value for name, value in box.items() if name != "side"}
                | {"template_id": template.id, "role_id": role_of[box["side"]].id}
                for box in sample_boxes(sample)
            ]
        )
        return template
