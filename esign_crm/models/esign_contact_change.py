"""A proposal to reach a signer at another address after sending, and what a second person decided."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import masking
from .guards import not_from_typed_code, refuse_typed_code, through_door

STATES = [
    ("proposed", "To be approved"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
CHANNELS = [("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")]
ACTIVITY = "esign_crm.mail_activity_contact_change"


class EsignContactChange(models.Model):
    """A rep alone must not be able to lead a client's link and codes to himself.

    Made by ``esign.signer.action_correct_contact``.
    """

    _name = "esign.contact.change"
    _description = "Change of a signer's contact"
    _inherit = ["esign.proposal.mixin", "mail.thread", "mail.activity.mixin"]
    _rec_name = "name"
    _moves = {"proposed": {"approved", "refused", "withdrawn"}}

    name = fields.Char(related="signer_id.name", string="Signer's name")
    old_channel = fields.Selection(CHANNELS, required=True, readonly=True)
    old_address = fields.Char(string="Former address", required=True, readonly=True)
    new_channel = fields.Selection(CHANNELS, string="Reached by", required=True, readonly=True)
    new_address = fields.Char(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="proposed", index=True)
    proposer_id = fields.Many2one(
        "res.users", string="Proposed by", readonly=True, ondelete="set null"
    )
    is_former_told = fields.Boolean(string="Former address was told", readonly=True)
    may_decide = fields.Boolean(compute="_compute_may")
    may_take_back = fields.Boolean(compute="_compute_may")

    _signer_open_unique = models.UniqueIndex(
        "(signer_id) WHERE state = 'proposed'",
        "Another address was proposed for this signer before: it has to be decided first.",
    )

    @api.depends("state", "proposer_id", "request_id.team_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for change in self:
            is_open = change.state == "proposed"
            change.may_take_back = is_open and change.proposer_id == self.env.user
            change.may_decide = is_open and self.env.user in change._second_persons_sudo()

    def _refusal(self):
        return AccessError(
            self.env._("A change of contact is proposed at the signer, and approved or refused.")
        )

    # --- the one door of the state -----------------------------------------------------------------------------------

    @api.model
    def _propose_sudo(self, signer, channel, address, reason):
        """Return the new proposal, and ask the second persons; nobody has rights to create one, hence the sudo."""
        values = {
            "old_channel": signer.channel,
            "old_address": signer._address(),
            "new_channel": channel,
            "new_address": address,
            "reason": reason,
            "proposer_id": self.env.uid,
        }
        change = self._make_sudo(signer, values)
        change._ask_second_persons()
        return change

    def _move(self, state, **values):
        """Take the activity away, too."""
        result = super()._move(state, **values)
        self.sudo().activity_unlink([ACTIVITY])
        return result

    # --- who ---------------------------------------------------------------------------------------------------------

    def _second_persons_sudo(self):
        """Return who may decide: leaders of the request's team and managers, never the proposer himself."""
        self.ensure_one()
        request_sudo = self.sudo().request_id
        return request_sudo._leaders_and_managers_sudo() - self.sudo().proposer_id

    def _ask_second_persons(self):
        """Put an activity before the team's leader, or before the managers where the team has no other.

        :raises UserError: there is no second person
        """
        persons = self._second_persons_sudo()
        if not persons:
            raise UserError(self.env._(
                "Nobody else may approve this: after sending, another address needs a second person. An administrator "
                "has to make somebody else team leader or manager of E-signature."
            ))  # fmt: skip
        leader = persons & self.sudo().request_id.team_id.user_id
        for person in leader or persons:
            env = self.with_context(lang=person.lang).env
            self.with_env(env).sudo().activity_schedule(
                ACTIVITY,
                summary=env._("New address for %(name)s: approve or refuse", name=self.name),
                note=Markup("<p>%s</p>") % self.with_env(env)._words(),
                user_id=person.id,
            )

    def _words(self):
        """Return the proposal as one sentence, addresses masked."""
        return self.env._(
            "%(by)s proposes to reach %(name)s (%(role)s) at %(new)s instead of %(old)s. Reason: %(reason)s",
            by=self.sudo().proposer_id.name, name=self.name, role=self.role, new=self._new_masked(),
            old=self._old_masked(), reason=self.reason,
        )  # fmt: skip

    def _old_masked(self):
        return masking.mask_address(self.old_channel, self.old_address)

    def _new_masked(self):
        return masking.mask_address(self.new_channel, self.new_address)

    # --- decisions ---------------------------------------------------------------------------------------------------

    @not_from_typed_code
    def action_approve(self):
        """Take the new address: old links and codes die, the former address is told, a new invitation goes out.

        :raises AccessError: the caller is no second person
        :raises UserError: decided before, or the signer can no longer be changed, or the address is none of his own
        """
        for change in self:
            change._lock_for_decision()
            change._check_second_person()
            change.signer_id._take_contact_sudo(change)
            change._move("approved", decided_by_id=self.env.uid)
            change._tell_proposer(
                self.env._(
                    "%(by)s approved %(new)s as the new address of %(name)s (%(role)s).",
                    **change._decision(),
                )
            )
        return True

    def action_refuse(self):
        """Leave the address as it is; the proposer is told. For a second person.

        :raises AccessError: the caller is no second person
        """
        for change in self:
            change._lock_for_decision()
            change._check_second_person()
            change._move("refused", decided_by_id=self.env.uid)
            change._tell_proposer(
                self.env._(
                    "%(by)s refused %(new)s as the new address of %(name)s (%(role)s); links go on working as before.",
                    **change._decision(),
                )
            )
        return True

    def action_withdraw(self):
        """Take one's own proposal back.

        :raises AccessError: it is somebody else's
        """
        for change in self:
            change._lock_for_decision()
            if change.proposer_id != self.env.user:
                raise AccessError(self.env._("Only who proposed a change takes it back."))
            change._move("withdrawn", decided_by_id=self.env.uid)
        return True

    def _decision(self):
        """Return what the notices of a decision name; the address masked."""
        return {
            "by": self.env.user.name,
            "new": self._new_masked(),
            "name": self.name,
            "role": self.role,
        }

    def _tell_proposer(self, words):
        """Notify the proposer, and nobody else, of a decision."""
        proposer = self.sudo().proposer_id.partner_id
        if proposer:
            self.request_id.message_notify(
                body=words, subject=self.request_id.name, partner_ids=proposer.ids
            )

    def _words_decided(self):
        return self.env._("The new address of %(name)s was decided about before.", name=self.name)

    def _check_second_person(self):
        refuse_typed_code(self.env)
        if self.env.user == self.proposer_id:
            raise AccessError(
                self.env._(
                    "A second person has to decide: whoever proposed the new address cannot approve it."
                )
            )
        if self.env.user not in self._second_persons_sudo():
            raise AccessError(
                self.env._("Only a leader of the request's sales team or a manager decides this.")
            )

    # --- the former address --------------------------------------------------------------------------------------------

    def _tell_former_sudo(self):
        """Tell the former addresses, without a link, that they are no longer used; once."""
        for change in self.sudo():
            self.env["esign.message"]._queue(
                change.request_id,
                "contact_changed_notice",
                signer=change.signer_id,
                to=(change.old_channel, change.old_address),
            )
            through_door(change).write({"is_former_told": True})
