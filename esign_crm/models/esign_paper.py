"""Which amount a paper carries that was printed here: an act, a quotation."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guards import through_door, without_defaults


class EsignPaper(models.Model):
    """Known by the SHA-256 of its bytes, so that the amount goes wherever they go: into a copy, to another deal.

    Nobody has any right on it; nothing here changes.
    """

    _name = "esign.paper"
    _inherit = "esign.fixed.mixin"
    _description = "Amount of a printed paper"
    _order = "id"
    _rec_name = "sha256"

    sha256 = fields.Char(string="SHA-256", required=True, readonly=True, index=True)
    amount = fields.Monetary(required=True, readonly=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, ondelete="restrict"
    )  # fmt: skip

    def _refusal(self):
        return AccessError(self.env._("The amount on a paper is noted when it is printed."))

    @api.model
    def _note_sudo(self, content, amount, currency):
        """Keep which amount the printed bytes carry; whoever prints has no rights here, hence the sudo.

        :param bytes content: the PDF as it was printed
        """
        papers_sudo = without_defaults(self.sudo())
        sha256 = hashlib.sha256(content).hexdigest()
        values = {"sha256": sha256, "amount": amount, "currency_id": currency.id}
        if not papers_sudo.search([(name, "=", value) for name, value in values.items()], limit=1):
            through_door(papers_sudo).create(values)

    @api.model
    def _amounts_sudo(self, *hashes):
        """Return (amount, currency) of the papers with one of these SHA-256; nobody gets round an approval: sudo."""
        known = [each for each in hashes if each]
        papers_sudo = self.sudo().search([("sha256", "in", known)], limit=None) if known else ()
        return [(paper_sudo.amount, paper_sudo.currency_id) for paper_sudo in papers_sudo]
