"""The sample templates in six languages."""

from odoo.tests import tagged

from ..tools.pdf.sample import sample_boxes, sample_pdf
from ..tools.sample_texts import SAMPLES
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateSamples(TemplateCommon):
    """Each can be sent as it is, and says that it is a sample."""

    def test_each_language_has_a_sample_that_can_be_sent(self):
        self.assertEqual(set(SAMPLES), {"en", "fr", "it", "pl", "ru", "de"})
        for texts in SAMPLES.values():
            template = self.env["esign.template"]._make_sample(texts)
            self.assertIn(texts.mark, template.document_id.page_facts[0]["text"])
            request = self.use(
                template,
                signers=[signer | {"role": None} for signer in self.signers()],
                send=True,
            )
            self.assertEqual((request.state, len(request.field_ids)), ("sent", 5))
            self.assertEqual(request.signer_ids.mapped("role"), [texts.own, texts.client])

    def test_samples_come_once(self):
        templates = self.env["esign.template"].with_context(active_test=False)
        count = templates.search_count([])
        templates._load_samples()
        self.assertEqual(templates.search_count([]), count)

    def test_same_bytes_each_time_and_boxes_on_the_page(self):
        for texts in SAMPLES.values():
            self.assertEqual(sample_pdf(texts), sample_pdf(texts))
            for box in sample_boxes(texts):
                self.assertLessEqual(box["x"] + box["width"], 1)
                self.assertLessEqual(box["y"] + box["height"], 1)
