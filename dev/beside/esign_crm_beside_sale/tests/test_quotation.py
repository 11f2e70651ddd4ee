"""The deal's quotation as the source of an act's lines, and as a document to be signed."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

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
    def quotation(cls, lines, taxes=None):
        taxes = cls.tax if taxes is None else taxes
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
                            "price_unit": price, "discount": discount, "tax_ids": [(6, 0, taxes.ids)],
                        })
                        for name, quantity, price, discount in lines
                    ),
                ],
            }
        )  # fmt: skip

    def act_of_quotation(self):
        values = self.defaults()
        lines = [line[2] for line in values["line_ids"]]
        names = ("origin", "origin_warning", "currency_id")
        act = self.make_act([], **{name: values[name] for name in names})
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

    def assert_same_sums(self, *lines, taxes=None):
        """Make an act of a quotation of ``lines`` and return it."""
        self.order = self.quotation(lines, taxes)
        act = self.act_of_quotation()
        self.assertEqual(act.amount_untaxed, self.order.amount_untaxed)
        self.assertEqual(act.amount_tax, self.order.amount_tax)
        self.assertFalse(act.origin_warning)
        return act

    def test_odd_discounts_come_to_the_same_amount(self):
        act = self.assert_same_sums(("Screws", 30001, 0.07, 33.3), ("Hours", 7, 19.99, 12.5))
        self.assertEqual(act.line_ids.mapped("price"), [0.04669, 17.49125])

    def test_sums_are_rounded_as_the_company_rounds_them(self):
        tax = self.tax.copy({"name": "VAT 23", "amount": 23})
        lines = [("Works", 12.12, 12.12, 0), ("More", 12.12, 12.12, 0)]
        self.company.tax_calculation_rounding_method = "round_globally"
        act = self.assert_same_sums(*lines, taxes=tax)
        self.assertEqual((act.amount_untaxed, act.amount_tax), (293.79, 67.57))
        self.company.tax_calculation_rounding_method = "round_per_line"
        act = self.assert_same_sums(*lines, taxes=tax)
        self.assertEqual((act.amount_untaxed, act.amount_tax), (293.78, 67.56))

    def test_prices_with_tax_inside_come_to_the_same_amount(self):
        tax = self.tax.copy(
            {"name": "VAT 23 inside", "amount": 23, "price_include_override": "tax_included"}
        )
        lines = [(f"Hours {number}", number, 100, 0) for number in (1, 3, 7)]
        act = self.assert_same_sums(*lines, taxes=tax)
        self.assertEqual(act.amount_total, 1100)

    def test_two_plain_taxes_are_one_rate(self):
        taxes = self.tax.copy({"name": "A", "amount": 9}) | self.tax.copy(
            {"name": "B", "amount": 5}
        )
        act = self.assert_same_sums(("Works", 1, 100, 0), taxes=taxes)
        self.assertEqual(act.line_ids.tax_percent, 14)

    def test_tax_that_is_no_plain_percentage_is_left_out_and_said(self):
        vat = self.tax.copy({"name": "IVA 22", "amount": 22})
        withheld = self.tax.copy({"name": "Ritenuta", "amount": -20})
        on_top = self.tax.copy({"name": "On top", "amount": 10, "include_base_amount": True})
        fixed = self.tax.copy({"name": "Fixed", "amount_type": "fixed", "amount": 3})
        for taxes in (vat | withheld, withheld, on_top | vat, fixed, fixed | vat):
            self.order = self.quotation([("Works", 3, 33.33, 0)], taxes)
            act = self.act_of_quotation()
            self.assertEqual(act.line_ids.tax_percent, 0)
            self.assertEqual(act.amount_untaxed, self.order.amount_untaxed)
            self.assertIn("Works", act.origin_warning)
            self.assertIn(
                self.order.currency_id.format(self.order.amount_total), act.origin_warning
            )

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

    def send_quotation(self):
        """Return the form in which the rep chose the quotation, people filled in."""
        people = {
            "own_name": "Dora Director", "own_email": self.DIRECTOR, "own_channel": "email",
            "client_name": "Claude Client", "client_phone": self.CLIENT, "client_channel": "sms",
        }  # fmt: skip
        wizards = self.env["esign.send.wizard"].with_user(self.rep)
        wizard = wizards.create({"lead_id": self.lead.id} | people)
        with (
            patch(STATE, return_value="ok"),
            patch(REPORT, autospec=True, return_value=(plain_pdf(), "pdf")),
        ):
            wizard.takes_quotation = True
            wizard._onchange_takes_quotation()
        return wizard

    def test_quotations_lie_alike_though_their_titles_are_numbers(self):
        draft = self.env["esign.request"].browse(
            self.send_quotation().action_save_draft()["res_id"]
        )
        self.assertEqual((draft.title, draft.layout_kind), (self.order.name, "quotation:"))
        box = draft.field_ids[0].copy_data()[0]
        self.env["esign.field"].create(
            box | {"type": "text", "name": "Remarks", "y": 0.1, "required": False}
        )
        draft.action_send()
        self.order._action_cancel()
        self.order = self.quotation([("Newer", 1, 1, 0)])
        wizard = self.send_quotation()
        self.assertIn(draft.name, wizard.document_facts)
        wizard.action_send()
        request = self.lead.esign_request_ids - draft
        self.assertIn("Remarks", request.field_ids.mapped("name"))

    def test_amount_of_a_printed_quotation_counts_though_it_was_cancelled_since(self):
        manager = new_test_user(self.env, "quotation_manager", groups="esign_crm.group_manager")
        self.company.write({"esign_approval_by": "managers", "esign_approval_amount": 100})
        self.lead.expected_revenue = 5
        wizard = self.send_quotation()
        self.order._action_cancel()
        wizard.action_send()
        approval = self.lead.esign_request_ids.approval_id
        self.assertIn(manager, approval.approver_ids)
        self.assertEqual(approval.amount, self.order.amount_total)
        self.assertGreater(approval.amount, 100)

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
