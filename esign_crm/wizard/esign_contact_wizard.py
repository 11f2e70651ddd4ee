"""Proposes another address for a signer of a sent request."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.esign_signer_contact import ADDRESS_OF


class EsignContactWizard(models.TransientModel):
    """An address that is known of the person, or a new one; a second person has to approve either."""

    _name = "esign.contact.wizard"
    _description = "Correct a signer's contact"

    signer_id = fields.Many2one("esign.signer", required=True, readonly=True)
    masked_address = fields.Char(related="signer_id.masked_address", string="Reached at now")
    known_contact_ids = fields.Many2many("res.partner", compute="_compute_known_contact_ids")
    contact_id = fields.Many2one(
        "res.partner",
        string="Take it from",
        domain="[('id', 'in', known_contact_ids)]",
        help="Contacts of the person and of the company, whose addresses are known.",
    )
    channel = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS")], string="Reached by", required=True
    )
    email = fields.Char(
        string="E-mail", compute="_compute_address", store=True, readonly=False, compute_sudo=False
    )
    phone = fields.Char(compute="_compute_address", store=True, readonly=False, compute_sudo=False)
    reason = fields.Char(required=True)
    problem = fields.Char(compute="_compute_problem", compute_sudo=False)

    @api.model
    def default_get(self, fields_list):
        """Start from the address on file."""
        values = super().default_get(fields_list)
        signer = self.env["esign.signer"].browse(
            values.get("signer_id") or self.env.context.get("default_signer_id")
        )
        if signer:
            start = {
                "channel": "email" if signer.channel == "email" else "sms",
                "email": signer.email,
                "phone": signer.phone,
            }
            values |= {name: start[name] for name in start if name in fields_list}
        return values

    @api.depends("signer_id")
    def _compute_known_contact_ids(self):
        for wizard in self:
            wizard.known_contact_ids = wizard.signer_id._known_contacts()

    @api.depends("contact_id")
    def _compute_address(self):
        for wizard in self:
            if wizard.contact_id:
                wizard.email, wizard.phone = wizard.contact_id.email, wizard.contact_id.phone

    @api.depends("channel", "email", "phone", "signer_id")
    def _compute_problem(self):
        """Say at once what would be refused; an empty address is the form's to mark."""
        for wizard in self:
            wizard.problem = False
            if not wizard._address() or wizard._is_unchanged():
                continue
            try:
                wizard.signer_id._checked_contact(wizard.channel, wizard._address())
            except UserError as error:
                wizard.problem = str(error)

    def _address(self):
        """Return the address of the chosen channel."""
        return self[ADDRESS_OF[self.channel]] if self.channel else False

    def _is_unchanged(self):
        """Tell whether the form still shows the address on file, as it does when it opens."""
        return (self.channel, self._address()) == (
            self.signer_id.channel,
            self.signer_id._address(),
        )

    def action_propose(self):
        """Ask a second person to approve the address.

        :raises UserError: one sentence on what is wrong
        """
        self.ensure_one()
        change = self.env["esign.contact.change"].browse(
            self.signer_id.action_correct_contact(self.channel, self._address(), self.reason)
        )
        asked = change.sudo().activity_ids.user_id.mapped("name")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("A second person has to approve it"),
                "message": self.env._(
                    "%(names)s was asked. Until then the links go on working as before.",
                    names=", ".join(asked),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
