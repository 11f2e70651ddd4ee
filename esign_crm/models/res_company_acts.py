"""Each company numbers its acts by itself, each year anew."""

from odoo import api, models

SEQUENCE = "esign.act"


class ResCompany(models.Model):
    """Has a sequence for its acts from the beginning, so that two reps never make one at once."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """Give new companies their sequence."""
        companies = super().create(vals_list)
        companies._create_esign_act_sequences()
        return companies

    @api.model
    def _create_all_esign_act_sequences(self):
        """Give every company its sequence. Run by the data files at installation and at each update."""
        self.search([], limit=None)._create_esign_act_sequences()

    def _create_esign_act_sequences(self):
        """Give those of these companies a sequence that have none."""
        sequences_sudo = self.env[
            "ir.sequence"
        ].sudo()  # whoever may create a company need not own sequences
        taken = sequences_sudo.search(
            [("code", "=", SEQUENCE), ("company_id", "in", self.ids)]
        ).company_id
        sequences_sudo.create(
            [
                {
                    "name": f"Acts of {company.name}",
                    "code": SEQUENCE,
                    "prefix": "%(range_year)s/",
                    "padding": 4,
                    "use_date_range": True,
                    "company_id": company.id,
                }
                for company in self - taken
            ]
        )

    def _esign_rounds_by_line(self):
        """Tell whether amounts and taxes are rounded line by line: a setting of Odoo's accounting, if that is there."""
        name = "tax_calculation_rounding_method"
        return name in self._fields and self.sudo()[name] == "round_per_line"

    def _esign_act_sequence_sudo(self):
        """Return the sequence of this company's acts; reps need not read sequences, hence the sudo."""
        self.ensure_one()
        domain = [("code", "=", SEQUENCE), ("company_id", "=", self.id)]
        sequence_sudo = self.env["ir.sequence"].sudo().search(domain, limit=1)
        if not sequence_sudo:  # somebody deleted it
            self._create_esign_act_sequences()
            sequence_sudo = self.env["ir.sequence"].sudo().search(domain, limit=1)
        return sequence_sudo
