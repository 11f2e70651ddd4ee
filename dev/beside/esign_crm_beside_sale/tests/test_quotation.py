"""The deal's quotation as the source of an act's lines, and as a document to be signed."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.esign_crm.tests.act_common import EsignActCommon
from odoo.addons.esign_crm.tests.pdf_samples import plain_pdf

REPORTS = "odoo.addons.base.models.ir_actions_report.IrActionsReport."
REPORT, STATE = f"{REPORTS}_render_qweb_pdf", f"{REPORTS}get_wkhtmltopdf_state"


@tagged("post_install", "-at_install")
class TestQuotation(EsignActCommon):
    """A deal with a quotation of two lines, a note and a discount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create({"name": "VAT 20", "amount": 20})
        cls.product = cls.env["product.product"].create(
            {"name": "Oven", "type": "service", "taxes_id": [(6, 0, cls.tax.ids)]}
        )
        cls.order = cls.quotation([("Installing", 2, 100, 0), ("Training", 3, 33.33, 10)])

    @classmethod
    def quotation(cls, lines):
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.partner.id,
                "opportunity_id": cls.lead.id,
                "user_id": cls.rep.id,
                "order_line": [
                    (0, 0, {"display_type": "line_note", "name": "A note"}),
                    *(
                        (0, 0, {
                            "product_id": cls.product.id, "name": name, "product_uom_qty": quantity,
                            "price_unit": price, "discount": discount, "tax_ids": [(6, 0, cls.tax.ids)],
                        })
                        for name, quantity, price, discount in lines
                    ),
                ],
            }
        )  # fmt: skip

    def act_of_quotation(self):
        values = self.defaults()
        lines = [line[2] for line in values["line_ids"]]
        act = self.make_act([], **{name: values[name] for name in ("origin", "currency_id")})
        act.line_ids = [(0, 0, line) for line in lines]
        return act

    def test_lines_come_from_the_quotation(self):
        act = self.act_of_quotation()
        self.assertEqual(act.line_ids.mapped("name"), ["Installing", "Training"])
        self.assertEqual(act.line_ids.mapped("quantity"), [2, 3])
        self.assertEqual(act.line_ids.mapped("tax_percent"), [20, 20])
        self.assertEqual(
            act.line_ids.mapped("amount"),
            self.order.order_line.filtered("product_id").mapped("price_subtotal"),
        )
        self.assertEqual(act.amount_untaxed, self.order.amount_untaxed)
        self.assertEqual(act.amount_total, self.order.amount_total)
        self.assertEqual(act.origin, self.order.display_name)

    def test_odd_discounts_come_to_the_same_amount(self):
        self.order = self.quotation([("Screws", 30001, 0.07, 33.3), ("Hours", 7, 19.99, 12.5)])
        act = self.act_of_quotation()
        self.assertEqual(act.amount_untaxed, self.order.amount_untaxed)
        self.assertEqual(act.amount_total, self.order.amount_total)

    def test_confirmed_quotation_comes_before_a_newer_one(self):
        self.order.action_confirm()
        self.quotation([("Newer", 1, 1, 0)])
        self.assertEqual(self.lead._esign_quotation(), self.order)

    def test_cancelled_quotation_is_none(self):
        self.order._action_cancel()
        self.assertFalse(self.lead._esign_quotation())
        self.assertNotIn("line_ids", self.defaults())

    def test_quotation_goes_before_the_clients_last_act(self):
        self.make_act([("Earlier", 1, 1, 0)])
        self.assertEqual(self.defaults()["origin"], self.order.display_name)

    def test_wizard_takes_the_quotations_pdf(self):
        wizard = self.env["esign.send.wizard"].with_user(self.rep).new({"lead_id": self.lead.id})
        self.assertEqual(wizard.quotation_name, self.order.display_name)
        with (
            patch(STATE, return_value="ok"),
            patch(REPORT, autospec=True, return_value=(plain_pdf(), "pdf")),
        ):
            wizard.takes_quotation = True
            wizard._onchange_takes_quotation()
        self.assertEqual(wizard.document_ids._origin.raw, plain_pdf())
        self.assertEqual(wizard.title, self.order.name)

    def test_quotation_that_cannot_be_printed_is_refused_in_words(self):
        wizard = (
            self.env["esign.send.wizard"]
            .with_user(self.rep)
            .new({"lead_id": self.lead.id, "takes_quotation": True})
        )
        with (
            patch(STATE, return_value="install"),
            self.assertRaisesRegex(UserError, self.order.name),
        ):
            wizard._onchange_takes_quotation()
