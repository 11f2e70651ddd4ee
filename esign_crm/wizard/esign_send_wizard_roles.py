"""A person for each role of the template: the first of each side in the form itself, the others below."""

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.layout_kind import layout_kind
from .esign_send_wizard_people import SIDES

KEPT = ("partner_id", "name", "email", "phone", "channel", "lang")


class EsignSendWizard(models.TransientModel):
    """Who is asked in which role, in the template's order."""

    _inherit = "esign.send.wizard"

    person_ids = fields.One2many(
        "esign.send.wizard.person",
        "wizard_id",
        string="Further signers",
        compute="_compute_person_ids",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    own_role = fields.Char(string="Our role", compute="_compute_roles")
    client_role = fields.Char(string="Client's role", compute="_compute_roles")

    @api.depends("template_id")
    def _compute_person_ids(self):
        """Keep who was entered for a role of the template; propose for the others who signed in it last."""
        for wizard in self:
            roles, kept = wizard._further_roles(), wizard.person_ids
            if kept.role_id._origin == roles._origin and len(kept) == len(roles):
                continue
            wizard.person_ids = [
                Command.clear(),
                *(Command.create(wizard._proposed(role)) for role in roles),
            ]

    @api.depends("template_id")
    def _compute_roles(self):
        """Name the roles of the two people of the form where there are others besides."""
        for wizard in self:
            has_others = bool(wizard._further_roles())
            for side in SIDES:
                role = wizard._roles_of(side)[:1]
                wizard[f"{side}_role"] = has_others and wizard._role_words(role)

    # --- roles -------------------------------------------------------------------------------------------------------

    def _roles_of(self, side):
        """Return the template's roles of one side in their order."""
        roles = self.template_id.role_ids.filtered(lambda role: role.side == side)
        return roles.sorted(lambda role: (role.sequence, role._origin.id))

    def _further_roles(self):
        """Return the roles that the form itself has no place for, in the template's order."""
        further = self.template_id.role_ids.browse()
        for side in SIDES:
            further |= self._roles_of(side)[1:]
        return further.sorted(lambda role: (role.sequence, role._origin.id))

    def _role_words(self, role):
        """Return a role with its place in the order; roles of one place sign at the same time."""
        if not role:
            return False
        places = sorted(set(self.template_id.role_ids.mapped("sequence")))
        place = places.index(role.sequence) + 1 if role.sequence in places else 1
        return self.env._("%(place)s. %(role)s", place=place, role=role.name)

    def _proposed(self, role):
        """Return who signed in this role last, for the same client where it is one of the client's, as values of a row."""
        kind = layout_kind("", template_id=self.template_id._origin.id)
        last = self.env["esign.request"]._last_layout(self.lead_id, kind)
        client = self.lead_id.partner_id.commercial_partner_id
        # whom a signer named was named for one document only
        asked = last.signer_ids.filtered(lambda each: not each.delegated_from_id)
        signer = asked.filtered(
            lambda each: (each.role, each.side, each.kind) == (role.name, role.side, "signer")
        )
        if role.side == "client" and client != last.lead_id.partner_id.commercial_partner_id:
            signer = signer.browse()
        values = {"role_id": role._origin.id}
        if not signer:
            return values
        person = self.lead_id._origin._esign_signed_before(signer.sudo(), self._company())
        return values | {name: person[name] for name in KEPT}

    # --- everybody ---------------------------------------------------------------------------------------------------

    def _everybody(self):
        """Return all who are asked to sign, in their order."""
        people = [self._asked(side) for side in SIDES]
        people += [person._asked() for person in self.person_ids]
        return sorted(people, key=lambda who: who.sequence)
