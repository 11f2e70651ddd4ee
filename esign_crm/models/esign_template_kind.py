"""Templates that must not be signed with a simple signature."""

from odoo import api, fields, models

MARK = ("not_simple", "not_simple_reason")


class EsignTemplate(models.Model):
    """The mark is set by those whom the settings allow it; it goes along to copies."""

    _inherit = "esign.template"

    not_simple = fields.Boolean(
        string="Not for a simple signature",
        copy=False,
        help="Sending this document is refused, with the reason.",
    )
    not_simple_reason = fields.Char(
        string="Why not", copy=False, help="Whoever wants to send it reads this."
    )
    may_mark = fields.Boolean(compute="_compute_may_mark")

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_may_mark(self):
        for template in self:
            company = template.company_id or self.env.company
            template.may_mark = company._may_mark_kinds()

    @api.model_create_multi
    def create(self, vals_list):
        """Let those alone mark templates whom the settings allow it."""
        templates = super().create(vals_list)
        templates.filtered(lambda each: any(each[name] for name in MARK))._check_may_mark()
        return templates

    def write(self, vals):
        """Let those alone change the mark whom the settings allow it."""
        if any(name in vals for name in MARK):
            self._check_may_mark()
        return super().write(vals)

    def _check_may_mark(self):
        for template in self:
            (template.company_id or self.env.company)._check_may_mark_kinds()

    def _copy_whole(self, values):
        """Mark the copy of what is marked."""
        template = super()._copy_whole(values)
        template._take_mark_sudo(self)
        return template

    @api.model
    def _from_request(self, request):
        """Mark what comes from a marked template."""
        template = super()._from_request(request)
        template._take_mark_sudo(request.template_id)
        return template

    def _take_mark_sudo(self, source):
        """Take over the mark, which whoever copies may not be allowed to set, hence the sudo."""
        if source.not_simple:
            self._set_system_sudo(**{name: source[name] for name in MARK})

    def _kind_refusal(self):
        """Return why this template must not be sent, in one sentence; empty: it may be."""
        if not self.not_simple:
            return ""
        kinds = self.env["esign.document.kind"]
        return kinds._refusal_words(self.name, self.not_simple_reason)
