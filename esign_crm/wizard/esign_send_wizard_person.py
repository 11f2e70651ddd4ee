"""The further people of the sending form: a template may have several roles of one side."""

from odoo import api, fields, models

from .esign_send_wizard_people import CHANNELS, STAYS_EDITABLE, Asked


class EsignSendWizardPerson(models.TransientModel):
    """Whoever signs in one more role of the chosen template; checked like the two people of the form itself."""

    _name = "esign.send.wizard.person"
    _description = "Further signer in the sending form"

    wizard_id = fields.Many2one("esign.send.wizard", required=True, ondelete="cascade", index=True)
    role_id = fields.Many2one("esign.template.role", required=True, ondelete="cascade")
    role_words = fields.Char(string="Role", compute="_compute_role_words")
    partner_id = fields.Many2one("res.partner", string="Contact")
    name = fields.Char(compute="_compute_person", **STAYS_EDITABLE)
    email = fields.Char(string="E-mail", compute="_compute_person", **STAYS_EDITABLE)
    phone = fields.Char(compute="_compute_person", **STAYS_EDITABLE)
    channel = fields.Selection(
        CHANNELS, string="Reached by", required=True, compute="_compute_channel", **STAYS_EDITABLE
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_lang",
        **STAYS_EDITABLE,
    )
    problem = fields.Char(compute="_compute_remark")
    remark = fields.Char(string="Link and code", compute="_compute_remark")

    @api.depends("role_id", "wizard_id.template_id")
    def _compute_role_words(self):
        for person in self:
            person.role_words = person.wizard_id._role_words(person.role_id)

    @api.depends("partner_id")
    def _compute_person(self):
        for person in self:
            person._fill("name", "email", "phone")

    @api.depends("partner_id")
    def _compute_channel(self):
        for person in self:
            person._fill("channel")
            person.channel = person.channel or "email"

    @api.depends("partner_id")
    def _compute_lang(self):
        for person in self:
            person._fill("lang")

    def _fill(self, *names):
        """Take what directory and contact know of the person; without a contact keep what was typed."""
        partner, wizard = self.partner_id._origin, self.wizard_id
        side = self.role_id.side or "client"
        known = (
            wizard.lead_id._origin._esign_contact_person(partner, wizard._company(), side)
            if partner
            else {}
        )
        for name in names:
            self[name] = known[name] if known else self[name]

    @api.depends(
        "name", "email", "phone", "channel", "partner_id", "role_id", "wizard_id.lead_id",
        "wizard_id.own_email", "wizard_id.own_phone",
    )  # fmt: skip
    def _compute_remark(self):
        """Say in one line where link and code go and where that address comes from, or what is wrong with it."""
        for person in self:
            wizard, who = person.wizard_id, person._asked()
            person.problem = wizard._person_problem(who)
            said = (
                wizard._address_words(who),
                wizard._origin_words(who),
                wizard._agreement_warning(who),
            )
            person.remark = (
                person.problem or " ".join(filter(None, said)) or self.env._("Who signs?")
            )

    def _asked(self):
        """Return this person as the checks of the form take one."""
        self.ensure_one()
        return Asked(
            side=self.role_id.side or "client",
            role=self.role_id.name or "",
            sequence=self.role_id.sequence,
            partner=self.partner_id._origin,
            name=self.name or "",
            email=self.email or "",
            phone=self.phone or "",
            channel=self.channel or "email",
            lang=self.lang or False,
        )
