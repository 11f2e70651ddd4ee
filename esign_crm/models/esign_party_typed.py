"""Addresses of the directory that nobody there has looked at: who signs the agreement unknown is entered as a sender typed him."""

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..tools.gateways.phone import e164
from .guards import through_door

TYPED_BY = {"email": "email_typed_by", "phone": "phone_typed_by"}


class EsignParty(models.Model):
    """Such an address stays the sender's word until somebody who may change the entry confirms it, or writes another."""

    _inherit = "esign.party"

    email_typed_by = fields.Char(string="E-mail typed by", readonly=True, copy=False)
    phone_typed_by = fields.Char(string="Phone typed by", readonly=True, copy=False)
    address_typed_at = fields.Datetime(string="Address typed", readonly=True, copy=False)
    typed_words = fields.Char(compute="_compute_typed_words")

    @api.depends("email_typed_by", "phone_typed_by", "email", "phone")
    @api.depends_context("lang")
    def _compute_typed_words(self):
        for party in self:
            typed = [name for name in TYPED_BY if party._typed_by(name)]
            party.typed_words = bool(typed) and self.env._(
                "%(addresses)s: typed by %(name)s when a document was sent, and confirmed by nobody in this directory yet.",
                addresses=", ".join(party[name] for name in typed),
                name=party._typed_by(typed[0]),
            )

    def write(self, vals):
        """Take an address that is written by hand as confirmed."""
        result = super().write(vals)
        written = {name for name in TYPED_BY if name in vals and TYPED_BY[name] not in vals}
        if written:
            self._confirm_sudo(written)
        return result

    def action_confirm_address(self):
        """Confirm the addresses of these parties as they stand. For whoever may change the entry.

        :raises AccessError: the caller may not
        """
        self.check_access("write")
        self._confirm_sudo(set(TYPED_BY))
        return True

    def _confirm_sudo(self, names):
        """Forget who typed these addresses, and note who says so; only confirming writes that, hence the sudo."""
        words = self.env._("%(name)s confirmed the address.", name=self.env.user.name)
        for party in self.filtered(lambda each: any(each[TYPED_BY[name]] for name in names)):
            party._message_log(body=words)
            through_door(party.sudo()).write({TYPED_BY[name]: False for name in names})

    def _typed_by(self, name):
        """Return who typed this address, ``""`` for one that is confirmed.

        :param str name: ``email`` or ``phone``
        """
        return (self[name] and self[TYPED_BY[name]]) or ""

    def _mark_typed_sudo(self, signer):
        """Note of an entry that was just made of a signer which addresses are the word of whoever typed them.

        Signers may write no party, hence the sudo.
        """
        partner_sudo = signer.sudo().partner_id
        typed = {
            typed_by: signer.address_by
            for name, typed_by in TYPED_BY.items()
            if self[name] and not self._is_of_contact(name, partner_sudo)
        }
        if typed:
            moment = {"address_typed_at": signer.address_since}
            through_door(self.sudo()).write(typed | moment)

    def _is_of_contact(self, name, partner_sudo):
        """Tell whether the contact has this address of the entry too."""
        return (
            bool(partner_sudo[name]) and self._normalised_address(name, partner_sudo) == self[name]
        )

    def _normalised_address(self, name, partner_sudo):
        if name == "email":
            return email_normalize(partner_sudo.email)
        return e164(partner_sudo.phone, self._country_code({}))

    def _take_from(self, others):
        """Take the word of whoever typed an address together with it."""
        before = {name: self[name] for name in TYPED_BY}
        result = super()._take_from(others)
        for name, typed_by in TYPED_BY.items():
            whose = others.filtered(lambda each, name=name: each[name] == self[name])[:1]
            typist = whose._typed_by(name)
            if self[name] and not before[name] and typist:
                values = {typed_by: typist, "address_typed_at": whose.address_typed_at}
                through_door(self.sudo()).write(values)
        return result
