"""Which number an act has, and when it gives it back."""

from odoo import api, models
from odoo.exceptions import UserError


class EsignAct(models.Model):
    """The number is that of the company and of the date's year, also after either changed."""

    _inherit = "esign.act"

    def write(self, vals):
        """Let the next preview number an act anew that went to another company or year."""
        is_moved = bool({"company_id", "date"} & vals.keys())
        before = {act: act._number_place() for act in self if is_moved and act.number}
        result = super().write(vals)
        for act, place in before.items():
            if act._number_place() != place:
                act._leave_number(*place)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_gives_number_back(self):
        """Give the last numbers back: the last one first, so that all of them can go."""
        for act in self.filtered("number").sorted("number", reverse=True):
            if act.version == 1:
                act.company_id._esign_give_back_act_number(act.number, act.date)

    def _number_place(self):
        """Return the company and the year's first day that the number belongs to."""
        return self.company_id, self.date.replace(month=1, day=1)

    def _leave_number(self, company, year):
        """Drop the number that an act has of a company and year. A corrected act keeps that of its first version.

        :raises UserError: a corrected act went to another company
        """
        if self.version == 1:
            company._esign_give_back_act_number(self.number, year)
            self._set_system_sudo(number=False)
            self._forget_paper()
        elif self.company_id != company:
            raise UserError(
                self.env._("A corrected act stays with the company of its first version.")
            )

    def _take_number(self):
        """Give the act its number, of its company and year, unless it has one."""
        for act in self:
            if not act.number:
                sequence_sudo = act.company_id.sudo()._esign_act_sequence_sudo()
                act._set_system_sudo(number=sequence_sudo.next_by_id(sequence_date=act.date))
