"""Sending a template from the deal: its PDF, its roles and its fields."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.turn_order import Turn, clients_before_own


class EsignSendWizard(models.TransientModel):
    """A template stands in for the upload; with both, the upload gets the template's fields."""

    _inherit = "esign.send.wizard"

    template_id = fields.Many2one("esign.template", domain="[('document_id', '!=', False)]")
    template_problem = fields.Char(compute="_compute_template_problem")
    last_template_id = fields.Many2one("esign.template", compute="_compute_last_template_id")
    takes_last = fields.Boolean(string="As last time")

    @api.depends("template_id", "lead_id", "person_ids")
    def _compute_template_problem(self):
        for wizard in self:
            wizard.template_problem = wizard._template_problem()

    @api.depends("lead_id")
    @api.depends_context("uid")
    def _compute_last_template_id(self):
        """Offer the template of the last document that went to the same client."""
        for wizard in self:
            wizard.last_template_id = self.env["esign.request"]._last_template(wizard.lead_id)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        self.takes_last = bool(self.template_id) and self.template_id == self.last_template_id
        if self.template_id and not self.document_ids:
            self.title = self.template_id.name

    @api.onchange("takes_last")
    def _onchange_takes_last(self):
        """Choose the last template, or none again."""
        if self.takes_last:
            self.template_id = self.last_template_id
        elif self.template_id == self.last_template_id:
            self.template_id = False

    def _template_problem(self):
        """Return why the template cannot be sent, or nothing."""
        if not self.template_id:
            return False
        try:
            self.template_id._check_usable()
        except UserError as error:
            return str(error)
        return self._role_order_problem()

    def _role_order_problem(self):
        """Return that a client's role comes before one of ours, or nothing."""
        if self.template_id._lets_client_first(self._company()):
            return False
        people = self._everybody()
        turns = [
            Turn(number, who.sequence, who.side, "signer", "waiting")
            for number, who in enumerate(people)
        ]
        early = [people[number].role or people[number].name for number in clients_before_own(turns)]
        return bool(early) and self.env._(
            "%(names)s would sign before our side: our side always signs first.",
            names=", ".join(early),
        )

    def _document_argument(self):
        """Return nothing where the template's PDF is taken, which was examined when it came in."""
        if self.template_id and not self.document_ids:
            return None
        return super()._document_argument()
