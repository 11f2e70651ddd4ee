"""Kinds of document that must not be signed with a simple signature."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.layout_kind import is_of_kind, kind_of


class EsignDocumentKind(models.Model):
    """A kind is known by the words of its name in a document's title; sending such a document is refused, with the reason."""

    _name = "esign.document.kind"
    _description = "Kind of document not for a simple signature"
    _order = "name, id"

    name = fields.Char(
        string="Kind of document",
        required=True,
        help="The words by which it is known in titles and file names, e.g. “Bank guarantee”.",
    )
    reason = fields.Char(
        required=True,
        help="Why a simple signature is not enough. Whoever wants to send such a document reads it.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    active = fields.Boolean(default=True)

    @api.constrains("name")
    def _check_name(self):
        for kind in self:
            if not kind_of(kind.name):
                raise UserError(
                    self.env._(
                        "“%(name)s” has no word by which a document could be known.", name=kind.name
                    )
                )

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Let those alone mark kinds whom the settings allow it."""
        kinds = super().create(vals_list)
        kinds._check_may_mark()
        return kinds

    def write(self, vals):
        """Let those alone change marks whom the settings allow it, in the former and in the new company."""
        self._check_may_mark()
        result = super().write(vals)
        self._check_may_mark()
        return result

    def unlink(self):
        """Let those alone take marks away whom the settings allow it."""
        self._check_may_mark()
        return super().unlink()

    def _check_may_mark(self):
        for kind in self:
            (kind.company_id or self.env.company)._check_may_mark_kinds()

    # --- for senders -------------------------------------------------------------------------------------------------

    @api.model
    def _refusal(self, company, titles):
        """Return why a document with one of these ``titles`` must not be sent, in one sentence; empty: it may be.

        Whoever sends goes by every mark of ``company``, whatever he may read: sudo.
        """
        kinds_sudo = self.sudo().search([("company_id", "in", [company.id, False])], limit=None)
        for kind in kinds_sudo:
            if any(is_of_kind(title, kind.name) for title in titles if title):
                return self._refusal_words(kind.name, kind.reason)
        return ""

    @api.model
    def _refusal_words(self, name, reason):
        if not reason:
            return self.env._("“%(name)s” is not for a simple signature.", name=name)
        return self.env._(
            "“%(name)s” is not for a simple signature: %(reason)s", name=name, reason=reason
        )
