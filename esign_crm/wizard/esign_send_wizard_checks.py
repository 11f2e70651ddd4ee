"""What the sending wizard says beside its fields while one types; the same is refused when one sends."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..models.esign_party_may_sign import Person
from ..models.esign_request_checks import is_among, mailboxes
from ..models.person_country import country_of, phone_country
from ..tools.errors import GatewayError
from ..tools.gateways.phone import e164
from ..tools.reminder_schedule import end_of_day
from .esign_send_wizard_people import REACHED_BY, SIDES


class EsignSendWizard(models.TransientModel):
    """Addresses, authority, agreement, kind of document, deadline: each problem is one sentence."""

    _inherit = "esign.send.wizard"

    own_hint = fields.Char(compute="_compute_hints")
    own_problem = fields.Char(compute="_compute_hints")
    client_hint = fields.Char(compute="_compute_hints")
    client_problem = fields.Char(compute="_compute_hints")
    client_warning = fields.Char(compute="_compute_hints")
    kind_problem = fields.Char(compute="_compute_kind_problem")
    deadline_problem = fields.Char(compute="_compute_deadline_problem")

    @api.depends(*REACHED_BY, "template_id", "person_ids.email", "person_ids.phone")
    def _compute_hints(self):
        for wizard in self:
            for side in SIDES:
                who = wizard._asked(side)
                problem = wizard._person_problem(who)
                wizard[f"{side}_problem"] = problem
                wizard[f"{side}_hint"] = False if problem else wizard._address_words(who)
            client = wizard._asked("client")
            wizard.client_warning = not wizard.client_problem and wizard._agreement_warning(client)

    @api.depends("title", "document_ids", "template_id", "lead_id")
    def _compute_kind_problem(self):
        for wizard in self:
            titles = [wizard.title, wizard.document_ids[:1].name]
            wizard.kind_problem = self.env["esign.request"]._kind_refusal(
                wizard._company(), titles, wizard.template_id
            )

    @api.depends("deadline_on")
    def _compute_deadline_problem(self):
        for wizard in self:
            moment = wizard._deadline_at()
            has_passed = moment and moment <= fields.Datetime.now()
            wizard.deadline_problem = has_passed and self.env._(
                "The day to sign before has already passed."
            )

    def _company(self):
        """Return the company that the document is sent for."""
        return self.lead_id.company_id or self.env.company

    def _deadline_at(self):
        """Return the end of the deadline's day where the sender is, in naive UTC."""
        if not self.deadline_on:
            return False
        return end_of_day(self.deadline_on, self.env.user.tz or "UTC")

    # --- the addresses -----------------------------------------------------------------------------------------------

    def _address(self, who):
        """Return the normal form of the address that the channel of ``who`` uses, or nothing."""
        return self._email(who) if who.channel == "email" else self._e164(who) or ""

    def _email(self, who):
        return email_normalize(who.email) or ""

    def _e164(self, who):
        """Return the phone number in international form, read as one of the contact's, deal's or company's country."""
        if not who.phone:
            return False
        code = phone_country(who.partner, self.lead_id, self._company(), who.side)
        return e164(who.phone, code)

    def _address_words(self, who):
        """Return where link and code will go, in full, for the sender to check."""
        address = self._address(who)
        if not address:
            return False
        if who.channel == "email":
            return self.env._("The link and the code go to %(address)s.", address=address)
        return self.env._("The link and the code go by SMS to %(address)s.", address=address)

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def _person_problem(self, who):
        """Return the first thing that keeps this person from being asked, or nothing."""
        return (
            self._typed_problem(who)
            or self._missing_problem(who)
            or (who.side == "client" and self._own_address_problem(who))
            or self._number_problem(who)
            or self._party_problem(who)
            or False
        )

    def _typed_problem(self, who):
        if who.email and not email_normalize(who.email):
            return self.env._("“%(typed)s” is not an e-mail address.", typed=who.email)
        if who.phone and not self._e164(who):
            return self.env._(
                "“%(typed)s” is not a phone number: write it in international form, e.g. +33 6 12 34 56 78.",
                typed=who.phone,
            )
        return False

    def _missing_problem(self, who):
        """Return that the channel has no address; an empty form says nothing yet."""
        if not who.name or self._address(who):
            return False
        if who.channel == "email":
            return self.env._(
                "%(name)s has no e-mail address: enter one, or choose SMS.", name=who.name
            )
        return self.env._(
            "%(name)s has no phone number: enter one, or choose e-mail.", name=who.name
        )

    def _own_address_problem(self, who):
        """Return why a client's addresses are none of the client's, or nothing: a rep could sign as the client."""
        email, phone = self._email(who), self._e164(who)
        own = [each for each in self._everybody() if each.side == "own"]
        ours = mailboxes(map(self._email, own)) | set(map(self._e164, own)) - {"", False}
        if is_among(ours, email, phone):
            return self.env._(
                "This is our own signer's address: the client must be reached at their own."
            )
        draft = self.env["esign.request"].new({"company_id": self._company().id})
        if is_among(draft._own_addresses_sudo(draft.signer_ids), email, phone):
            return self.env._(
                "This address or number belongs to our own side: the client must be reached at their own."
            )
        return False

    def _number_problem(self, who):
        """Return why no SMS may go to the number: a costly one, or one of a country that the company does not write to."""
        number = self._e164(who)
        if who.channel != "sms" or not number:
            return False
        messages = self.env["esign.message"]
        try:
            messages._sms_number(self._company(), number)
        except GatewayError as error:
            return messages._delivery_words(error, self.env.lang)
        return False

    def _party(self, who):
        """Return the entry of the party directory that this person is found to be, as the request will find it."""
        addresses = (self._email(who), self._e164(who) or "")
        return self.env["esign.party"]._find_for(
            who.partner, *addresses, self._company(), side=who.side, name=who.name
        )

    def _party_problem(self, who):
        """Return what keeps this person from signing: authority, team, an agreement that is demanded."""
        return self.env["esign.party"]._problem_of(self._person(who))

    def _person(self, who):
        """Return one of these people as the request will see it."""
        lead, company = self.lead_id, self._company()
        is_client = who.side == "client"
        return Person(
            name=who.name,
            side=who.side,
            partner=who.partner,
            email=self._email(who),
            phone=self._e164(who) or "",
            company=company,
            team=lead.team_id,
            country=country_of(who.partner, lead) if is_client else company.country_id,
        )

    def _agreement_warning(self, who):
        """Return that the client has not agreed to sign electronically, where the company only warns."""
        parties, person = self.env["esign.party"], self._person(who)
        party_sudo = parties.sudo()._known_as(person)  # a setting that senders go by
        if parties._agreement_problem_of(person, party_sudo) == "agreement_advised":
            return self.env._("%(name)s has not agreed to sign electronically yet.", name=who.name)
        return False

    # --- when one sends ----------------------------------------------------------------------------------------------

    def _check_people(self):
        """Refuse with the words that stand beside the field.

        :raises UserError: the first problem
        """
        usual = {"own": self.env._("Our signer"), "client": self.env._("Client")}
        for who in self._everybody():
            called = (self.person_ids and who.role) or usual[who.side]
            if not who.name.strip():
                raise UserError(self.env._("%(who)s: who signs? The name is missing.", who=called))
            problem = self._person_problem(who)
            if problem:
                raise UserError(self.env._("%(who)s: %(problem)s", who=called, problem=problem))

    def _check_document(self):
        """Refuse with the words that stand beside title, deadline, copies and message.

        :raises UserError: the first problem
        """
        for name in ("kind_problem", "template_problem", "deadline_problem", "more_problem"):
            if self[name]:
                raise UserError(self[name])
