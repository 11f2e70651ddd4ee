"""A signer's proposal that somebody else signs in his place, and what was decided about it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import masking
from ..tools.gateways.phone import e164
from .esign_contact_change import CHANNELS
from .esign_request_checks import is_among, mailboxes
from .guards import not_from_typed_code, refuse_typed_code

STATES = [
    ("proposed", "To be decided"),
    ("accepted", "Accepted"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
ACTIVITY = "esign_crm.mail_activity_delegation"


class EsignDelegation(models.Model):
    """The signer's word, given with his code; the sender, a leader or a manager decides, never who proposed it.

    Made by ``esign.signer._propose_delegation``.
    """

    _name = "esign.delegation"
    _description = "Proposal of another signer"
    _inherit = ["esign.proposal.mixin"]
    _rec_name = "name"
    _moves = {"proposed": {"accepted", "refused", "withdrawn"}}

    by_name = fields.Char(related="signer_id.name", string="Proposed by")
    name = fields.Char(string="Who is to sign", required=True, readonly=True)
    channel = fields.Selection(CHANNELS, string="Reached by", required=True, readonly=True)
    address = fields.Char(required=True, readonly=True)
    lang = fields.Char(string="Language of the page", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="proposed", index=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _signer_open_unique = models.UniqueIndex(
        "(signer_id) WHERE state = 'proposed'",
        "Somebody else was proposed for this signer before: that has to be decided first.",
    )

    @api.depends("state", "request_id.team_id", "request_id.user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for delegation in self:
            is_open = delegation.state == "proposed"
            delegation.may_decide = is_open and self.env.user in delegation._deciders_sudo()

    def _refusal(self):
        return AccessError(
            self.env._(
                "Signers propose on their page who is to sign in their place; here it is decided."
            )
        )

    # --- the one door of the state -----------------------------------------------------------------------------------

    @api.model
    def _propose_sudo(self, signer, values):
        """Return the new proposal of ``signer``, and ask whoever decides; signers have no rights, hence the sudo."""
        delegation = self._make_sudo(signer, values | {"lang": signer._page_lang()})
        delegation._ask_deciders()
        return delegation

    def _move(self, state, **values):
        """Take the activity away, too."""
        result = super()._move(state, **values)
        self.flush_recordset(["state"])  # another one may be proposed from here on
        request_sudo = self.sudo().request_id
        request_sudo.activity_unlink([ACTIVITY])
        still_open = request_sudo.open_delegation_ids.filtered(
            lambda each: each.state == "proposed"
        )
        still_open._ask_deciders()  # of another signer
        return result

    def _withdraw_sudo(self, **details):
        """Close proposals while the signer is still asked himself; the trail says so, with ``details``."""
        for delegation in self.filtered(lambda each: each.state == "proposed"):
            delegation._move("withdrawn")
            delegation._note("delegation_withdrawn", **details)

    # --- who ---------------------------------------------------------------------------------------------------------

    def _deciders_sudo(self):
        """Return who may decide about this proposal."""
        self.ensure_one()
        return self._deciders_about_sudo(self.signer_id)

    @api.model
    def _deciders_about_sudo(self, signer):
        """Return the sender, leaders of the team and managers; nobody whose own proposal it would be.

        Whom somebody approved for our side, the sender alone does not replace.
        """
        request_sudo = signer.sudo().request_id
        people_sudo = request_sudo._leaders_and_managers_sudo()
        if self._may_sender_decide_sudo(signer):
            people_sudo |= request_sudo.user_id
        else:
            people_sudo -= request_sudo.user_id
        return people_sudo.filtered(lambda user_sudo: not self._is_of_sudo(signer, user_sudo))

    @api.model
    def _can_be_decided_about_sudo(self, signer):
        """Tell whether anybody may decide; mostly the sender may, and then nobody else is looked for."""
        sender_sudo = signer.sudo().request_id.user_id
        may_sender = sender_sudo and self._may_sender_decide_sudo(signer)
        if may_sender and not self._is_of_sudo(signer, sender_sudo):
            return True
        return bool(self._deciders_about_sudo(signer))

    @api.model
    def _may_sender_decide_sudo(self, signer):
        signer_sudo = signer.sudo()
        was_approved = signer_sudo.request_id.approval_id.state == "approved"
        return signer_sudo.side != "own" or not was_approved

    @api.model
    def _is_of_sudo(self, signer, user_sudo):
        """Tell whether this user is ``signer``, or has his address; nobody's rights may hide that, hence the sudo."""
        signer_sudo, partner_sudo = signer.sudo(), user_sudo.partner_id
        request_sudo = signer_sudo.request_id
        home = request_sudo.company_id.country_id.code or ""
        emails = request_sudo._employee_values_sudo("work_email", "private_email", user=user_sudo)
        phones = request_sudo._employee_values_sudo(
            "work_phone", "mobile_phone", "private_phone", user=user_sudo
        )
        numbers = {e164(each or "", home) for each in (partner_sudo.phone, *phones)} - {""}
        theirs = mailboxes([user_sudo.login, partner_sudo.email, *emails]) | numbers
        phone = e164(signer_sudo.phone or "", home)
        return signer_sudo.partner_id == partner_sudo or is_among(theirs, signer_sudo.email, phone)

    def _ask_deciders(self):
        """Put an activity on the request for its sender, or for the others where he may not decide."""
        for delegation in self:
            deciders_sudo = delegation._deciders_sudo()
            sender_sudo = deciders_sudo & delegation.sudo().request_id._responsible_sudo()
            for person in sender_sudo or deciders_sudo:
                env = delegation.with_context(lang=person.lang).env
                delegation.request_id.with_env(env).sudo().activity_schedule(
                    ACTIVITY,
                    summary=env._("%(by)s wants somebody else to sign: decide", by=delegation.by_name),
                    note=Markup("<p>%s</p>") % delegation.with_env(env)._words(),
                    user_id=person.id,
                )  # fmt: skip

    def _words(self):
        """Return the proposal as one sentence, the address masked."""
        return self.env._(
            "%(by)s (%(role)s) proposes that %(name)s, reached at %(address)s, signs instead. Reason: %(reason)s",
            by=self.by_name, role=self.role, name=self.name, address=self._masked(), reason=self.reason,
        )  # fmt: skip

    def _masked(self):
        return masking.mask_address(self.channel, self.address)

    # --- decisions ---------------------------------------------------------------------------------------------------

    @not_from_typed_code
    def action_accept(self):
        """Let the proposed person sign: a new signer in the place of the former, whose links and codes end.

        :raises AccessError: the caller may not decide
        :raises UserError: decided before, or the person must not be asked
        """
        for delegation in self:
            delegation._lock_for_decision()
            delegation._check_decider()
            delegation.signer_id._hand_over_sudo(delegation)
            delegation._move("accepted", decided_by_id=self.env.uid)
            delegation._tell_signer("delegated_notice")
        return True

    @not_from_typed_code
    def action_refuse(self):
        """Leave it to the signer himself, who is told; his links go on working.

        :raises AccessError: the caller may not decide
        """
        for delegation in self:
            delegation._lock_for_decision()
            delegation._check_decider()
            delegation._move("refused", decided_by_id=self.env.uid)
            delegation._note("delegation_refused", by=self.env.user.name)
            delegation._tell_signer("delegation_refused_notice")
        return True

    def _note(self, kind, **details):
        """Put one step of this proposal into the audit trail."""
        self.env["esign.event"]._append(self.request_id, kind, self._facts() | details)

    def _facts(self):
        """Return what each entry of the audit trail says of the proposal."""
        return self.signer_id._who() | {
            "delegation": self.id,
            "named": self.name,
            "channel": self.channel,
            "to": self._masked(),
            "proposed_at": fields.Datetime.to_string(self.proposed_at),
        }

    def _tell_signer(self, purpose):
        """Tell the signer what was decided about his proposal."""
        self.env["esign.message"]._queue(self.request_id, purpose, signer=self.signer_id)

    def _words_decided(self):
        return self.env._(
            "Whether somebody else signs for %(name)s was decided before.", name=self.by_name
        )

    def _check_decider(self):
        refuse_typed_code(self.env)
        if self._is_of_sudo(self.signer_id, self.env.user.sudo()):
            raise AccessError(
                self.env._("A second person has to decide: whoever proposed another signer cannot.")
            )
        if self.env.user in self._deciders_sudo():
            return
        if self._may_sender_decide_sudo(self.signer_id):
            raise AccessError(
                self.env._("Only the sender, a leader of the sales team or a manager decides this.")
            )
        raise AccessError(
            self.env._("Only a leader of the request's sales team or a manager decides this.")
        )
