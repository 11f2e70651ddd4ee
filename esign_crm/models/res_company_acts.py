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
                    "implementation": "no_gap",
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

    @api.model
    def _close_gaps_of_esign_acts(self):
        """Let all sequences of acts go on without gaps from where they are. Called once, by an update."""
        # run by the system itself
        sequences_sudo = self.env["ir.sequence"].sudo()
        for sequence in sequences_sudo.search(
            [("code", "=", SEQUENCE), ("implementation", "=", "standard")]
        ):
            following = {part: part.number_next_actual for part in sequence.date_range_ids}
            sequence.implementation = "no_gap"
            for part, number in following.items():
                part.number_next = number

    def _esign_give_back_act_number(self, number, day):
        """Let the next act have ``number`` again, if it is the last one of that day's year; else it stays a gap."""
        sequence_sudo = self._esign_act_sequence_sudo()
        parts = sequence_sudo.date_range_ids.filtered(
            lambda part: part.date_from <= day <= part.date_to
        )
        last = parts[:1].number_next - sequence_sudo.number_increment
        dated = sequence_sudo.with_context(ir_sequence_date_range=parts[:1].date_from)
        is_gapless = sequence_sudo.implementation == "no_gap"
        if parts and is_gapless and dated.get_next_char(last) == number:
            parts[0].number_next = last
