"""The sample templates in six languages."""

from odoo.tests import new_test_user, tagged

from ..models.esign_template_samples import LOADED
from ..tools.samples import KINDS, of_kind
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateSamples(TemplateCommon):
    """Each can be sent as it is, and says on each page that a lawyer should look at it."""

    def test_each_kind_can_be_sent(self):
        for kind in KINDS:
            with self.subTest(kind=kind.key):
                sample = of_kind(kind)["pl"]
                template = self.env["esign.template"]._make_sample(sample)
                self.assertEqual(template.is_agreement, kind.key == "agreement")
                for facts in template.document_id.page_facts:
                    self.assertIn(sample.words.mark, facts["text"])
                request = self.use(
                    template,
                    signers=[signer | {"role": None} for signer in self.signers()],
                    send=True,
                )
                self.assertEqual(request.state, "sent")
                self.assertEqual(
                    request.signer_ids.mapped("role"), [sample.text.own, sample.text.client]
                )

    def test_reps_copy_is_for_his_company(self):
        sample = self.env["esign.template"]._make_sample(of_kind(KINDS[0])["en"])
        self.assertFalse(sample.company_id)
        copied = sample.with_user(self.rep).copy()
        self.assertEqual((copied.company_id, copied.user_id), (self.rep.company_id, self.rep))

    def test_copy_is_for_the_company_that_one_works_in(self):
        sample = self.env["esign.template"]._make_sample(of_kind(KINDS[0])["en"])
        other = self.env["res.company"].create({"name": "Second company"})
        self.rep.company_ids |= other
        self.assertNotEqual(self.rep.company_id, other)
        second = new_test_user(
            self.env, "sam", groups="sales_team.group_sale_salesman",
            company_id=other.id, company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        for user in (self.rep, second):
            with self.subTest(user=user.login):
                copied = sample.with_user(user).with_company(other).copy()
                self.assertEqual((copied.company_id, copied.user_id), (other, user))
                self.assertEqual(len(copied.field_ids), len(sample.field_ids))
                self.assertEqual(copied.document_id.sha256, sample.document_id.sha256)
        elsewhere = sample.with_user(second).with_company(other).search([])
        self.assertIn(copied, elsewhere)

    def test_samples_come_once(self):
        templates = self.env["esign.template"].with_context(active_test=False)
        count = templates.search_count([])
        templates._load_samples()
        self.assertEqual(templates.search_count([]), count)

    def test_update_brings_the_kinds_that_were_not_there(self):
        self.env["ir.config_parameter"].set_param(LOADED, "1")  # what the first version wrote
        templates = self.env["esign.template"]
        count = templates.search_count([])
        templates._load_samples()
        self.assertEqual(templates.search_count([]), count + 6 * (len(KINDS) - 1))
        known = self.env["ir.config_parameter"].get_param(LOADED)
        self.assertEqual(known, ",".join(kind.key for kind in KINDS))
