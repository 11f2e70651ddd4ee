"""Takes the deal's quotation as the document, where Sales is installed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

REPORT = "sale.action_report_saleorder"


class EsignSendWizard(models.TransientModel):
    """Offers the quotation instead of an upload."""

    _inherit = "esign.send.wizard"

    quotation_name = fields.Char(string="Quotation", compute="_compute_quotation_name")
    takes_quotation = fields.Boolean(string="Send the quotation")

    quotation_paper_id = fields.Many2one(
        "ir.attachment", readonly=True, help="The quotation's PDF as it was printed for this form."
    )

    @api.depends("lead_id")
    def _compute_quotation_name(self):
        for wizard in self:
            order = wizard.lead_id and wizard.lead_id._esign_quotation()
            wizard.quotation_name = order and order.display_name

    @api.onchange("takes_quotation")
    def _onchange_takes_quotation(self):
        """Print the quotation and choose it as the document, as if it had been uploaded."""
        order = self.lead_id._esign_quotation()
        if not order:
            return
        name = f"{order.name}.pdf"
        if (
            not self.takes_quotation
        ):  # nor was it when the form was opened, perhaps with another document
            self.document_ids -= self.document_ids.filtered(lambda each: each.name == name)
            return
        upload = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": self._quotation_pdf(order),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": 0,
            }
        )
        self.quotation_paper_id = upload
        self.document_ids = [(6, 0, upload.ids)]

    def _layout_source(self):
        is_quotation = self.quotation_paper_id and (
            self.document_ids._origin == self.quotation_paper_id._origin
        )
        return "quotation" if is_quotation else super()._layout_source()

    @api.model
    def _quotation_pdf(self, order):
        """Return the report of Sales, made with the sender's own rights.

        :raises UserError: the server cannot print reports
        """
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content = b""
        if reports.get_wkhtmltopdf_state() != "install":
            content, _kind = reports._render_qweb_pdf(REPORT, order.ids)
        if not content.startswith(b"%PDF-"):
            raise UserError(
                self.env._(
                    "The quotation %(name)s cannot be printed on this server: print it to a PDF and upload that.",
                    name=order.name,
                )
            )
        self.env["esign.paper"]._note_sudo(content, order.amount_total, order.currency_id)
        return content
