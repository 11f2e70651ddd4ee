"""Somebody else in a signer's place: proposed by the signer with a confirmed code, taken when our side accepts."""

from dataclasses import replace

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS

from ..tools import delegation_policy
from ..tools.errors import TextError
from ..tools.pdf import fonts
from ..tools.text import clean_name
from .esign_signer_contact import ADDRESS_OF
from .esign_signer_counts import DAY
from .guards import passes_door, through_door, without_defaults

MAX_NAME, MAX_ADDRESS, MAX_REASON = 100, 254, 1000


class EsignSigner(models.Model):
    """Steps return plain values; a refusal is ``{"error": code, …}``, and tells nobody whose an address is."""

    _inherit = "esign.signer"

    delegated_from_id = fields.Many2one(
        "esign.signer",
        string="In place of",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="Who was asked first and named this person.",
    )
    delegations_at = fields.Json(
        groups=NO_ACCESS,
        copy=False,
        help="When this signer named somebody within the last day, also in vain.",
    )
    address_source = fields.Selection(
        selection_add=[("delegation", "Named by the signer who was asked first"), ("typed",)],
        ondelete={"delegation": "set null"},
    )

    def _not_delegated(self):
        """Return those in whose place nobody else stands."""
        return self.filtered(lambda each: each.state != "delegated")

    def _acting(self):
        """Return those who sign, or have to: neither copies nor whoever handed over to another person."""
        return self._not_delegated().filtered(lambda each: each.kind == "signer")

    def _first_asked(self):
        """Return who was asked before anybody handed over: oneself, where nobody did."""
        self.ensure_one()
        former = self.delegated_from_id
        return former._first_asked() if former else self

    # --- proposing ---------------------------------------------------------------------------------------------------

    def _propose_delegation(self, person, evidence):
        """Propose that ``person`` signs in this signer's place; nothing changes until our side accepts.

        :param dict person: ``name``, ``address`` (e-mail or phone), ``reason``
        :param dict evidence: ``cookie``, ``ip``, ``device``
        """
        self.ensure_one()
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        refusal = self._why_not_delegate(evidence["cookie"]) or self._why_nobody_decides()
        values, refused = self._named_person(person) if refusal is None else ({}, refusal)
        if refused:
            return refused
        where = {"ip": evidence["ip"], "device": evidence["device"]}
        self._open_delegation_sudo()._withdraw_sudo(**where)  # the same again, or another person
        delegation = self.env["esign.delegation"]._propose_sudo(self, values)
        delegation._note("delegation_proposed", reason=values["reason"], **where)
        return {"state": "proposed"}

    def _withdraw_delegation(self, evidence):
        """Take one's own proposal back; the same answer where none is open."""
        self.ensure_one()
        if not self.request_id.try_lock_for_update():
            return {"error": "busy", "retry_after": 1}
        refusal = self._why_not_delegate(evidence["cookie"])
        if refusal is not None:
            return refusal
        self._open_delegation_sudo()._withdraw_sudo(ip=evidence["ip"])
        return {"state": "withdrawn"}

    def _open_delegation_sudo(self):
        """Return this signer's proposal that is to be decided; signers have no rights, hence the sudo."""
        domain = [("signer_id", "=", self.id), ("state", "=", "proposed")]
        return self.env["esign.delegation"].sudo().search(domain)

    def _why_not_delegate(self, cookie):
        """Return why this is not the moment, or None."""
        refusal = self._why_not_sign(digest=None)
        if refusal is None and (self.state != "confirmed" or not self._confirmation_sudo(cookie)):
            return {"error": "not_confirmed"}
        return refusal

    def _why_nobody_decides(self):
        """Return the refusal where a proposal would wait for ever, or None."""
        if self.env["esign.delegation"]._can_be_decided_about_sudo(self):
            return None
        return {"error": "field_invalid", "reason": "nobody_decides"}

    def _named_person(self, person):
        """Return (values of the proposal, None) or ({}, refusal)."""
        limits = {"name": MAX_NAME, "address": MAX_ADDRESS, "reason": MAX_REASON}
        values = {}
        for key, limit in limits.items():
            try:
                text = person.get(key)
                values[key] = clean_name(text if isinstance(text, str) else "", limit)
                fonts.split_runs(values[key])
            except TextError as error:
                found = {"characters": error.params.get("characters", ""), "limit": limit}
                return {}, _refused(key, error.code, **found)
            if not values[key]:
                return {}, {"error": "field_required", "field": key}
        return self._with_contact(values)

    def _with_contact(self, values):
        """Return the same with channel and normal address, or a refusal that is alike for all that must not be used."""
        channel = delegation_policy.channel_of(values["address"])
        vals = {ADDRESS_OF[channel]: values["address"]}
        try:
            self._normalise_addresses(vals)
        except UserError:
            return {}, _refused("address", "no_address")
        limit = delegation_policy.ASKED_PER_DAY
        seconds = self._count_within_sudo("delegations_at", limit, DAY)
        if seconds:
            return {}, _refused("address", "too_many_people", retry_after=seconds)
        try:
            address = self._checked_contact(channel, values["address"])
        except UserError:
            return {}, _refused("address", "address_refused")
        return values | {"channel": channel, "address": address}, None

    def _delegation_values(self):
        """Return what the page says of an open proposal, or None."""
        delegation_sudo = self._open_delegation_sudo()
        return {"name": delegation_sudo.name} if delegation_sudo else None

    # --- taking it ---------------------------------------------------------------------------------------------------

    def _hand_over_sudo(self, delegation):
        """Put the proposed person into this signer's place, and invite him; the former's links and codes end.

        Called by whoever may decide, with the locks of codes and request; signers of sent requests are changed by nobody
        else, hence the sudo.

        :raises UserError: nothing can be handed over any more, or that person must not be asked
        """
        if self.request_id.state != "sent" or not self._is_in_turn():
            raise UserError(self.env._("It is not the turn of %(name)s any more.", name=self.name))
        self._check_may_sign(delegation)
        self._supersede_links_sudo()
        self.env["esign.otp"]._void_all_sudo(self.id)
        self.env["esign.message"]._cancel(self.request_id, signer=self)
        self._forget_entries_sudo()
        self._move("delegated", is_locked=False)
        self.flush_recordset(["state"])  # the role is free from here on
        successor = self._make_successor_sudo(delegation)
        through_door(self.sudo().field_ids).write({"signer_id": successor.id})
        self.env["esign.contact.change"].sudo().search(
            [("signer_id", "=", self.id), ("state", "=", "proposed")]
        )._lapse_sudo()
        told = {
            "by": self.env.user.name,
            "new_signer": successor.id,
            "evidence": successor._evidence(),
        }
        delegation._note("delegation_accepted", **told)
        successor._invite()

    def _check_may_sign(self, delegation):
        """Refuse whom one could not have sent to, by address or by the directory.

        :raises UserError: says why
        """
        self._checked_contact(delegation.channel, delegation.address)
        nobody = {
            "email": False,
            "phone": False,
            "party": None,
            "partner": self.env["res.partner"].sudo(),
        }
        asked = nobody | {
            "name": delegation.name,
            ADDRESS_OF[delegation.channel]: delegation.address,
        }
        problem = self.env["esign.party"]._problem_of(replace(self._person(), **asked))
        if problem:
            raise UserError(problem)

    def _supersede_links_sudo(self):
        """Let no link of this signer open anything any more; its page says that somebody else signs. Links are nobody's: sudo."""
        links_sudo = self.env["esign.link"].sudo().search([("signer_id", "=", self.id)], limit=None)
        links_sudo.write({"superseded_at": fields.Datetime.now()})

    def _make_successor_sudo(self, delegation):
        """Return the new signer: in the same place, with the proposed name and address, and no authority of the former's."""
        signers_sudo = through_door(without_defaults(self.sudo().browse()))
        successor = signers_sudo.create(self._successor_values(delegation)).with_env(self.env)
        successor._set_system_sudo(
            delegated_from_id=self.id,
            address_source="delegation",
            address_since=delegation.proposed_at,
            address_by=self.name,
            address_approved_by=self.env.user.name,
        )
        party_sudo = successor._known_party_sudo()
        successor._freeze_authority_sudo(party_sudo)
        successor._freeze_clause_sudo(party_sudo)
        return successor

    def _successor_values(self, delegation):
        place = ("side", "role", "kind", "sequence", "company_name", "is_private_person")
        return {name: self[name] for name in place} | {
            "request_id": self.request_id.id,
            "name": delegation.name,
            "channel": delegation.channel,
            ADDRESS_OF[delegation.channel]: delegation.address,
            "lang": delegation.lang,
        }

    def _check_is_draft(self):
        """Let the successor into a request that was sent: the one door of signers after sending."""
        return None if passes_door(self) else super()._check_is_draft()


def _refused(field, reason, **facts):
    return {"error": "field_invalid", "field": field, "reason": reason} | facts
